"""Which language an address names, and the phrases around the pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from booking.enums import Kind
from booking.wording import brief_moment, short_moment
from foundation import breadcrumbs, documents
from foundation.languages import LANGUAGES, MAIN, current_language, language_at
from foundation.phrases import PHRASES, phrase
from foundation.templatetags.language_tags import german, hreflang_of, leads_to_german, links_with_languages, say
from home.forms import SearchQuestion
from home.search_beside import FILES, FUNDINGS, PEOPLE, PROVIDERS
from home.site_search import searched_classes

ENGLISH, SIMPLE = LANGUAGES[1], LANGUAGES[2]
PHRASED = re.compile(r"""(?:phrase\(|else )["']([^"']+)["']""")
SAYING_MODULES = ("home/site_search.py", "offices/opening.py", "offices/templatetags/opening_tags.py")
SAID_OF_VALUES = {
    breadcrumbs.HOME,
    *(str(label) for label in Kind.labels),
    *documents.KINDS.values(),
    *documents.LANGUAGES.values(),
    *searched_classes(),
    *(PEOPLE, PROVIDERS, FUNDINGS, FILES),
    *(SearchQuestion({"q": typed}).error for typed in ("?", "a\0b", 101 * "x")),
}
SAID = re.compile(r"""\{% say (?:"([^"]*)"|'([^']*)')""")


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/", MAIN),
        ("/en/", ENGLISH),
        ("/en", ENGLISH),
        ("/en/advice/", ENGLISH),
        ("/leicht/", SIMPLE),
        ("/leichte-sprache/", MAIN),
        ("/entwurf/", MAIN),
        ("/de-simple/", MAIN),
        ("/termin/en/", MAIN),
        ("//en/", MAIN),
    ],
)
def test_language_is_read_from_the_beginning_of_the_address(path, language):
    assert language_at(path) == language


def test_settings_name_the_same_languages():
    assert [code for code, _ in settings.LANGUAGES] == [language.code for language in LANGUAGES]
    assert [language.code for language in LANGUAGES if language.is_main] == [settings.LANGUAGE_CODE]


def test_django_speaks_german_where_it_knows_no_leichte_sprache():
    with translation.override(SIMPLE.code):
        assert (current_language(), translation.gettext("Monday")) == (SIMPLE, "Montag")
    with translation.override("fr"):
        assert current_language() == MAIN


def test_each_phrase_of_the_templates_is_known_in_english_and_each_known_one_is_used():
    templates = Path(settings.ROOT, "templates").rglob("*.html")
    said = {first or second for path in templates for first, second in SAID.findall(path.read_text())}
    said |= {found for path in SAYING_MODULES for found in PHRASED.findall(Path(settings.ROOT, path).read_text())}
    assert (said - set(PHRASES), set(PHRASES) - said - SAID_OF_VALUES) == (set(), set())
    assert {"en"} <= set.intersection(*(set(others) for others in PHRASES.values()))
    assert set.union(*(set(others) for others in PHRASES.values())) == {"en", "de-simple"}


def test_what_values_are_called_is_known_in_english():
    """Kinds of appointments, files, languages and hits, errors of the search."""
    alike = {"Word", "OpenDocument", "PDF", "PowerPoint", "Excel"}
    assert SAID_OF_VALUES - alike <= set(PHRASES)


@pytest.mark.parametrize("german", sorted(PHRASES))
def test_translations_have_the_places_of_the_german_phrase(german):
    places = set(re.findall(r"{\w+}", german))
    assert set(re.findall(r"{\w+}", PHRASES[german]["en"])) == places
    assert set(re.findall(r"{\w+}", PHRASES[german].get("de-simple", german))) <= places


def test_phrase_that_a_language_lacks_is_german():
    assert [phrase("Suche", language) for language in LANGUAGES] == ["Suche", "Search", "Suche"]


def test_tags_follow_the_language_of_the_page():
    tags = Template("{% load language_tags %}{% page_language as l %}{{ l.code }} {% german %} {% leads_to_german %}")
    assert tags.render(Context()).split() == ["de"]
    with translation.override(ENGLISH.code):
        assert tags.render(Context()).split() == ["en", 'lang="de"', 'hreflang="de"']
        assert (say("Menü"), german(), leads_to_german()) == ("Menu", ' lang="de"', ' hreflang="de"')


def test_links_say_their_language_where_it_is_another_one():
    text = '<p><a href="/kontakt/">A</a> <a href="/en/contact/">B</a> <a href="/dokumente/1/x.pdf">C</a></p>'
    foreign = '<a href="https://example.org/">D</a> <a href="mailto:x@example.org">E</a>'
    assert links_with_languages(text + foreign).count("hreflang") == 1
    assert '<a href="/en/contact/" hreflang="en">' in links_with_languages(text)
    with translation.override(ENGLISH.code):
        assert links_with_languages(text) == text.replace('"/kontakt/"', '"/kontakt/" hreflang="de"')
        assert links_with_languages(foreign) == foreign
        assert [hreflang_of(url) for url in ("/en/", "/leicht/", "/termin/")] == [
            "",
            ' hreflang="de-simple"',
            ' hreflang="de"',
        ]
        assert say("{number} Treffer für „{words}“", number=3, words="plan") == "Hits for “plan”: 3"


def test_free_times_are_told_in_the_language_of_the_page():
    moment = datetime(2026, 12, 1, 13, 5, tzinfo=UTC)
    told = []
    for language in LANGUAGES:
        with translation.override(language.code):
            told.append((short_moment(moment, language), brief_moment(moment, language)))
    assert told == [
        ("Di., 1. Dezember, 14:05 Uhr", "Di., 1.12., 14:05"),
        ("Tue 1 December, 14:05", "Tue 1 Dec, 14:05"),
        ("Dienstag, 1. Dezember, 14:05 Uhr", "Di., 1.12., 14:05"),
    ]
