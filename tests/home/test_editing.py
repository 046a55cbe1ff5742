"""What editors expect of their tools, tried by those with the fewest rights: the editors of an office."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from pydoc import locate
from threading import Barrier, BrokenBarrierError

import pytest
from django.core.management import call_command
from django.db import connection
from django.forms import DateField
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Comment, Page, PageLogEntry, PageSubscription, Revision

from foundation.models import OutgoingMail
from home.models import NewsPage
from home.tasks import publish_scheduled
from mehrwert.jobs import JOBS
from offices.models import OfficePage
from tests.factories.accounts import client_of, editor, office_editor
from tests.factories.home import (
    NewsIndexPageFactory,
    NewsPageFactory,
    OfficeIndexPageFactory,
    OfficePageFactory,
    new_site,
)
from tests.factories.offices import OfficeFactory
from tests.home.test_approval import letters, review, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> OfficePage:
    home = new_site()
    office = OfficeFactory(name="Büro Hameln", slug="hameln")
    page = OfficePageFactory(parent=OfficeIndexPageFactory(parent=home), office=office, title="Hameln")
    page.save_revision().publish()
    NewsIndexPageFactory(parent=home)
    call_command("ensure_groups", verbosity=0)
    return page


def test_the_worker_publishes_at_its_time_what_was_approved_before(page, monkeypatch):
    noon = timezone.localtime(timezone.now() + timedelta(days=1)).replace(hour=12, minute=0)
    send(office_editor(page.office), page, "action-submit", go_live_at=f"{noon:%Y-%m-%d %H:%M}")
    review(editor(), page, "approve")
    (job,) = [job for job in JOBS if "publish_scheduled" in job.function]
    for now, lead in ((noon - timedelta(minutes=1), ""), (noon + timedelta(minutes=1), "Neuer Anreißer")):
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        locate(job.function)(*job.arguments)
        page.refresh_from_db()
        assert page.lead == lead


def scheduled(page: Page, lead: str) -> None:
    page.lead, page.go_live_at = lead, timezone.now() - timedelta(minutes=1)
    page.save_revision(approved_go_live_at=page.go_live_at)


def entries(action: str) -> int:
    return PageLogEntry.objects.filter(action=f"wagtail.{action}.scheduled").count()


@pytest.mark.parametrize(
    ("publish", "patience", "times"),
    [(publish_scheduled, 0.5, 1), (lambda: call_command("publish_scheduled"), 60, 2)],
    ids=["ours", "and Wagtail's own would do it twice"],
)
def test_f36_two_workers_publish_what_is_scheduled_once(transactional_db, monkeypatch, page, publish, patience, times):
    """F36: both have seen that it is due before either publishes."""
    scheduled(page, "Zur rechten Zeit")
    both_begin, both_publish = Barrier(2, timeout=60), Barrier(2, timeout=patience)
    wagtails_own = Revision.publish

    def publish_with_the_other(revision: Revision, **values: object) -> None:
        with suppress(BrokenBarrierError):
            both_publish.wait()
        wagtails_own(revision, **values)

    def work(_: int) -> None:
        both_begin.wait()
        publish()
        connection.close()

    monkeypatch.setattr(Revision, "publish", publish_with_the_other)
    with ThreadPoolExecutor() as threads:
        list(threads.map(work, range(2)))
    page.refresh_from_db()
    assert (page.lead, entries("publish")) == ("Zur rechten Zeit", times)


def test_a_schedule_is_followed_once_and_one_that_fails_stops_no_other(page, monkeypatch):
    """Where the old version ends as the new one begins, Wagtail's command took the page off and forgot the new one."""
    broken = NewsPageFactory(parent=page.get_parent(), title="Kaputt", slug="kaputt")
    over = NewsPageFactory(parent=page.get_parent(), slug="vorbei", expire_at=timezone.now() - timedelta(hours=1))
    scheduled(broken, "Nie")
    page.expire_at = timezone.now() - timedelta(seconds=30)
    page.save()
    page.expire_at = None
    scheduled(page, "Neu")
    wagtails_own = Revision.publish

    def publish(revision: Revision, **values: object) -> None:
        if revision.object_str == "Kaputt":
            raise ValueError
        wagtails_own(revision, **values)

    monkeypatch.setattr(Revision, "publish", publish)
    for _ in range(2):
        with pytest.raises(ExceptionGroup):
            publish_scheduled()
    for each in (page, over, broken):
        each.refresh_from_db()
    assert (page.live, page.lead, over.live, over.expired) == (True, "Neu", False, True)
    assert (entries("publish"), entries("unpublish")) == (1, 1)
    assert broken.lead != "Nie"


