"""Editors of one office change each other's news and events, and nobody else's."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page

from foundation.models import User
from home.groups import EDITORS
from home.models import NewsPage, OfficeEditors
from tests.factories.accounts import client_of, director, editor, office_editor
from tests.factories.home import EventPageFactory, NewsPageFactory
from tests.home.test_approval import review
from tests.home.test_office_pages import add, change, errors_of, newest, offices  # noqa: F401  # offices is a fixture

pytestmark = pytest.mark.django_db

ROUTES = ("edit", "history", "workflow_history", "copy", "usage", "delete", "move", "unpublish", "view_draft")


@pytest.fixture
def people(offices) -> dict[str, User]:  # noqa: F811
    return {
        "author": office_editor(offices["Hameln"], "autorin"),
        "colleague": office_editor(offices["Hameln"], "kollege"),
        "stranger": office_editor(offices["Vechta"], "fremd"),
        "editor": editor(),
        "director": director(),
    }


@pytest.fixture
def page(people) -> NewsPage:
    """A draft of the author."""
    assert errors_of(add(people["author"])) == {}
    return NewsPage.objects.get(slug="neu")


def doors(user: User, page: Page) -> dict[str, int]:
    client = client_of(user)
    return {route: client.get(reverse(f"wagtailadmin_pages:{route}", args=[page.pk])).status_code for route in ROUTES}


def test_a_colleague_edits_what_the_author_may_and_leaves_deleting_to_her(page, people):
    open_ = dict.fromkeys(ROUTES, 200) | {"unpublish": 302}
    assert doors(people["author"], page) == open_
    assert doors(people["colleague"], page) == open_ | {"delete": 302, "move": 302}
    assert doors(people["stranger"], page) == dict.fromkeys(ROUTES, 302)


def test_a_colleague_saves_submits_and_is_bound_by_the_workflow(page, people):
    assert errors_of(change(people["colleague"], page, lead="Vom Kollegen")) == {}
    assert newest(page).lead == "Vom Kollegen"
    change(people["colleague"], page, lead="Vom Kollegen", **{"action-submit": "1"})
    page.refresh_from_db()
    assert page.workflow_in_progress
    for name in ("author", "colleague", "stranger"):
        change(people[name], page, lead="Danach")
        review(people[name], page, "approve")
    assert newest(page).lead == "Vom Kollegen"
    assert not page.live
    review(people["editor"], page, "approve")
    assert (page.live, page.lead) == (True, "Vom Kollegen")
    change(people["colleague"], page, lead="Ungeprüft", **{"action-publish": "1"})
    page.refresh_from_db()
    assert page.lead == "Vom Kollegen"


def test_a_locked_page_stays_locked_for_colleagues(page, people):
    NewsPage.objects.filter(pk=page.pk).update(locked=True, locked_by=people["author"])
    change(people["colleague"], page, lead="Trotzdem")
    assert newest(page).lead == "Worum es geht."


@pytest.mark.parametrize("name", ["editor", "director"])
def test_pages_of_the_site_belong_to_no_office(people, offices, name):  # noqa: F811
    """Not even where their author is in the group of an office, too."""
    people[name].groups.add(offices["Hameln"].editors.group)
    index = Page.objects.get(slug="nachrichten")
    page = NewsPageFactory(parent=index, owner=people[name])
    nobodys = NewsPageFactory(parent=index, owner=None)
    assert not OfficeEditors.pages.through.objects.exists()
    for each in (page, nobodys):
        assert doors(people["colleague"], each) == dict.fromkeys(ROUTES, 302)


def test_a_copy_belongs_to_whom_copied_it(page, people):
    values = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": page.get_parent().pk}
    for name, is_open in (("colleague", True), ("editor", False)):
        slug = f"kopie-{name}"
        address = reverse("wagtailadmin_pages:copy", args=[page.pk])
        client_of(people[name]).post(address, values | {"new_slug": slug})
        copy = NewsPage.objects.get(slug=slug)
        assert copy.permissions_for_user(people["author"]).can_edit() is is_open


def test_it_stays_with_the_office_when_its_author_leaves_and_a_new_colleague_takes_over(page, people, offices):  # noqa: F811
    author = people["author"]
    author.groups.clear()
    assert doors(User.objects.get(pk=author.pk), page)["edit"] == 302
    assert doors(office_editor(offices["Hameln"], "neu"), page)["edit"] == 200
    author.delete()
    assert doors(people["colleague"], page)["edit"] == 200


def test_an_author_who_goes_to_another_office_leaves_it_behind(page, people, offices):  # noqa: F811
    author = people["author"]
    author.groups.set([offices["Vechta"].editors.group])
    assert doors(User.objects.get(pk=author.pk), page) == dict.fromkeys(ROUTES, 302)
    author.groups.add(offices["Hameln"].editors.group)
    assert doors(User.objects.get(pk=author.pk), page) == dict.fromkeys(ROUTES, 200) | {"unpublish": 302}
    author.groups.set([Group.objects.get(name=EDITORS)])
    assert doors(User.objects.get(pk=author.pk), page) == dict.fromkeys(ROUTES, 200) | {"unpublish": 302}


def test_drafts_of_colleagues_stand_in_the_lists_of_what_is_to_do(page, people):
    change(people["author"], page, **{"action-submit": "1"})
    waiting = reverse("arbeitslisten:list", args=["freigabe"])
    shown = {name: page.title in client_of(user).get(waiting).text for name, user in people.items()}
    assert shown == {"author": True, "colleague": True, "stranger": False, "editor": True, "director": True}


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_of_pages_asks_once_whose_they_are(people, number, django_assert_num_queries):
    index = Page.objects.get(slug="nachrichten")
    for _ in range(number):
        NewsPageFactory(parent=index, owner=people["author"], teaser_picture=None)
    me = User.objects.get(pk=people["colleague"].pk)
    pages = list(index.get_children().specific(defer=True))
    with django_assert_num_queries(2):
        assert [each.permissions_for_user(me).can_edit() for each in pages] == [True] * number


def test_what_was_written_before_is_given_to_the_offices_once(page, people, offices):  # noqa: F811
    index = Page.objects.get(slug="nachrichten")
    people["editor"].groups.add(offices["Hameln"].editors.group)
    NewsPageFactory(parent=index, owner=people["editor"])
    event = EventPageFactory(parent=Page.objects.get(slug="veranstaltungen"), owner=people["stranger"])
    OfficeEditors.pages.through.objects.all().delete()
    import_module("home.migrations.0018_office_of_written_pages").give_to_offices(apps, None)
    given = {town: list(office.editors.pages.values_list("pk", flat=True)) for town, office in offices.items()}
    assert given == {"Hameln": [page.pk], "Vechta": [event.pk]}
