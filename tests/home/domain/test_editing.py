"""What the editor is told, for each rule; and that a sound page is left in peace."""

from __future__ import annotations

import pytest

from home.domain.editing import findings
from home.domain.page_pieces import Content, File, Finding, Heading, Line, Link, Picture, Piece, Place, Text

HERE = Place("Text › Absatz (1. Baustein)", "block-1-section")
GOOD = "Wie das Büro in Vechta Betriebe berät und was Sie zum Termin mitbringen."


def told(*pieces: Piece, title: str = "Titel", description: str = GOOD, language: str = "de") -> list[str]:
    return [found.what for found in findings(Content(title, description, pieces, language))]


def test_a_sound_page_is_left_in_peace() -> None:
    assert told(
        Heading(HERE, 2, "Erst fragen"),
        Text(HERE, "Wir beraten Sie gern."),
        Link(HERE, "Antrag auf Förderung", "page 3"),
        Link(HERE, "Antrag auf Förderung", "page 3"),
        Heading(HERE, 3, "Dann planen"),
        Picture(HERE, "Zwei Menschen an einer Werkbank", is_decorative=False),
        Picture(HERE, "", is_decorative=True),
        Heading(HERE, 2, "So geht es weiter"),
    ) == []  # fmt: skip


def test_a_finding_says_where_what_and_what_to_do() -> None:
    content = Content("Titel", GOOD, (Link(HERE, "hier", "page 3"),))
    advice = "Nennen Sie das Ziel, etwa „Antrag auf Förderung“; viele lesen nur die Links einer Seite."
    assert findings(content) == [Finding(HERE, "Der Link „hier“ sagt nicht, wohin er führt.", advice)]


@pytest.mark.parametrize(
    ("description", "what"),
    [
        (" ", "Die Beschreibung für Suchmaschinen fehlt."),
        ("TITEL", "Die Beschreibung wiederholt nur den Titel."),
        ("x" * 49, "Die Beschreibung ist sehr kurz (49 Zeichen)."),
        ("x" * 161, "Die Beschreibung ist lang (161 Zeichen)."),
    ],
)
def test_description(description: str, what: str) -> None:
    assert told(description=description) == [what]


@pytest.mark.parametrize("length", [50, 160])
def test_description_of_a_good_length(length: int) -> None:
    assert told(description="x" * length) == []


@pytest.mark.parametrize(
    ("alt", "what"),
    [
        ("", "Das Bild hat keine Beschreibung."),
        ("IMG_4711", "Die Bildbeschreibung „IMG_4711“ ist ein Dateiname."),
        ("hof.JPG", "Die Bildbeschreibung „hof.JPG“ ist ein Dateiname."),
        ("Foto: ein Hof", "Die Bildbeschreibung „Foto: ein Hof“ kündigt ein Bild an."),
        ("Das Bild zeigt einen Hof", "Die Bildbeschreibung „Das Bild zeigt einen Hof“ kündigt ein Bild an."),
        ("x" * 201, "Die Bildbeschreibung ist lang (201 Zeichen)."),
    ],
)
def test_pictures(alt: str, what: str) -> None:
    assert told(Picture(HERE, alt, is_decorative=False)) == [what]


def test_headings() -> None:
    assert told(Heading(HERE, 3, "Zu tief")) == ["Vor „Zu tief“ fehlt die Überschrift der Stufe darüber."]
    assert told(Heading(HERE, 2, " ")) == ["Eine Überschrift ist leer."]
    twice = [Heading(HERE, 2, text) for text in ("Kosten", "kosten", "Kosten")]
    assert told(*twice) == ["Die Überschrift „kosten“ gibt es zweimal."]
    assert told(Heading(HERE, 2, "WICHTIG FÜR ALLE")) == ["„WICHTIG FÜR ALLE“ steht ganz in Großbuchstaben."]
    assert told(Heading(HERE, 2, "AZAV")) == []


def test_text_that_looks_like_a_heading() -> None:
    assert told(Text(HERE, "Was es kostet", is_bold=True)) == ["„Was es kostet“ steht allein und ganz fett."]
    assert told(Text(HERE, "Dieser ganze lange Satz ist wichtig und darf deshalb ganz fett gedruckt sein.", True)) == []