def test_f36_whoever_saves_second_is_warned_before_and_told_after_and_both_versions_stay(page):
    """F36: two editors in one page. Until now the second one overwrote without a word what was saved between two
    questions of the editor to the server."""
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    first, second = office_editor(page.office, "kollegin"), office_editor(page.office)
    client = client_of(second)
    client_of(first).get(edit)
    opened = client.get(edit).text
    (ask,) = re.findall(r'data-w-swap-src-value="([^"]+)"', opened)
    loaded = {
        f"loaded_revision_{name}": re.findall(rf'name="loaded_revision_{name}" value="([^"]+)"', opened)[0]
        for name in ("id", "created_at")
    }
    theirs = {"revision_id": loaded["loaded_revision_id"], "revision_created_at": loaded["loaded_revision_created_at"]}
    assert "kollegin" in client.post(ask, theirs).json()["html"]

    send(first, page, "save", lead="Von der Kollegin")
    assert "kollegin hat eine neue Version gespeichert" in client.post(ask, theirs).json()["html"]
    draft = {"title": page.title, "slug": page.slug, "lead": "Vom Büro", "body": "null", **loaded}
    draft |= {f"comments-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")}
    by_itself = client.post(edit, draft, headers={"accept": "application/json"})
    assert (by_itself.status_code, by_itself.json()["error_code"]) == (400, "invalid_revision")
    assert page.get_latest_revision_as_object().lead == "Von der Kollegin"

    told = client.post(edit, draft, follow=True).text
    page.refresh_from_db()
    versions = list(page.revisions.order_by("created_at", "pk"))
    assert [version.content["lead"] for version in versions[-2:]] == ["Von der Kollegin", "Vom Büro"]
    assert re.search(r"Während Sie „Hameln“ bearbeitet haben, hat kollegin am [\d.]{10} um \d\d:\d\d Uhr eine", told)
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, versions[-2].pk, versions[-1].pk])
    assert compare in told
    assert "Vom Büro" in client.get(compare).text


def test_whoever_saves_alone_is_told_of_nobody_else(page):
    """Not even of what the editor has kept by itself: whoever wrote for more than a moment was told of himself."""
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client = client_of(office_editor(page.office))
    for lead in ("Eins", "Zwei"):
        form = client.get(edit).text
        draft = {"title": page.title, "slug": page.slug, "lead": lead, "body": "null"}
        draft |= {f"comments-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")}
        draft |= dict(re.findall(r'name="(loaded_revision_\w+)" value="([^"]+)"', form))
        assert client.post(edit, draft, headers={"accept": "application/json"}).json()["success"]
        assert "bearbeitet haben" not in client.post(edit, draft, follow=True).text


def test_a_time_to_publish_is_typed_as_people_write_it_here(page):
    """The field knew only 2027-03-01 09:00 and made anything else the present moment, without a word."""
    colleague = office_editor(page.office)
    send(colleague, page, "save", go_live_at="01.03.2027 09:00")
    draft = page.get_latest_revision_as_object()
    assert timezone.localtime(draft.go_live_at).isoformat() == "2027-03-01T09:00:00+01:00"
    text = client_of(colleague).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    (field,) = re.findall(r'<input[^>]*name="go_live_at"[^>]*>', text)
    assert 'value="01.03.2027 09:00"' in field
    assert "d.m.Y H:i" in text


def test_a_day_is_typed_as_people_write_it_here():
    """Fields for a day alone wanted 2026-11-03 and made 3.11.2026 today."""
    field = AdminDateInput().render("date", date(2026, 11, 3))
    assert 'value="03.11.2026"' in field
    assert '"format": "d.m.Y"' in field
    assert DateField().clean("3.11.2026") == DateField().clean("2026-11-03") == date(2026, 11, 3)


