"""The head of every HTML mail: the brand without a picture, in light and dark, and nothing of it in the text part."""

from __future__ import annotations

import re
from pathlib import Path

from django.template import engines
from django.template.loader import render_to_string

MAILS = Path(__file__).resolve().parents[2] / "templates" / "emails"
TEXT = (
    '{% extends "emails/base.html" %}{% block heading %}Ihr Termin{% endblock %}'
    "{% block content %}<p>steht.</p>{% endblock %}"
)


def mail(**context: object) -> str:
    return engines["django"].from_string(TEXT).render(context)


def test_head_shows_the_wordmark_of_the_settings_and_seven_places_joined_by_six_links() -> None:
    html = mail(brand={"wordmark": "mehrWERT"})
    head = html[html.index("<body") : html.index("<h1")]
    assert re.findall(r'<p class="loud"[^>]*>([^<]+)</p>', head) == ["mehrWERT"]
    assert head.count('<td width="14"') == 7
    assert head.count('<td width="22"') == 6
    assert 'role="presentation" aria-hidden="true"' in head


def test_mail_loads_nothing() -> None:
    html = mail(brand={"wordmark": "mehrWERT"})
    assert re.findall(r"<img|<link|<svg|url\(|@import|src=", html) == []


def test_dark_mail_programs_get_a_dark_value_for_every_colour_that_is_written_inline() -> None:
    sheet = re.search(r"<style>(.*?)</style>", mail(), re.DOTALL)[1]
    assert '<meta name="color-scheme" content="light dark">' in mail()
    for name in ("mail", "loud", "soft", "chain", "box", "line", "action", "way"):
        assert re.search(rf"\.{name}[ ,]", sheet), name
    for path in MAILS.rglob("*.html"):
        for tag in re.findall(r"<(?:p|div|dl|dd|body|td|a) [^>]*background:#[^>]*>", path.read_text()):
            assert "class=" in tag, (path.name, tag)


def test_text_part_knows_nothing_of_it() -> None:
    text = render_to_string("emails/base.txt", {"brand": {"wordmark": "mehrWERT"}})
    assert text.strip() == "-- \nmehrWERT – Weiterbildungsverbund im ländlichen Raum"