def test_long_stretches_without_a_heading() -> None:
    hundred = Text(HERE, "Wir kommen gern. " * 34)
    assert told(hundred, hundred, hundred, hundred) == ["Mehr als 300 Wörter ohne Überschrift."]
    assert told(hundred, hundred, Heading(HERE, 2, "Zwei"), hundred) == []


@pytest.mark.parametrize("text", ["hier", "Hier klicken", "mehr …", "→ weiterlesen", "PDF"])
def test_links_that_say_nothing(text: str) -> None:
    assert told(Link(HERE, text, "page 3")) == [f"Der Link „{text}“ sagt nicht, wohin er führt."]


def test_other_links() -> None:
    assert told(Link(HERE, " ", "page 3")) == ["Ein Link hat keinen Text."]
    address = "https://www.beispiel.example/antrag"
    assert told(Link(HERE, address, address)) == [f"Der Link „{address}“ ist eine Adresse."]
    two = [Link(HERE, "Antrag", "page 3"), Link(HERE, "Antrag", "page 4"), Link(HERE, "antrag", "page 5")]
    assert told(*two) == ["„Antrag“ führt an zwei verschiedene Stellen."]


def test_files_that_keep_readers_out() -> None:
    for is_called_accessible in (False, True):
        file = File(HERE, "Antrag", "Ihr fehlt etwas.", is_called_accessible)
        (found,) = findings(Content("Titel", GOOD, (file,)))
        assert found.what == "„Antrag“: Ihr fehlt etwas."
        assert ("Solange steht „barrierefrei geprüft“ nicht bei ihr." in found.advice) is is_called_accessible


def test_hard_text_is_told_by_the_formula_of_its_language() -> None:
    hard = Text(HERE, "Qualifizierungsmaßnahmen ermöglichen Weiterbildungsberatungen kontinuierlich. " * 30)
    assert told(hard) == ["Der Text liest sich schwer (etwa 15. Schulstufe – schwer verständlich)."]
    english = Text(HERE, "Organisational qualification facilitates institutional transformation. " * 30)
    assert told(english, language="en") == ["Der Text liest sich schwer (Flesch-Wert 0 von 100 – schwer verständlich)."]
    assert told(Text(HERE, "We come to you and help your firm. " * 30), language="en") == []
    assert told(hard, language="nl") == []


def test_lines() -> None:
    picture = Picture(HERE, "Ein Hof", is_decorative=False)
    assert told(picture, Line(HERE, "ein Hof")) == [
        "„ein Hof“ steht als Beschreibung und als Unterschrift des Bildes da."
    ]
    assert told(picture, Text(HERE, "Familie Muster auf ihrem Hof."), Line(HERE, "Ein Hof")) == []
    assert told(Picture(HERE, "Ein Hof", is_decorative=True), Line(HERE, "Ein Hof")) == []
    assert told(Line(HERE, "DSC_0042.JPG")) == ["„DSC_0042.JPG“ ist ein Dateiname."]
    assert told(Line(HERE, "www.beispiel.example")) == ["„www.beispiel.example“ ist eine Adresse."]
    assert told(Line(HERE, "KURSE IM HERBST")) == ["„KURSE IM HERBST“ steht ganz in Großbuchstaben."]
    assert told(Line(HERE, "IHK NDS"), Line(HERE, "Kim Muster")) == []


def test_leichte_sprache_wants_short_sentences_and_hyphens() -> None:
    twelve = "Wir sind heute alle da und wir helfen Ihnen sehr gern weiter."
    thirteen = "Wir sind heute alle da und wir helfen Ihnen auch sehr gern weiter."
    long = "Für Leichte Sprache zu lang: „Weiterbildung“."
    assert told(Text(HERE, f"{twelve} {thirteen} {thirteen}"), language="de-simple") == [
        "Für Leichte Sprache ist ein Satz zu lang: „Wir sind heute alle da und wir helfen Ihnen auch sehr gern…“"
    ]
    assert told(Text(HERE, twelve), language="de-simple") == []
    for piece in (Text(HERE, "Das ist Weiterbildung."), Line(HERE, "Weiterbildung"), Heading(HERE, 2, "Weiterbildung")):
        assert told(piece, language="de-simple") == [long]
        assert told(piece) == []
    assert told(Text(HERE, "Wir helfen bei der Weiter-Bildung."), language="de-simple") == []
