"""„Arbeitslisten“: each finds what it promises and nothing else, shows it only to whom it concerns, and links to it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, GroupPagePermission, Page, Workflow

from home.worklists.lists import WORKLISTS
from tests.factories.accounts import account, administrator, advisor_with_account, client_of, editor
from tests.factories.courses import CoursePageFactory
from tests.factories.home import DocumentFactory, HomePageFactory, PictureFactory, StandardPageFactory
from tests.today import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def home():
    return HomePageFactory(parent=Page.get_first_root_node())


def picture(title: str, **values) -> None:
    PictureFactory(title=title, collection=Collection.get_first_root_node(), **values)


def titles(slug: str, user) -> list[str]:
    """What the page of the list shows, in its order."""
    response = client_of(user).get(reverse("arbeitslisten:list", args=[slug]))
    assert response.status_code == 200
    for row in response.context["object_list"]:
        assert f">{row.title}" in " ".join(response.text.split()).replace("> ", ">"), row.title
    return [row.title for row in response.context["object_list"]]


def test_drafts_are_those_of_the_reader(home):
    me, other = editor(), administrator()
    for title, user in (("Meiner", me), ("Fremder", other)):
        page = StandardPageFactory(parent=home, title=title)
        page.lead = "neu"
        page.save_revision(user=user)
    StandardPageFactory(parent=home, title="Fertig").save_revision(user=me).publish()
    assert titles("entwuerfe", me) == ["Meiner"]


def test_old_pages_come_oldest_first(home):
    now = timezone.now()
    for title, days in (("Alt", 400), ("Älter", 800), ("Frisch", 300)):
        page = StandardPageFactory(parent=home, title=title)
        type(page).objects.filter(pk=page.pk).update(last_published_at=now - timedelta(days=days))
    assert titles("alt", editor()) == ["Älter", "Alt"]


def test_links_to_pages_that_are_not_shown_are_found(home):
    shown, hidden = (StandardPageFactory(parent=home, title=title) for title in ("Sichtbar", "Verborgen"))
    for target in (shown, hidden):
        page = StandardPageFactory(parent=home, title=f"nach {target.title}")
        page.body = [("paragraph", f'<p><a linktype="page" id="{target.pk}">Ziel</a></p>')]
        page.save()
    hidden.unpublish()
    assert titles("links", editor()) == ["nach Verborgen"]


def test_courses_without_a_date_in_thirty_days_are_found(home):
    for title, days in (("Bald vorbei", 29), ("Läuft weiter", 30), ("Vorbei", -1)):
        CoursePageFactory(parent=home, title=title, runs=[TODAY + timedelta(days=days)])
    CoursePageFactory(parent=home, title="Ohne Termin")
    CoursePageFactory(parent=home, title="Selbst lernen", format="self_paced")
    CoursePageFactory(parent=home, title="Jederzeit anfangen", flexible_start=True)
    cancelled = {"starts_on": TODAY + timedelta(days=90), "status": "cancelled"}
    CoursePageFactory(parent=home, title="Abgesagt", runs=[cancelled])
    assert titles("kurse", editor()) == ["Abgesagt", "Bald vorbei", "Ohne Termin", "Vorbei"]


def test_pictures_without_credit_or_consent_are_found():
    picture("vollständig", shows_persons=True, consent="Ordner 3")
    picture("frei", credit="", credit_not_needed=True)
    picture("ohne Nachweis", credit="")
    picture("ohne Einwilligung", shows_persons=True)
    assert titles("bildangaben", editor()) == ["ohne Einwilligung", "ohne Nachweis"]


def test_a_right_ends_with_its_last_day():
    picture("noch heute", valid_until=TODAY)
    picture("seit gestern", valid_until=TODAY - timedelta(days=1), withdraw_when_expired=False)
    assert titles("bildrechte", editor()) == ["seit gestern"]


def test_pdf_files_with_obstacles_are_found():
    for title, lacks in (("Scan", ["text"]), ("gut", []), ("noch nicht angesehen", None)):
        DocumentFactory(title=title, pdf_lacks=lacks, collection=Collection.get_first_root_node())
    assert titles("pdf", editor()) == ["Scan"]


def test_what_waits_for_approval_is_found(home):
    me = editor()
    page = StandardPageFactory(parent=home, title="Eingereicht")
    page.save_revision(user=me)
    workflow = Workflow.objects.get()
    workflow.start(page, me)
    assert (titles("freigabe", me), titles("entwuerfe", me)) == (["Eingereicht"], ["Eingereicht"])
    other = editor("kollegin")
    state = page.current_workflow_task_state
    state.reject(user=other)
    page.save_revision(user=other)
    assert [titles(name, me) for name in ("freigabe", "entwuerfe")] == [[], ["Eingereicht"]]


def test_the_front_page_counts_what_waits():
    picture("Hof", credit="")
    text = client_of(editor()).get(reverse("wagtailadmin_home")).text
    address = reverse("arbeitslisten:list", args=["bildangaben"])
    assert f'<a href="{address}">Bilder ohne Angaben</a>: 1' in text


def test_advisors_see_neither_panel_nor_list():
    client = client_of(advisor_with_account().user)
    assert "Was auf die Redaktion wartet" not in client.get(reverse("wagtailadmin_home")).text
    for worklist in WORKLISTS:
        response = client.get(reverse("arbeitslisten:list", args=[worklist.slug]))
        assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))


def test_an_unknown_list_is_not_found():
    assert client_of(editor()).get("/admin/arbeitslisten/nichts/").status_code == 404


def test_somebody_with_a_part_of_the_site_sees_only_that_part(home):
    mine, other = (StandardPageFactory(parent=home, title=title) for title in ("Meins", "Fremdes"))
    group = Group.objects.create(name="Teil")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=group,
        page=mine,
        permission=Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore"),
    )
    old = timezone.now() - timedelta(days=400)
    type(mine).objects.filter(pk__in=[mine.pk, other.pk]).update(last_published_at=old)
    assert titles("alt", account("teil", "Teil")) == ["Meins"]
