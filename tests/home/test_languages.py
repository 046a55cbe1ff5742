"""The branches of the other languages: addresses, what stands around their pages, the ways between them."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from defusedxml import ElementTree
from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from wagtail.models import Locale, Page, PageViewRestriction

from foundation.caching.marks import CONTENT
from foundation.caching.shelf import kept
from foundation.models import BrandSettings
from home.groups import ADVISORS, EDITORS, LEADS, ensure_groups
from home.models import ContactPage, HomePage, StandardPage
from home.translating import CannotBeTranslated, can_be_translated, translate_page
from tests.factories.accounts import account, client_of
from tests.factories.courses import CourseCataloguePageFactory, CoursePageFactory
from tests.factories.home import (
    ContactPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    OfficeIndexPageFactory,
    StandardPageFactory,
    new_site,
    stream,
)
from tests.home.markup import Markup

pytestmark = pytest.mark.django_db
HOST = "http://testserver"
LINK = re.compile(r'language-switch__link" href="([^"]+)" lang="([^"]+)" hreflang="([^"]+)">(.+?)</a>')
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">')


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr("foundation.pictures.FORMATS", ("jpeg",))
    cache.clear()


@pytest.fixture
def home() -> HomePage:
    return new_site()


def in_language(page: Page, code: str, **changed: object) -> Page:
    """The translation of a page, published."""
    draft = translate_page(page, locale=Locale.objects.get(language_code=code)).specific
    for name, value in changed.items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    return type(draft).objects.get(pk=draft.pk)


def html(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    text = answer.content.decode()
    assert Markup(text).complaints == []
    assert answer.cookies == {}
    assert "Vary" not in answer.headers
    return text


def switch(text: str) -> list[tuple[str, str, str]]:
    """Language, address and words of each way into another language."""
    found = LINK.findall(text)
    assert [lang for _, lang, _ in [entry[:3] for entry in found]] == [entry[2] for entry in found]
    return [(lang, url, re.sub("<[^>]+>", "", words)) for url, lang, _, words in found]


def lang_of(text: str) -> str:
    return re.search(r'<html lang="([^"]+)"', text)[1]


def test_addresses_of_german_pages_stay_and_others_begin_with_their_language(client, home):
    page = StandardPageFactory(parent=home, slug="beratung")
    english_home = in_language(home, "en")
    simple_home = in_language(home, "de-simple")
    english = in_language(page, "en", slug="advice")
    simple = in_language(page, "de-simple")
    pages = (home, page, english_home, english, simple_home, simple)
    assert [found.url for found in pages] == ["/", "/beratung/", "/en/", "/en/advice/", "/leicht/", "/leicht/beratung/"]
    assert [lang_of(html(client, found.url)) for found in pages] == ["de", "de", "en", "en", "de-simple", "de-simple"]
    assert client.get("/en/advice", follow=True).redirect_chain == [("/en/advice/", 301)]
    assert client.get("/", headers={"Accept-Language": "en"}).status_code == 200


def test_without_other_languages_there_is_no_way_into_them(client, home):
    draft = translate_page(home, locale=Locale.objects.get(language_code="en"))
    text = html(client, "/")
    assert (draft.live, switch(text), ALTERNATE.findall(text)) == (False, [], [])
    assert client.get("/en/").status_code == 404


def test_switch_keeps_the_place_else_leads_home_and_says_so(client, home):
    advice = StandardPageFactory(parent=home, slug="beratung", title="Beratung")
    funding = StandardPageFactory(parent=home, slug="foerderung")
    for code in ("en", "de-simple"):
        in_language(home, code)
    in_language(advice, "en")
    assert switch(html(client, "/")) == [("en", "/en/", "English"), ("de-simple", "/leicht/", "Leichte Sprache")]
    assert switch(html(client, advice.url)) == [
        ("en", "/en/beratung/", "English"),
        ("de-simple", "/leicht/", "Leichte Sprache: Start"),
    ]
    assert [entry[1:] for entry in switch(html(client, funding.url))] == [
        ("/en/", "English: Home"),
        ("/leicht/", "Leichte Sprache: Start"),
    ]
    assert switch(html(client, "/en/beratung/")) == [
        ("de", "/beratung/", "Deutsch"),
        ("de-simple", "/leicht/", "Leichte Sprache: Start"),
    ]
    StandardPageFactory(parent=StandardPage.objects.get(pk=advice.pk), slug="ablauf")
    assert switch(html(client, "/beratung/ablauf/")) == [
        ("en", "/en/beratung/", "English: Beratung"),
        ("de-simple", "/leicht/", "Leichte Sprache: Start"),
    ]


def test_switch_keeps_the_question_of_the_search(client, home):
    in_language(home, "en")
    assert switch(client.get("/suche/").content.decode()) == [("en", "/en/search/", "English")]
    found = client.get("/suche/", {"q": "Plan", "art": "seiten"}).content.decode()
    assert switch(found) == [("en", "/en/search/?q=Plan&amp;art=seiten", "English")]
    english = html(client, "/en/search/?q=Plan")
    assert switch(english) == [("de", "/suche/?q=Plan", "Deutsch")]
    assert lang_of(english) == "en"
    assert '<form class="site-search" action="/en/search/"' in english
    assert "We have found nothing for “Plan”." in english
    assert "<title>Hits for “Plan”: 0 – Search – MehrWert</title>" in english
    assert '<html lang="de-simple">' in client.get("/leicht/suche/").content.decode()


def test_search_names_kinds_and_languages_of_hits_in_the_language_of_the_page(client, home):
    in_language(home, "en", headline="Plan", lead="Our plan")
    StandardPageFactory(parent=home, slug="plan", title="Plan")
    NewsPageFactory(parent=NewsIndexPageFactory(parent=home), title="Plan")
    text = html(client, "/en/search/?q=Plan")
    kinds = re.findall(r'search-result__kind">(.*?)</p>', text)
    assert sorted(kinds) == ['News · <span lang="de">Deutsch</span>', "Pages", 'Pages · <span lang="de">Deutsch</span>']
    assert re.findall(r'filter-links__link" href="[^"]*"[^>]*>(\w+)', text) == ["All", "News", "Pages"]
    assert '<a href="/plan/" lang="de" hreflang="de">' in text
    assert '<a href="/en/" >' in text


def test_head_names_each_version_and_the_one_for_everybody_else(client, home):
    advice = StandardPageFactory(parent=home, slug="beratung")
    in_language(home, "en")
    in_language(advice, "en", slug="advice")
    named = [
        ("de", f"{HOST}/beratung/"),
        ("x-default", f"{HOST}/beratung/"),
        ("en", f"{HOST}/en/advice/"),
    ]
    for address, territory in (("/beratung/", "de_DE"), ("/en/advice/", "en_GB")):
        text = html(client, address)
        assert ALTERNATE.findall(text) == named
        assert f'<link rel="canonical" href="{HOST}{address}">' in text
        assert f'<meta property="og:locale" content="{territory}">' in text
    StandardPageFactory(parent=home, slug="allein")
    assert ALTERNATE.findall(html(client, "/allein/")) == []


def test_sitemap_names_the_versions_of_each_page(client, home):
    in_language(home, "en")
    StandardPageFactory(parent=home, slug="allein")
    cache.clear()
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    found = {}
    for entry in tree:
        links = entry.findall("{http://www.w3.org/1999/xhtml}link")
        assert {link.attrib["rel"] for link in links} <= {"alternate"}
        found[entry[0].text] = [(link.attrib["hreflang"], link.attrib["href"]) for link in links]
    both = [("de", f"{HOST}/"), ("en", f"{HOST}/en/")]
    assert found == {f"{HOST}/": both, f"{HOST}/en/": both, f"{HOST}/allein/": []}


def test_withdrawn_and_restricted_versions_are_not_shown(client, home):
    page = StandardPageFactory(parent=home, slug="beratung")
    in_language(home, "en")
    english = in_language(page, "en")
    PageViewRestriction.objects.create(page=english, restriction_type=PageViewRestriction.LOGIN)
    CONTENT.renew()
    assert [entry[1] for entry in switch(html(client, "/beratung/"))] == ["/en/"]
    PageViewRestriction.objects.all().delete()
    english.unpublish()
    CONTENT.renew()
    text = html(client, "/beratung/")
    assert ([entry[1] for entry in switch(text)], ALTERNATE.findall(text)) == (["/en/"], [])


def test_kept_pages_show_a_new_language_at_once(client, home, kept_pages, committed):
    with committed():
        page = StandardPageFactory(parent=home, slug="beratung")
    assert switch(html(client, "/beratung/")) == []
    with committed():
        in_language(home, "en")
        in_language(page, "en")
    assert [entry[1] for entry in switch(html(client, "/beratung/"))] == ["/en/beratung/"]


def test_menu_footer_and_breadcrumbs_are_those_of_the_language(client, home):
    parent = StandardPageFactory(parent=home, slug="beratung", title="Beratung", show_in_menus=True)
    StandardPageFactory(parent=home, slug="impressum", title="Impressum", in_footer=True)
    StandardPageFactory(parent=home, slug="datenschutz", title="Datenschutz", in_footer=True)
    in_language(home, "en")
    advice = in_language(parent, "en", slug="advice", title="Advice")
    in_language(StandardPage.objects.get(slug="impressum"), "en", title="Legal notice")
    StandardPageFactory(parent=advice, slug="details", title="Details")

    text = html(client, "/en/advice/details/")
    header, footer = (
        re.search(r"<header.*?</header>", text, re.DOTALL)[0],
        re.search(r"<footer.*?</footer>", text, re.DOTALL)[0],
    )
    assert re.findall(r'site-nav__link" href="([^"]+)"[^>]*>([^<]+)', header) == [
        ("/en/advice/", "Advice"),
        ("/en/search/", "Search"),
    ]
    assert '<a class="brand" href="/en/"' in header
    assert re.findall(r'<a href="(/[^"]+)"[^>]*>([^<]+)', footer) == [
        ("/termin/", "Book a consultation (in German)"),
        ("/en/advice/", "Advice"),
        ("/en/search/", "Search"),
        ("/en/impressum/", "Legal notice"),
        ("/datenschutz/", "Datenschutz"),
    ]
    assert '<a href="/datenschutz/" lang="de" hreflang="de">' in footer  # nobody has translated it yet
    assert re.findall(r'breadcrumbs__item"><a href="([^"]+)">([^<]+)', text) == [
        ("/en/", "Home"),
        ("/en/advice/", "Advice"),
    ]
    german = html(client, "/beratung/")
    assert re.findall(r'site-nav__link" href="([^"]+)"', german) == ["/beratung/", "/suche/"]
    assert re.findall(r'breadcrumbs__item"><a href="([^"]+)">([^<]+)', german) == [("/", "Startseite")]


def test_what_stays_german_on_an_english_page_says_so(client, home):
    in_language(home, "en")
    text = html(client, "/en/")
    claim = BrandSettings.in_force().claim
    assert f'<p class="site-footer__claim" lang="de">{claim}</p>' in text
    ways = re.findall(r'<a [^>]*href="/termin/"[^>]*>', text)
    assert len(ways) == 3
    assert all('hreflang="de"' in way for way in ways)
    main = re.sub(r"<nav class=.language-switch.*?</nav>", "", html(client, "/"), flags=re.DOTALL)
    assert re.findall(r' (?:href)?lang="[^"]*"', main) == [
        ' lang="de"',
        ' hreflang="de"',
        ' hreflang="x-default"',
        ' hreflang="en"',
    ]


def test_home_page_of_a_language_lists_its_pages_and_names_what_is_german(client, home, django_assert_num_queries):
    StandardPageFactory(parent=home, slug="beratung", title="Beratung", show_in_menus=True)
    NewsIndexPageFactory(parent=home, show_in_menus=True)
    in_language(home, "en", headline="We can do it too")
    in_language(StandardPage.objects.get(slug="beratung"), "en", title="Advice", search_description="How it works.")
    text = html(client, "/en/")
    assert '<h1 class="hero__claim">We can do it too</h1>' in text
    assert re.findall(r'card__title"><a href="([^"]+)">([^<]+)', text) == [("/en/beratung/", "Advice")]
    assert re.findall(r'<a href="([^"]+)" lang="de" hreflang="de">([^<]+)', text) == [("/nachrichten/", "Nachrichten")]
    with django_assert_num_queries(6):
        client.get("/en/")


def test_error_page_speaks_the_language_of_the_address(client, home):
    in_language(home, "en")
    answer = client.get("/en/nowhere/")
    assert answer.status_code == 404
    text = answer.content.decode()
    assert (lang_of(text), "<h1>Page not found.</h1>" in text) == ("en", True)
    assert "<h1>Diese Seite gibt es nicht.</h1>" in client.get("/nirgends/").content.decode()


def test_feeds_know_only_german_news(client, home):
    news = NewsPageFactory(parent=NewsIndexPageFactory(parent=home))
    assert not can_be_translated(news)
    with pytest.raises(CannotBeTranslated):
        translate_page(news, locale=Locale.objects.get(language_code="en"))


def test_german_pages_cost_no_query_more(client, home):
    for count in range(3):
        StandardPageFactory(parent=home, slug=f"seite-{count}")

    def queries() -> list[int]:
        """Right after a change, and the next time."""
        client.get("/seite-0/")
        CONTENT.renew()
        numbers = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as captured:
                assert client.get("/seite-0/").status_code == 200
            numbers.append(len(captured))
        return numbers

    before = queries()
    for code in ("en", "de-simple"):
        in_language(home, code)
        for page in StandardPage.objects.filter(locale=home.locale_id):
            in_language(page, code)
    assert queries() == before
    assert len(switch(html(client, "/seite-0/"))) == 2


def test_what_is_kept_is_made_in_german_whatever_page_asks_first():
    """Dates that an English page was first to need would stand in English on German pages, too."""
    with translation.override("en"):
        assert kept("test.month", lambda: date_format(date(2026, 3, 1), "F")) == "März"
        assert date_format(date(2026, 3, 1), "F") == "March"


def send(client, page: Page, *codes: str):
    locales = Locale.objects.filter(language_code__in=codes).values_list("pk", flat=True)
    return client.post(translation_form(page), {"locales": list(locales), "include_subtree": "on"})


def translation_form(page: Page) -> str:
    return reverse("simple_translation:submit_page_translation", args=[page.pk])


def test_editors_make_drafts_of_translations(home):
    ensure_groups()
    person = client_of(account("redaktion", EDITORS))
    page = StandardPageFactory(parent=home, slug="beratung", title="Beratung")
    StandardPageFactory(parent=page, slug="unterseite")
    assert person.get(translation_form(page)).status_code == 200
    assert send(person, page, "en").status_code == 302
    assert Page.objects.filter(locale__language_code="en").count() == 0  # the home page comes first

    assert send(person, home, "en", "de-simple").status_code == 302
    assert send(person, page, "en").status_code == 302
    drafts = Page.objects.exclude(locale=home.locale_id).order_by("path")
    assert [(draft.url, draft.title, draft.live) for draft in drafts] == [
        ("/leicht/", "MehrWert (Leichte Sprache)", False),
        ("/en/", "MehrWert (Englisch)", False),
        ("/en/beratung/", "Beratung", False),
    ]
    assert send(person, page, "en").status_code == 200  # there is one already
    edit = person.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[drafts[2].pk]) in edit


def test_form_pages_become_pages_of_text_and_courses_stay_german(home):
    ensure_groups()
    person = client_of(account("redaktion", EDITORS))
    in_language(home, "en")
    contact = ContactPageFactory(
        parent=home,
        slug="kontakt",
        lead="Schreiben Sie.",
        body=stream(("paragraph", "<p>Oder so.</p>")),
        in_footer=True,
    )
    offices = OfficeIndexPageFactory(parent=home, intro="<p>Fünf Büros.</p>")
    news = NewsPageFactory(parent=NewsIndexPageFactory(parent=home))
    course = CoursePageFactory(parent=CourseCataloguePageFactory(parent=home))
    for page in (contact, offices):
        assert send(person, page, "en").status_code == 302
    drafts = StandardPage.objects.filter(locale__language_code="en").order_by("path")
    assert [(draft.url, draft.lead, draft.body[0].value.source, draft.in_footer) for draft in drafts] == [
        ("/en/kontakt/", "Schreiben Sie.", "<p>Oder so.</p>", True),
        ("/en/bueros/", "", "<p>Fünf Büros.</p>", False),
    ]
    assert [draft.translation_key for draft in drafts] == [contact.translation_key, offices.translation_key]
    for page in (news, course):
        for answer in (person.get(translation_form(page)), send(person, page, "en")):
            assert answer.status_code == 302
            assert answer.url == reverse("wagtailadmin_explore", args=[page.get_parent().pk])
    assert Page.objects.filter(locale__language_code="en").count() == 3


def test_only_editors_translate(home):
    ensure_groups()
    for group in (ADVISORS, LEADS):
        person = client_of(account(group, group))
        assert send(person, home, "en").status_code == 302
    assert Client().post(translation_form(home)).url.startswith(reverse("wagtailadmin_login"))
    assert Page.objects.filter(locale__language_code="en").count() == 0


def test_only_pages_of_text_can_be_made_in_other_languages(home):
    english = in_language(home, "en")
    assert StandardPage.can_create_at(english)
    assert not ContactPage.can_create_at(english)
    assert ContactPage.can_create_at(home)


def test_home_page_of_a_language_keeps_the_address_that_names_it(home):
    """Renamed to „/home/“, as the handbook told of every page, it and all below it stood in the German frame."""
    english = in_language(home, "en")
    english.slug = "home"
    with pytest.raises(ValidationError) as refused:
        english.full_clean()
    assert refused.value.message_dict == {"slug": ["Die Adressen dieser Sprache beginnen immer mit „/en/“."]}
    home.slug = "start"
    home.clean()


def test_home_page_is_not_translated_onto_the_address_of_another_page(home):
    """Where somebody had written a page „/leicht/“ before, „Übersetzen“ ended in an error."""
    ensure_groups()
    person = client_of(account("redaktion", EDITORS))
    page = StandardPageFactory(parent=home, slug="einfach")
    Page.objects.filter(pk=page.pk).update(slug="leicht")  # before the address was reserved
    answer = send(person, home, "de-simple")
    told = [str(message).strip() for message in get_messages(answer.wsgi_request)]
    assert (answer.status_code, told) == (
        302,
        ["Unter „/leicht/“ steht schon eine andere Seite. Ändern Sie zuerst deren Adresse."],
    )
    assert not Page.objects.filter(locale__language_code="de-simple").exists()


def test_structured_data_tell_one_site_in_its_languages_and_each_page_in_its_own(client, home):
    """The site told another language of itself on each home page."""
    page = StandardPageFactory(parent=home, slug="beratung", title="Beratung")
    found = {"/": data_of(html(client, "/"))["@graph"]}
    assert [entry["inLanguage"] for entry in found["/"] if "inLanguage" in entry] == [["de"], "de"]
    in_language(home, "en")
    in_language(page, "en", title="Advice")
    cache.clear()  # the frame is kept until the page is committed
    found = {address: data_of(html(client, address))["@graph"] for address in ("/", "/en/")}
    assert found["/"][:2] == found["/en/"][:2]
    assert found["/"][1]["inLanguage"] == ["de", "en"]
    site = {"@id": f"{settings.BASE_URL}/#website"}
    assert [entries[2] | {"name": ""} for entries in found.values()] == [
        {"@type": "WebPage", "url": f"{HOST}/", "name": "", "inLanguage": "de", "isPartOf": site},
        {"@type": "WebPage", "url": f"{HOST}/en/", "name": "", "inLanguage": "en", "isPartOf": site},
    ]
    assert data_of(html(client, "/en/beratung/")) == {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "url": f"{HOST}/en/beratung/",
        "name": "Advice",
        "inLanguage": "en",
        "isPartOf": site,
    }


def data_of(text: str) -> dict:
    """The first block of structured data."""
    return json.loads(re.search(r'<script type="application/ld.json">(.*?)</script>', text, re.DOTALL)[1])


def test_periods_are_marked_as_german_on_an_english_page(client, home):
    """„Übersetzen“ takes the block along with the text of the privacy page."""
    page = StandardPageFactory(parent=in_language(home, "en"), body=stream(("retention", None)))
    assert '<div class="prose" lang="de">' in html(client, page.url)
    page = StandardPageFactory(parent=home, body=stream(("retention", None)))
    assert '<div class="prose">' in html(client, page.url)
