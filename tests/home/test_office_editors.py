"""„Büro-Redaktion“: a group and a collection for each office, and what it may reach."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, WorkflowPage

from foundation.models import CreditedImage
from home.approval import ensure_approval
from home.groups import ensure_groups
from home.models import OfficeEditors
from home.office_editors import SHARED, ensure_office_editors
from offices.models import Office, OfficePage
from tests.factories.accounts import client_of, editor, office_editor
from tests.factories.home import (
    DocumentFactory,
    EventIndexPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    OfficeIndexPageFactory,
    OfficePageFactory,
    PictureFactory,
    new_site,
)
from tests.factories.offices import OfficeFactory
from tests.foundation.test_image_credit import picture

pytestmark = pytest.mark.django_db

FILE_RIGHTS = [f"{action}_{thing}" for action in ("add", "change", "choose") for thing in ("document", "image")]


@pytest.fixture
def pages():
    home = new_site()
    return OfficeIndexPageFactory(parent=home), NewsIndexPageFactory(parent=home), EventIndexPageFactory(parent=home)


@pytest.fixture
def offices(pages) -> tuple[Office, Office]:
    """With pages, groups and collections."""
    found = [OfficeFactory(name=f"Büro {town}", slug=town.lower()) for town in ("Hameln", "Vechta")]
    for office in found:
        OfficePageFactory(parent=pages[0], office=office)
    call_command("ensure_groups")
    return found[0], found[1]


def rights(office: Office) -> dict[str, list[tuple[str, str]]]:
    """What the group of the office holds: permissions, pages and collections by their names."""
    group = office.editors.group
    pages = GroupPagePermission.objects.filter(group=group)
    files = GroupCollectionPermission.objects.filter(group=group)
    return {
        "site": sorted(group.permissions.values_list("content_type__app_label", "codename")),
        "pages": sorted(pages.values_list("page__title", "permission__codename")),
        "files": sorted(files.values_list("collection__name", "permission__codename")),
    }


def rights_of(name: str) -> dict[str, list[tuple[str, str]]]:
    return {
        "site": [("home", "keep_contacts"), ("wagtailadmin", "access_admin")],
        "pages": sorted([(name, "change_page"), ("Nachrichten", "add_page"), ("Veranstaltungen", "add_page")]),
        "files": sorted(
            [(name, right) for right in FILE_RIGHTS] + [(SHARED, "choose_document"), (SHARED, "choose_image")]
        ),
    }


def test_each_office_has_a_group_and_a_collection_of_its_own(offices):
    for office in offices:
        assert office.editors.group.name == f"Büro-Redaktion {office.name}"
        assert office.editors.collection.name == office.name
        assert rights(office) == rights_of(office.name)


def test_the_command_says_what_it_did_and_does_it_once(pages, capsys):
    office = OfficeFactory(name="Büro Hameln", slug="hameln")
    OfficePageFactory(parent=pages[0], office=office)
    call_command("ensure_groups")
    assert capsys.readouterr().out.splitlines()[1:] == [
        "Arbeitsablauf „Moderators approval“ abgeschaltet: Niemand könnte freigeben.",
        "„Büro Hameln“ geht durch die „Freigabe durch die Redaktion“.",
        "„Nachrichten“ geht durch die „Freigabe durch die Redaktion“.",
        "„Veranstaltungen“ geht durch die „Freigabe durch die Redaktion“.",
        "Sammlung „Für alle Büros“ angelegt.",
        "Gruppe „Büro-Redaktion Büro Hameln“ angelegt.",
        "Sammlung „Büro Hameln“ angelegt.",
    ]
    call_command("ensure_groups")
    assert capsys.readouterr().out == "Alles ist, wie es sein soll.\n"


def test_rights_changed_by_hand_are_repaired(offices):
    hameln, vechta = offices
    group = hameln.editors.group
    group.permissions.add(Permission.objects.get(codename="delete_user"))
    publish = Permission.objects.get(content_type__app_label="wagtailcore", codename="publish_page")
    GroupPagePermission.objects.create(group=group, page=vechta.page, permission=publish)
    GroupCollectionPermission.objects.filter(group=group).delete()
    assert ensure_office_editors() == ["Rechte der Gruppe „Büro-Redaktion Büro Hameln“ wiederhergestellt."]
    assert rights(hameln) == rights_of("Büro Hameln")


def test_a_group_or_collection_deleted_by_hand_comes_back(offices):
    hameln, _ = offices
    hameln.editors.group.delete()
    hameln.editors.collection.delete()
    assert ensure_office_editors() == [
        "Gruppe „Büro-Redaktion Büro Hameln“ angelegt.",
        "Sammlung „Büro Hameln“ angelegt.",
    ]
    assert rights(Office.objects.get(pk=hameln.pk)) == rights_of("Büro Hameln")


def test_a_new_office_has_its_group_at_once_and_its_page_when_that_is_made(offices, pages):
    office = OfficeFactory(name="Büro Diepholz", slug="diepholz")
    assert ("Büro Diepholz", "change_page") not in rights(office)["pages"]
    page = OfficePageFactory(parent=pages[0], office=office)
    assert rights(office) == rights_of("Büro Diepholz")
    assert WorkflowPage.objects.get(page=page).workflow.name == "Freigabe durch die Redaktion"


def test_before_the_command_has_run_nothing_is_made_for_offices(pages):
    OfficePageFactory(parent=pages[0])
    assert not OfficeEditors.objects.exists()


def test_an_index_that_is_made_later_opens_for_every_office():
    home = new_site()
    office = OfficeFactory(name="Büro Hameln")
    call_command("ensure_groups")
    assert rights(office)["pages"] == []
    NewsIndexPageFactory(parent=home)
    assert rights(office)["pages"] == [("Nachrichten", "add_page")]


def test_a_renamed_office_takes_group_and_collection_along(offices):
    hameln, _ = offices
    group, collection = hameln.editors.group, hameln.editors.collection
    hameln.name = "Büro Weserbergland"
    hameln.save()
    group.refresh_from_db()
    collection.refresh_from_db()
    assert (group.name, collection.name) == ("Büro-Redaktion Büro Weserbergland", "Büro Weserbergland")


def test_a_group_of_that_name_made_by_hand_is_left_alone(offices):
    stranger = Group.objects.create(name="Büro-Redaktion Büro Diepholz")
    office = OfficeFactory(name="Büro Diepholz", slug="diepholz")
    assert office.editors.group.name == "Büro-Redaktion Büro Diepholz (diepholz)"
    assert not stranger.page_permissions.exists()


def test_a_page_that_goes_to_another_office_changes_hands(offices, pages):
    hameln, _ = offices
    new = OfficeFactory(name="Büro Holzminden")
    page = OfficePage.objects.get(office=hameln)
    page.office = new
    page.save()
    assert ("Büro Hameln", "change_page") not in rights(hameln)["pages"]
    assert ("Büro Hameln", "change_page") in rights(new)["pages"]


@pytest.mark.parametrize("holds_pictures", [False, True])
def test_a_deleted_office_leaves_no_rights_and_no_picture_behind_the_door(offices, tmp_path, settings, holds_pictures):
    settings.MEDIA_ROOT = tmp_path
    hameln, vechta = offices
    group, collection = hameln.editors.group, hameln.editors.collection
    if holds_pictures:
        PictureFactory(collection=collection)
    OfficePage.objects.get(office=hameln).delete()
    Office.objects.get(pk=hameln.pk).delete()
    assert not Group.objects.filter(pk=group.pk).exists()
    assert Collection.objects.filter(pk=collection.pk).exists() == holds_pictures
    assert not GroupCollectionPermission.objects.filter(collection=collection.pk).exists()
    assert rights(vechta) == rights_of("Büro Vechta")


def test_a_second_run_takes_few_queries(offices, django_assert_num_queries):
    with django_assert_num_queries(23):
        ensure_office_editors()
    with django_assert_num_queries(10):
        ensure_approval()


@pytest.fixture
def files(offices, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    hameln, vechta = offices
    places = {"Eigenes": hameln.editors.collection, "Fremdes": vechta.editors.collection}
    places |= {"Gemeinsames": Collection.objects.get(name=SHARED), "Übriges": Collection.get_first_root_node()}
    pictures = {title: PictureFactory(title=title, collection=place) for title, place in places.items()}
    documents = {title: DocumentFactory(title=title, collection=place) for title, place in places.items()}
    return pictures, documents


def test_choosers_show_the_own_collection_and_the_shared_one(offices, files):
    client = client_of(office_editor(offices[0]))
    for route in ("wagtailimages_chooser:choose", "wagtaildocs_chooser:choose"):
        found = client.get(reverse(route)).context["results"]
        assert sorted(row.title for row in found) == ["Eigenes", "Gemeinsames"], route
    for route, things in zip(("wagtailimages_chooser:chosen", "wagtaildocs_chooser:chosen"), files, strict=True):
        given = {title: client.get(reverse(route, args=[thing.pk])).status_code for title, thing in things.items()}
        assert given == {"Eigenes": 200, "Gemeinsames": 200, "Fremdes": 302, "Übriges": 302}, route


def test_pictures_and_documents_are_changed_in_the_own_collection_only(offices, files):
    client = client_of(office_editor(offices[0]))
    for route, things in zip(("wagtailimages:edit", "wagtaildocs:edit"), files, strict=True):
        given = {title: client.get(reverse(route, args=[thing.pk])).status_code for title, thing in things.items()}
        assert given == {"Eigenes": 200, "Gemeinsames": 302, "Fremdes": 302, "Übriges": 302}, route
    for route in ("wagtailimages:index", "wagtaildocs:index"):
        assert [row.title for row in client.get(reverse(route)).context["object_list"]] == ["Eigenes"], route


def test_whoever_adds_a_picture_puts_it_into_the_own_collection_whatever_the_form_says(offices, files):
    hameln, vechta = offices
    values = {"title": "Neu", "credit": "Foto: Beispiel", "file": picture(), "collection": vechta.editors.collection.pk}
    answer = client_of(office_editor(hameln)).post(reverse("wagtailimages:add"), values)
    assert answer.status_code == 302
    assert CreditedImage.objects.get(title="Neu").collection == hameln.editors.collection


def test_pages_of_others_stay_shut(offices, pages):
    hameln, vechta = offices
    me, colleague = office_editor(hameln), office_editor(vechta, "anderes-buero")
    NewsPageFactory(parent=pages[1], title="Meine", slug="meine", owner=me)
    NewsPageFactory(parent=pages[1], title="Deren", slug="deren", owner=colleague)
    client = client_of(me)
    news = {page.title: page for page in pages[1].get_children()}
    shown = {"Büro Hameln": hameln.page, "Büro Vechta": vechta.page, **news, "Büros": pages[0], "Nachrichten": pages[1]}
    given = {
        title: client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code
        for title, page in shown.items()
    }
    assert given == {
        "Büro Hameln": 200,
        "Büro Vechta": 302,
        "Meine": 200,
        "Deren": 302,
        "Büros": 302,
        "Nachrichten": 302,
    }


def test_editors_of_the_site_reach_everything(offices, files):
    ensure_groups()
    client = client_of(editor())
    for route, things in zip(("wagtailimages:edit", "wagtaildocs:edit"), files, strict=True):
        assert {client.get(reverse(route, args=[thing.pk])).status_code for thing in things.values()} == {200}
