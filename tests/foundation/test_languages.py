"""Which language an address names, and the phrases around the pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from foundation import breadcrumbs
from foundation.languages import LANGUAGES, MAIN, current_language, language_at
from foundation.phrases import PHRASES, phrase
from foundation.templatetags.language_tags import german, leads_to_german, say

ENGLISH, SIMPLE = LANGUAGES[1], LANGUAGES[2]
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
    assert said | {breadcrumbs.HOME} == set(PHRASES)
    assert {"en"} <= set.intersection(*(set(others) for others in PHRASES.values()))
    assert set.union(*(set(others) for others in PHRASES.values())) == {"en", "de-simple"}


def test_phrase_that_a_language_lacks_is_german():
    assert [phrase("Suche", language) for language in LANGUAGES] == ["Suche", "Search", "Suche"]


def test_tags_follow_the_language_of_the_page():
    tags = Template("{% load language_tags %}{% page_language as l %}{{ l.code }} {% german %} {% leads_to_german %}")
    assert tags.render(Context()).split() == ["de"]
    with translation.override(ENGLISH.code):
        assert tags.render(Context()).split() == ["en", 'lang="de"', 'hreflang="de"']
        assert (say("Menü"), german(), leads_to_german()) == ("Menu", ' lang="de"', ' hreflang="de"')