def test_a_draft_is_seen_in_the_frame_of_the_editor_as_on_a_phone_and_on_a_desk(page):
    """The frame stayed empty: the answer kept the policy of the public page, which forbids all frames."""
    client = client_of(office_editor(page.office))
    text = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    widths = [int(width) for width in re.findall(r'data-device-width="(\d+)"', text)]
    assert min(widths) <= 400
    assert max(widths) >= 1024
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    draft = {"title": "Hameln", "slug": "hameln", "lead": "Nur im Entwurf", "body": "null"}
    draft |= {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    assert client.post(address, draft).json() == {"is_valid": True, "is_available": True}
    answer = client.get(address)
    assert "Nur im Entwurf" in answer.text
    assert "<wagtail-userbar>" in answer.text
    assert "userbar" not in client.get(page.url).text
    policy = answer["Content-Security-Policy"].split("; ")
    assert "frame-ancestors 'self'" in policy
    assert "script-src 'self'" in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_a_copy_of_the_own_news_is_an_own_draft(page):
    me = office_editor(page.office)
    index = Page.objects.get(slug="nachrichten")
    news = NewsPageFactory(parent=index, owner=me, title="Sommer", slug="sommer")
    values = {"new_title": "Herbst", "new_slug": "herbst", "new_parent_page": index.pk}
    client_of(me).post(reverse("wagtailadmin_pages:copy", args=[news.pk]), values)
    copy = NewsPage.objects.get(slug="herbst")
    assert (copy.title, copy.owner, copy.live, copy.lead) == ("Herbst", me, False, news.lead)


@pytest.mark.parametrize("of_all", [False, True], ids=["alone", "with what is above"])
def test_the_page_of_an_office_is_refused_a_second_one(page, admin_client, of_all):
    """It ended in an error of the server: an office has one page."""
    copied = page.get_parent() if of_all else page
    number = Page.objects.count()
    address = reverse("wagtailadmin_pages:copy", args=[copied.pk])
    values = {"new_title": "Zweite", "new_slug": "zweite", "new_parent_page": copied.get_parent().pk}
    response = admin_client.post(address, values | ({"copy_subpages": "on"} if of_all else {}))
    assert response.status_code == 200
    assert "„Hameln“ lässt sich nicht kopieren: Je Büro gibt es nur eine solche Seite." in response.text
    assert Page.objects.count() == number


def test_a_comment_reaches_the_others_by_a_mail_that_names_nobody_in_its_subject(page, settings):
    settings.EMAIL_BACKEND = "foundation.outbox.backend.OutboxBackend"
    other = editor()
    PageSubscription.objects.create(page=page, user=other, comment_notifications=True)
    comment = {"text": "Stimmt die Zeit?", "contentpath": "lead", "position": "", "id": "", "resolved": ""}
    comment |= {"replies-TOTAL_FORMS": 0, "replies-INITIAL_FORMS": 0}
    values = {"comments-TOTAL_FORMS": 1, **{f"comments-0-{name}": value for name, value in comment.items()}}
    send(office_editor(page.office), page, "save", **values)
    assert Comment.objects.get().text == "Stimmt die Zeit?"
    assert [(recipient, subject) for recipient, subject, _ in letters()] == [
        (other.email, "Neue Kommentare zu einer Seite")
    ]
    assert OutgoingMail.objects.count() == 1


def test_versions_are_compared_and_an_earlier_one_brought_back(page):
    me = office_editor(page.office)
    for lead in ("Erste Fassung", "Zweite Fassung"):
        send(me, page, "save", lead=lead)
    _, first, second = page.revisions.order_by("created_at", "pk")
    client = client_of(me)
    compared = client.get(reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, second.pk]))
    assert re.search(r"deletion[^>]*>Erste<", compared.text)
    assert re.search(r"addition[^>]*>Zweite<", compared.text)
    shown = client.get(reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])).text
    assert 'value="Erste Fassung"' in shown
    send(me, page, "save", lead="Erste Fassung", revision=first.pk)
    assert page.get_latest_revision_as_object().lead == "Erste Fassung"
