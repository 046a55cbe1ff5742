"""Pages that are kept for visitors: how they are served, who never sees one, and that none outlives a change."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from courses.models import Provider
from foundation.caching.pages import PageCacheMiddleware
from foundation.models import BrandSettings, CreditedImage, RetentionSettings
from home.models import FundingNotice, HomePage, NewsPage, StandardPage
from home.tasks import publish_scheduled
from offices.models import Advisor, District, Office, OfficeDay, OpeningHours
from tests.factories.booking import ServiceFactory
from tests.factories.courses import CourseCataloguePageFactory, CoursePageFactory
from tests.factories.home import (
    NewsIndexPageFactory,
    NewsPageFactory,
    OfficeIndexPageFactory,
    OfficePageFactory,
    PictureFactory,
    StandardPageFactory,
    new_site,
    picture_value,
    stream,
)
from tests.factories.offices import AdvisorFactory, DistrictFactory, OfficeDayFactory, OfficeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_pages")]
ADDRESSES = (
    "/",
    "/nachrichten/",
    "/nachrichten/eins/",
    "/bueros/",
    "/bueros/hameln/",
    "/kurse/",
    "/kurse/sps/",
    "/text/",
)


@pytest.fixture(autouse=True)
def small_pictures(monkeypatch):
    monkeypatch.setattr("foundation.pictures.FORMATS", ("jpeg",))
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def home(committed) -> HomePage:
    """A site with one page of each kind."""
    with committed():
        home = new_site()
        ServiceFactory()
        office = OfficeFactory(name="Büro Hameln", slug="hameln", districts=[DistrictFactory()])
        AdvisorFactory(name="Ada Beispiel", office=office)
        OfficeDayFactory(office=office)
        OpeningHours.objects.create(office=office, weekday=0, opens_at="09:00", closes_at="12:00")
        OfficePageFactory(parent=OfficeIndexPageFactory(parent=home), office=office, picture=PictureFactory())
        NewsPageFactory(parent=NewsIndexPageFactory(parent=home), slug="eins", title="Nachricht eins")
        CoursePageFactory(
            parent=CourseCataloguePageFactory(parent=home), slug="sps", runs=[timezone.localdate() + timedelta(days=3)]
        )
        StandardPageFactory(parent=home, slug="text", title="Textseite", body=stream(("retention", None)))
    return home


def text_of(client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_kept_page_is_the_same_answer_for_no_query(client, home, django_assert_num_queries, address):
    client.get(address)  # pictures are made at the first visit, and that is a change
    first = client.get(address)
    with django_assert_num_queries(0):
        second = client.get(address)
    assert (second.status_code, second.content, second.headers) == (200, first.content, first.headers)
    assert second.headers["Cache-Control"] == "no-cache"
    assert "Vary" not in second.headers


def publish(page, **values) -> None:
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


def publish_on_time() -> None:
    news = NewsPage.objects.get()
    news.lead = "Etwas Neues."
    news.go_live_at = timezone.now() - timedelta(minutes=1)
    news.save_revision(approved_go_live_at=news.go_live_at)
    publish_scheduled()


def update(model, **values) -> None:
    """Of one row, as the admin saves it."""
    row = model.objects.first() or model()
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def move_the_page_of_the_office() -> None:
    page = Office.objects.get().page
    page.slug = "weserstadt"
    page.save_revision().publish()


CHANGES = {
    "published": ("/nachrichten/eins/", lambda: publish(NewsPage.objects.get(), lead="Etwas Neues."), "Etwas Neues."),
    "published at its time": ("/nachrichten/eins/", publish_on_time, "Etwas Neues."),
    "title on the home page": ("/", lambda: publish(NewsPage.objects.get(), title="Ganz neu"), "Ganz neu"),
    "new page in a list": (
        "/nachrichten/",
        lambda: NewsPageFactory(parent=NewsPage.objects.get().get_parent(), title="Ganz neu"),
        "Ganz neu",
    ),
    "address": ("/bueros/", move_the_page_of_the_office, "/bueros/weserstadt/"),
    "menu": ("/kurse/sps/", lambda: publish(StandardPage.objects.get(), show_in_menus=True), 'href="/text/"'),
    "footer": ("/", lambda: publish(StandardPage.objects.get(), in_footer=True), 'href="/text/"'),
    "office": ("/bueros/hameln/", lambda: update(Office, phone="05151 4711"), "05151 4711"),
    "opening hours": ("/bueros/hameln/", lambda: update(OpeningHours, closes_at="12:45"), "12:45"),
    "office day": ("/bueros/hameln/", lambda: update(OfficeDay, venue="Alte Post"), "Alte Post"),
    "advisor": ("/bueros/hameln/", lambda: update(Advisor, focus="Ganz neu"), "Ganz neu"),
    "district": ("/", lambda: update(District, seat="Bad Pyrmont"), "Bad Pyrmont"),
    "service": ("/bueros/hameln/", lambda: ServiceFactory(slug="b", name="Ganz neu", position=9), "Ganz neu"),
    "provider": ("/kurse/sps/", lambda: update(Provider, name="Ganz neu"), "Ganz neu"),
    "funding": (
        "/text/",
        lambda: FundingNotice.objects.create(sentence="Heute zahlt B.", valid_from="2024-01-01"),
        "B.",
    ),
    "brand": ("/text/", lambda: update(BrandSettings, claim="Ganz neu"), "Ganz neu"),
    "periods": ("/text/", lambda: update(RetentionSettings, mail_days=77), "77 Tage"),
    "credit of an image": ("/bueros/hameln/", lambda: update(CreditedImage, credit="Foto: Neu"), "Foto: Neu"),
    "rows updated": ("/bueros/hameln/", lambda: Office.objects.update(street="Neue Gasse 7"), "Neue Gasse 7"),
    "host": ("/text/", lambda: update(Site, port=8080), "http://testserver:8080/text/"),
}


@pytest.mark.parametrize(("address", "change", "shown"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_on_the_next_page(client, home, committed, address, change, shown):
    client.get(address)
    assert shown not in text_of(client, address)
    with committed():
        change()
    assert shown in text_of(client, address)


def move_below_the_text() -> None:
    StandardPageFactory(parent=StandardPage.objects.get(slug="text"), slug="tief")
    StandardPage.objects.get(slug="weg").move(StandardPage.objects.get(slug="text"), pos="last-child")


LEAVE = {
    "unpublished": lambda: StandardPage.objects.get(slug="weg").unpublish(),
    "moved": move_below_the_text,
    "renamed": lambda: publish(StandardPage.objects.get(slug="weg"), slug="anders"),
    "deleted": lambda: StandardPage.objects.get(slug="weg").delete(),
    "expired": lambda: (
        StandardPage.objects.filter(slug="weg").update(expire_at=timezone.now() - timedelta(minutes=1)),
        publish_scheduled(),
    ),
}


@pytest.mark.parametrize("leave", LEAVE.values(), ids=LEAVE)
def test_a_page_that_went_away_is_shown_no_more_and_its_absence_is_not_kept(client, home, committed, leave):
    assert client.get("/weg/").status_code == 404
    with committed():
        StandardPageFactory(parent=HomePage.objects.get(), slug="weg", title="Noch da")
    assert [client.get("/weg/").status_code for _ in range(2)] == [200, 200]
    with committed():
        leave()
    assert client.get("/weg/").status_code == (301 if leave in (LEAVE["moved"], LEAVE["renamed"]) else 404)


def test_a_restricted_page_is_kept_for_nobody(client, home, committed):
    client.get("/text/")
    page = StandardPage.objects.get()
    with committed():
        restriction = PageViewRestriction.objects.create(page=page, restriction_type="password", password="Apfel")
    asked = client.get("/text/")
    assert "Fristen" not in asked.content.decode()
    form = {"password": "Apfel", "return_url": "/text/"}
    client.post(f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/", form)
    assert "Fristen" in text_of(client, "/text/")
    assert "Fristen" not in text_of(type(client)(), "/text/")


def test_a_restriction_holds_at_once_whatever_is_kept(client, home):
    """Not even the mark of its commit is waited for."""
    address = "/text/?neu=1"
    assert [client.get(address).content.count(b"Fristen") > 0 for _ in range(2)] == [True, True]
    restriction = PageViewRestriction.objects.create(page=home, restriction_type="password", password="Apfel")
    assert b"Fristen" not in client.get(address).content
    restriction.delete()
    assert b"Fristen" in client.get(address).content


def test_midnight_ends_a_page(client, home, committed):
    """With a notice that begins on the day after."""
    with committed():
        FundingNotice.objects.create(sentence="Ab morgen zahlt C.", valid_from=date(2026, 11, 24))
    with time_machine.travel("2026-11-23T22:59:58Z", tick=False) as clock:
        client.get("/text/")
        assert "Ab morgen" not in text_of(client, "/text/")
        clock.shift(2)
        assert "Ab morgen" in text_of(client, "/text/")


def test_a_browser_asks_again_and_learns_that_nothing_changed(client, home, committed, django_assert_num_queries):
    fresh = client.get("/text/")
    with django_assert_num_queries(0):
        again = client.get("/text/", headers={"If-None-Match": fresh.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert {name: again.headers[name] for name in ("ETag", "Cache-Control")} == {
        "ETag": fresh.headers["ETag"],
        "Cache-Control": "no-cache",
    }
    with committed():
        publish(StandardPage.objects.get(), title="Ganz neu")
    changed = client.get("/text/", headers={"If-None-Match": fresh.headers["ETag"]})
    assert (changed.status_code, changed.headers["ETag"] == fresh.headers["ETag"]) == (200, False)


def test_head_is_answered_from_what_is_kept_and_keeps_nothing(client, home, django_assert_num_queries):
    head = client.head("/text/")
    fresh = client.get("/text/")
    with django_assert_num_queries(0):
        kept = client.head("/text/")
    assert (head.content, kept.content) == (b"", b"")
    assert head.headers["ETag"] == kept.headers["ETag"] == fresh.headers["ETag"]


def poison() -> None:
    """What any reader of a kept page would see: it stands in every entry of the cache."""
    store = cache._behind._cache
    for key in [key for key in store if ".page." in key]:
        store[key] = store[key].replace(b"Textseite", b"Kept here")


ASKING = {
    "session": {"headers": {"Cookie": f"{settings.SESSION_COOKIE_NAME}=any"}},
    "message": {"headers": {"Cookie": "messages=any"}},
    "credentials": {"headers": {"Authorization": "Basic eDp5"}},
    "unknown query": {"query_params": {"utm_source": "brief"}},
    "two pages": {"query_params": {"page": ["1", "2"]}},
    "far page": {"query_params": {"page": "100"}},
    "another host": {"SERVER_NAME": "localhost"},
    "another port": {"SERVER_PORT": "8000"},
}


@pytest.mark.parametrize("asking", ASKING.values(), ids=ASKING)
def test_these_requests_never_see_what_is_kept(client, home, asking):
    client.get("/text/")
    poison()
    assert "Kept here" in text_of(client, "/text/")
    assert "Kept here" not in client.get("/text/", **asking).content.decode()


@pytest.mark.parametrize("asking", [ASKING[name] for name in ("session", "credentials", "unknown query", "far page")])
def test_these_requests_leave_nothing_behind(client, home, asking):
    client.get("/text/", **asking)
    assert [key for key in cache._behind._cache if ".page." in key] == []


def test_a_page_of_a_list_is_kept_for_itself(client, home, committed, django_assert_num_queries):
    index = NewsPage.objects.get().get_parent()
    with committed():
        for _ in range(9):
            NewsPageFactory(parent=index, teaser_picture=None)
    first, second = client.get("/nachrichten/"), client.get("/nachrichten/", query_params={"page": "2"})
    with django_assert_num_queries(0):
        again = client.get("/nachrichten/", query_params={"page": "2"})
    assert again.content == second.content != first.content


def test_who_is_logged_in_has_an_answer_of_their_own(client, admin_client, home):
    client.get("/text/")
    poison()
    answer = admin_client.get("/text/")
    assert "Kept here" not in answer.content.decode()
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_a_preview_is_neither_kept_nor_taken_from_what_is_kept(client, home):
    """Wagtail sends a preview through all middleware, under the address of the published page."""
    client.get("/text/")
    poison()
    draft = StandardPage.objects.get()
    draft.title = "Ganz neu"
    preview = draft.make_preview_request()
    assert "Ganz neu" in preview.content.decode()
    assert "Kept here" in text_of(client, "/text/")
    assert "Ganz neu" not in text_of(client, "/")


def test_a_preview_shows_the_pictures_of_its_draft(client, home):
    """Teasers and pictures of published pages are kept by themselves."""
    client.get("/")
    home.stories = stream(("story", {"picture": picture_value(), "caption": "Nur im Entwurf", "page": None}))
    assert "Nur im Entwurf" in home.make_preview_request().content.decode()
    page = Office.objects.get().page
    client.get(page.url)
    page.picture = PictureFactory(credit="Foto: Entwurf")
    assert "Foto: Entwurf" in page.make_preview_request().content.decode()
    assert "Entwurf" not in text_of(client, "/?neu=1") + text_of(client, f"{page.url}?neu=1")


def test_without_a_cache_every_page_is_there(client, home, monkeypatch):
    def fail(*_, **__):
        raise ConnectionError("gone")

    for name in ("get", "set", "delete", "get_many", "set_many", "delete_many"):
        monkeypatch.setattr(type(cache._behind), name, fail)
    assert {address: client.get(address).status_code for address in ADDRESSES} == dict.fromkeys(ADDRESSES, 200)


ANSWERS = {
    "cookie": lambda answer: answer.set_cookie("csrftoken", "x"),
    "no-store": lambda answer: answer.headers.setdefault("Cache-Control", "no-store, private"),
    "varies": lambda answer: answer.headers.setdefault("Vary", "Cookie"),
    "failure": lambda answer: setattr(answer, "status_code", 503),
    "other view": lambda answer: setattr(answer, "view", "booking:appointment"),
}


@pytest.mark.parametrize("mar", ANSWERS.values(), ids=ANSWERS)
def test_such_an_answer_is_not_kept(mar):
    """Pages with a token are of other views and say no-store."""
    asked = []

    def view(request):
        asked.append(request.path)
        answer = HttpResponse("x")
        answer.view = "wagtail_serve"
        mar(answer)
        request.resolver_match = type("Match", (), {"url_name": answer.view})
        return answer

    middleware = PageCacheMiddleware(view)
    for _ in range(2):
        assert "ETag" not in middleware(RequestFactory().get("/text/")).headers
    assert len(asked) == 2


@pytest.mark.django_db(transaction=True)
def test_an_open_transaction_neither_keeps_nor_takes_a_page(client, monkeypatch):
    """What it sees may never come true. Here with the real connection and real commits."""
    monkeypatch.setattr("foundation.caching.pages.connection", connection)
    page = StandardPageFactory(parent=new_site(), slug="text")
    client.get("/text/")
    with transaction.atomic():
        publish(page, title="Nie wahr")
        assert "Nie wahr" in text_of(client, "/text/")
        transaction.set_rollback(True)
    assert "Nie wahr" not in text_of(client, "/text/")
    publish(StandardPage.objects.get(), title="Ganz neu")
    assert "Ganz neu" in text_of(client, "/text/")


@pytest.mark.parametrize("address", ["/robots.txt", "/kalender/x.ics", "/feeds/nachrichten/atom.xml", "/text"])
def test_an_address_that_no_page_has_asks_no_kept_page(client, monkeypatch, address):
    """Calendar programs ask for a feed every few minutes, most often to hear that nothing is new."""
    monkeypatch.setattr("foundation.caching.pages.shelf", None)
    assert client.get(address).status_code in {200, 301, 404}
