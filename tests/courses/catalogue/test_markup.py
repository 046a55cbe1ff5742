"""What is left of the HTML of providers (S9), and how texts are cut."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.catalogue.lengths import COURSE_TEXTS, RUN_TEXTS, fitted, fitted_contents
from courses.catalogue.markup import LONGEST_MARKUP, SHOWN, allowed_html, contents_html, plain_text, shortened
from courses.models import CoursePage, CourseRun


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("", ""),
        ("Schweißen\nlernen", "<p>Schweißen<br/>lernen</p>"),
        ("Erstens.\r\n\r\nZweitens.", "<p>Erstens.</p><p>Zweitens.</p>"),
        (
            "Sie lernen:\n- Recht\n• Praxis\nPrüfung",
            "<p>Sie lernen:</p><ul><li>Recht</li><li>Praxis</li></ul><p>Prüfung</p>",
        ),
        ("1. Recht\n2) Praxis", "<ol><li>Recht</li><li>Praxis</li></ol>"),
        ("1. 12. 2026 Beginn", "<p>1. 12. 2026 Beginn</p>"),
        ("< 10 Personen & mehr", "<p>&lt; 10 Personen &amp; mehr</p>"),
        ("Pr&uuml;fung &amp; Nachweis", "<p>Prüfung &amp; Nachweis</p>"),
        ("<p>Recht <strong>und</strong> <em>Praxis</em></p>", "<p>Recht <b>und</b> <i>Praxis</i></p>"),
        ("<h1>Recht <b>neu</b></h1>Praxis", "<h3>Recht neu</h3><p>Praxis</p>"),
        ("<div>Recht</div><div>Praxis<br><br></div><p>&nbsp;</p>", "<p>Recht</p><p>Praxis</p>"),
        ("<ul><li>Recht<ul><li>neu</li></ul></li></ul>", "<ul><li>Recht</li><li>neu</li></ul>"),
        ("<ul><li><p>Recht</p><p>neu</p></li></ul>", "<ul><li>Recht<br/>neu</li></ul>"),
        ("<li>Recht<li>Praxis", "<p>Recht</p><p>Praxis</p>"),
        ("<table><tr><th>Tag</th><td>Thema</td></tr></table>", "<p>Tag Thema</p>"),
        ("<b><p>Recht</p></b>", "<p><b>Recht</b></p>"),
        ('<a href="https://example.org">Anmeldung</a>', "<p>Anmeldung</p>"),
        ("&lt;p&gt;Recht&lt;/p&gt;", "<p>Recht</p>"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;&lt;p&gt;Recht&lt;/p&gt;", "<p>Recht</p>"),
        ("Recht<script>alert(1)</script><style>p{}</style>", "<p>Recht</p>"),
        ("<script>alert(1)", ""),
        ("<img src=x onerror=alert(1)><p onclick='x'>Recht", "<p>Recht</p>"),
        ("<svg><style><img src=x onerror=alert(1)></style></svg>Recht", "<p>Recht</p>"),
        ("<!-- geheim -->Recht", "<p>Recht</p>"),
        ("Re\u00adcht\u202e\x00 \u200bneu", "<p>Recht neu</p>"),
    ],
)
def test_contents_are_what_an_editor_could_have_written(sent, kept):
    assert contents_html(sent) == kept
    assert contents_html(kept) == kept, "a file that comes twice changes nothing"
    assert allowed_html(kept) == kept.replace("<br/>", "<br>")


@pytest.mark.parametrize(
    ("sent", "line"),
    [
        ("  Schweißen \n lernen ", "Schweißen lernen"),
        ("Kurs<b>e</b><br/>A &amp; B", "Kurse A & B"),
        ("&lt;b&gt;Kurs&lt;/b&gt;", "Kurs"),
        ("Kurs<script>alert(1)</script>", "Kurs"),
        ("CNC < 3 Achsen", "CNC < 3 Achsen"),
    ],
)
def test_plain_text_is_one_line_without_markup(sent, line):
    assert plain_text(sent) == line


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Recht neu", "Recht neu"),
        ("Recht neue Praxis", "Recht…"),
        ("Recht ne, Praxis", "Recht ne…"),
        ("Arbeitsschutzrecht", "Arbeitssc…"),
    ],
)
def test_texts_are_cut_between_words(text, cut):
    assert shortened(text, 10) == cut


def test_cutting_is_told():
    assert fitted("town", "Bad Münder") == ("Bad Münder", "")
    assert fitted("town", "Ort " * 30) == (
        "Ort " * 19 + "Ort…",
        "„Stadt oder Gemeinde“ war länger als 80 Zeichen und ist gekürzt.",
    )
    assert fitted_contents("Recht") == ("<p>Recht</p>", "")
    html, notice = fitted_contents("Recht " * LONGEST_MARKUP)
    assert len(html) < LONGEST_MARKUP + 10
    assert notice == "„Inhalte“ war länger als 12.000 Zeichen und ist gekürzt."


@pytest.mark.parametrize(
    "sent",
    ["Recht " * 2_000, "Recht & Technik\n\n" * 800, "&" * 12_000, "<p>" + "a&amp;b " * 1_600, "- x\n" * 3_000],
    ids=["one paragraph", "many", "signs that are longer in HTML", "HTML without its ends", "a list"],
)
def test_what_is_read_is_never_longer_than_what_is_read_again(sent):
    """What an import had stored of a text as long as possible was cut again when its own table came back."""
    html, notice = fitted_contents(sent)
    assert LONGEST_MARKUP * 0.8 < len(html) <= LONGEST_MARKUP
    assert notice == "„Inhalte“ war länger als 12.000 Zeichen und ist gekürzt."
    assert fitted_contents(html) == (html, "")


def test_lengths_are_those_of_the_database():
    for model, texts in ((CoursePage, COURSE_TEXTS), (CourseRun, RUN_TEXTS)):
        assert {name: model._meta.get_field(name).max_length for name in texts} == {
            name: limit for name, (_, limit) in texts.items()
        }


def test_allowlist_is_what_the_field_offers_its_editors():
    elements = {"h3": {"h3"}, "bold": {"b"}, "italic": {"i"}, "ul": {"ul", "li"}, "ol": {"ol", "li"}}
    offered = [elements[feature] for feature in CoursePage._meta.get_field("contents").features]
    assert set().union({"p", "br"}, *offered) == SHOWN


class Elements(HTMLParser):
    """Fails at an element without its end or with an attribute."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        assert tag in SHOWN
        assert not attrs
        if tag != "br":
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<em>",
        "<ul>",
        "</ul>",
        "<ol>",
        "<li>",
        "</li>",
        "<h2>",
        "<br>",
        "<div>",
        "</div>",
        "<script>",
        "</script>",
        "<td>",
        "<svg>",
        "<a/href='x'>",
        "<!--",
        "-->",
        "&lt;p&gt;",
        "&amp;",
        "<",
        "\n",
        "-\xa0",
        "x",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_mixture_becomes_whole_blocks_once_and_for_all(sent):
    kept = contents_html(sent)
    elements = Elements()
    elements.feed(kept)
    assert elements.open == []
    assert re.sub(r"<(h3|p|ul|ol)>.*?</\1>", "", kept) == "", "every text stands in a block"
    assert contents_html(kept) == kept


@pytest.mark.parametrize("unit", ["<ul><li>", "<b><p>", "<", "<a ", "<!--", "&lt;p "])
def test_hostile_repetition_is_cut(unit):
    assert len(contents_html(unit * (200_000 // len(unit)))) <= 5 * LONGEST_MARKUP
