"""The home page leads to pages far below it in one step, and nowhere else than Wagtail's own walk would."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from wagtail.models import Page, Site

from tests.factories.home import EventIndexPageFactory, EventPageFactory, StandardPageFactory, new_site

pytestmark = pytest.mark.django_db


def found(home, rf, *slugs):
    """The page and what it is asked for, None where there is none; by our way and by Wagtail's."""
    results = []
    for walk in (type(home).route, Page.route):
        try:
            page, args, _ = walk(home, rf.get("/"), list(slugs))
        except Exception as error:  # noqa: BLE001  # what one way raises the other must
            results.append(type(error).__name__)
        else:
            results.append((page, [getattr(each, "__name__", each) for each in args]))
    assert results[0] == results[1]
    return results[0]


@pytest.fixture
def home():
    return new_site()


@pytest.fixture
def deep(home):
    """One page in another in another; the short name of the first is also that of the last."""
    first = StandardPageFactory(parent=home, slug="a")
    second = StandardPageFactory(parent=first, slug="b")
    return [first, second, StandardPageFactory(parent=second, slug="a")]


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_each_page_is_found_under_its_own_way(home, deep, rf, depth):
    assert found(home, rf, *["a", "b", "a"][:depth]) == (deep[depth - 1], [])


@pytest.mark.parametrize("slugs", [("b",), ("b", "a"), ("a", "a"), ("a", "b", "c"), ("a", "b", "a", "b"), ("x", "y")])
def test_a_way_that_leads_nowhere_finds_nothing(home, deep, rf, slugs):
    assert found(home, rf, *slugs) == "Http404"


def test_a_draft_is_not_found_but_what_is_live_below_it_is(home, deep, rf):
    deep[1].unpublish()
    assert found(home, rf, "a", "b") == "Http404"
    assert found(home, rf, "a", "b", "a") == (deep[2], [])


def test_an_address_of_a_page_goes_before_a_page_of_that_name_below_it(home, rf):
    index = EventIndexPageFactory(parent=home, slug="veranstaltungen")
    EventPageFactory(parent=index, slug="vergangene")
    other = EventPageFactory(parent=index, slug="messe")
    assert found(home, rf, "veranstaltungen", "vergangene") == (index, ["past", (), {}])
    assert found(home, rf, "veranstaltungen", "messe") == (other, [])


@pytest.mark.parametrize("depth", [1, 3])
def test_the_way_down_costs_two_queries_and_is_known_from_then_on(home, deep, rf, django_assert_num_queries, depth):
    with django_assert_num_queries(2):
        page = home.route(rf.get("/"), ["a", "b", "a"][:depth]).page
        assert [above.pk for above in page.pages_above] == [home.pk, *(found.pk for found in deep[: depth - 1])]


def test_a_page_that_was_not_walked_to_knows_what_is_above(home, deep):
    assert [page.title for page in type(deep[2]).objects.get(pk=deep[2].pk).pages_above] == [
        home.title,
        deep[0].title,
        deep[1].title,
    ]
    assert home.pages_above == []


def test_of_several_sites_the_host_decides(client, home):
    other = home.add_sibling(
        instance=type(home)(title="Anderswo", slug="anderswo", headline="Ganz anders", lead="Hier.")
    )
    assert "Ganz anders" not in client.get("/").content.decode()
    cache.clear()
    Site.objects.create(hostname="localhost", root_page=other)
    assert "Ganz anders" in client.get("/", SERVER_NAME="localhost").content.decode()
    assert "Ganz anders" not in client.get("/").content.decode()
