"""What an editor should look at again before a page goes out. Hints: nothing here keeps anybody from publishing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise

from home.domain.easy_language import EASY_LANGUAGE, hard_sentences, hard_words
from home.domain.english_ease import english_ease
from home.domain.page_pieces import Content, File, Finding, Heading, Line, Link, Picture, Place, Text, short
from home.domain.reading_ease import Ease, reading_ease, words_of

SHORTEST_DESCRIPTION, LONGEST_DESCRIPTION = 50, 160
"""Signs. Search engines cut what is longer; what is shorter says little."""

LONGEST_ALT = 200
WORDS_WITHOUT_HEADING = 300


DESCRIPTION = Place("Veröffentlichung › Meta-Information Beschreibung", "id_search_description")
WHOLE_TEXT = Place("Ganze Seite")

_SAYING_NOTHING = frozenset(
    (
        *("hier", "hier klicken", "klick", "klicken", "klicken sie hier", "link", "diese seite", "seite", "download"),
        *(
            "mehr",
            "mehr dazu",
            "mehr erfahren",
            "mehr lesen",
            "weiter",
            "weiterlesen",
            "details",
            "herunterladen",
            "pdf",
        ),
        *("mehr informationen", "weitere informationen", "here", "more", "click here", "read more"),
    )
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_FILE_NAME = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|avif|heic|tiff?)|(?:IMG|DSC|DSCN|PXL)[_-]?\d+.*", re.IGNORECASE)
_ANNOUNCED = re.compile(r"(?:ein |das |dieses )?(?:bild|foto|grafik|abbildung)\b(?: von| zeigt|:)", re.IGNORECASE)


def findings(content: Content) -> list[Finding]:
    """Grouped by what they are about, inside a group from the top of the page to its end."""
    return [found for rule in _RULES for found in rule(content)]


def _description(content: Content) -> Iterator[Finding]:
    text = content.description.strip()
    if not text:
        what, advice = "Die Beschreibung für Suchmaschinen fehlt.", "Sagen Sie in ein bis zwei Sätzen, was hier steht."
    elif text.casefold() == content.title.strip().casefold():
        what, advice = "Die Beschreibung wiederholt nur den Titel.", "Sagen Sie, was man auf der Seite erfährt."
    elif len(text) < SHORTEST_DESCRIPTION:
        what = f"Die Beschreibung ist sehr kurz ({len(text)} Zeichen)."
        advice = f"Gut sind {SHORTEST_DESCRIPTION} bis {LONGEST_DESCRIPTION} Zeichen."
    elif len(text) > LONGEST_DESCRIPTION:
        what = f"Die Beschreibung ist lang ({len(text)} Zeichen)."
        advice = f"Suchmaschinen zeigen etwa {LONGEST_DESCRIPTION} Zeichen; das Wichtigste gehört nach vorn."
    else:
        return
    yield Finding(DESCRIPTION, what, advice)


def _pictures(content: Content) -> Iterator[Finding]:
    for picture in content.of(Picture):
        alt = picture.alt.strip()
        if picture.is_decorative:
            continue
        if not alt:
            advice = "Sagen Sie, was zu sehen ist, oder kreuzen Sie „dekorativ“ an, wenn das Bild nichts mitteilt."
            yield Finding(picture.place, "Das Bild hat keine Beschreibung.", advice)
        elif _FILE_NAME.fullmatch(alt):
            advice = "Sagen Sie, was zu sehen ist; ein Dateiname hilft niemandem, der das Bild nicht sieht."
            yield Finding(picture.place, f"Die Bildbeschreibung „{alt}“ ist ein Dateiname.", advice)
        elif _ANNOUNCED.match(alt):
            advice = "Beginnen Sie mit dem, was zu sehen ist. Dass es ein Bild ist, sagt das Vorleseprogramm."
            yield Finding(picture.place, f"Die Bildbeschreibung „{short(alt)}“ kündigt ein Bild an.", advice)
        elif len(alt) > LONGEST_ALT:
            advice = "Ein Satz genügt; was ausführlicher ist, gehört in den Text."
            yield Finding(picture.place, f"Die Bildbeschreibung ist lang ({len(alt)} Zeichen).", advice)


def _headings(content: Content) -> Iterator[Finding]:
    level, seen = 1, Counter[str]()
    for heading in content.of(Heading):
        text = heading.text.strip()
        if not text:
            yield Finding(heading.place, "Eine Überschrift ist leer.", "Füllen oder löschen Sie sie.")
            continue
        if heading.level > level + 1:
            advice = "Setzen Sie davor eine „Zwischenüberschrift“ oder machen Sie aus dieser Zeile eine."
            yield Finding(heading.place, f"Vor „{short(text)}“ fehlt die Überschrift der Stufe darüber.", advice)
        level = heading.level
        seen[text.casefold()] += 1
        if seen[text.casefold()] == 2:
            advice = "Wer von Überschrift zu Überschrift springt, muss sie unterscheiden können."
            yield Finding(heading.place, f"Die Überschrift „{short(text)}“ gibt es zweimal.", advice)
        if len(words_of(text)) > 1 and text.isupper():
            yield Finding(heading.place, *_in_capitals(text))


def _long_stretches(content: Content) -> Iterator[Finding]:
    words, told = 0, False
    for piece in content.pieces:
        if isinstance(piece, Heading):
            words, told = 0, False
        elif isinstance(piece, Text):
            words += len(words_of(piece.text))
            if words > WORDS_WITHOUT_HEADING and not told:
                told = True
                what = f"Mehr als {WORDS_WITHOUT_HEADING} Wörter ohne Überschrift."
                yield Finding(piece.place, what, "Gliedern Sie den Text mit einer Zwischenüberschrift.")


def _false_headings(content: Content) -> Iterator[Finding]:
    for text in content.of(Text):
        if text.is_bold and 0 < len(words_of(text.text)) <= 12:
            advice = (
                "Ist das eine Überschrift? Dann nehmen Sie eine; Fettes erkennt ein Vorleseprogramm nicht als solche."
            )
            yield Finding(text.place, f"„{short(text.text)}“ steht allein und ganz fett.", advice)


def _links(content: Content) -> Iterator[Finding]:
    targets: defaultdict[str, set[str]] = defaultdict(set)
    for link in content.of(Link):
        text = link.text.strip()
        bare = text.strip(" .:→»>…").casefold()
        if not bare:
            yield Finding(link.place, "Ein Link hat keinen Text.", "Geben Sie ihm einen oder löschen Sie ihn.")
        elif bare in _SAYING_NOTHING:
            advice = "Nennen Sie das Ziel, etwa „Antrag auf Förderung“; viele lesen nur die Links einer Seite."
            yield Finding(link.place, f"Der Link „{text}“ sagt nicht, wohin er führt.", advice)
        elif _ADDRESS.fullmatch(text):
            advice = "Schreiben Sie, was dort steht; eine Adresse wird Zeichen für Zeichen vorgelesen."
            yield Finding(link.place, f"Der Link „{short(text)}“ ist eine Adresse.", advice)
        else:
            targets[bare].add(link.target)
            if len(targets[bare]) == 2:
                advice = "Geben Sie jedem Ziel seinen eigenen Text."
                yield Finding(link.place, f"„{short(text)}“ führt an zwei verschiedene Stellen.", advice)


def _files(content: Content) -> Iterator[Finding]:
    for file in content.of(File):
        advice = "Speichern Sie sie neu als barrierefreies PDF, oder sagen Sie dasselbe auf einer Seite."
        if file.is_called_accessible:
            advice += " Solange steht „barrierefrei geprüft“ nicht bei ihr."
        yield Finding(file.place, f"„{short(file.name)}“: {file.lacking}", advice)


def _lines(content: Content) -> Iterator[Finding]:
    for before, piece in pairwise((None, *content.pieces)):
        if not isinstance(piece, Line | Text):
            continue
        text = piece.text.strip()
        if (
            isinstance(before, Picture)
            and not before.is_decorative
            and before.alt.strip().casefold() == text.casefold()
        ):
            what = f"„{short(text)}“ steht als Beschreibung und als Unterschrift des Bildes da."
            yield Finding(piece.place, what, "Vorleseprogramme sagen es zweimal. Die Unterschrift darf mehr erzählen.")
        if not isinstance(piece, Line):
            continue
        if _FILE_NAME.fullmatch(text):
            advice = "Schreiben Sie, was man wissen soll; ein Dateiname sagt niemandem etwas."
            yield Finding(piece.place, f"„{short(text)}“ ist ein Dateiname.", advice)
        elif _ADDRESS.fullmatch(text):
            advice = "Hier wird daraus kein Link. Schreiben Sie, was dort steht, und verlinken Sie es im Text."
            yield Finding(piece.place, f"„{short(text)}“ ist eine Adresse.", advice)
        elif len(words_of(text)) > 2 and text.isupper():
            yield Finding(piece.place, *_in_capitals(text))


def _in_capitals(text: str) -> tuple[str, str]:
    advice = "Schreiben Sie groß und klein; Großbuchstaben liest man schlechter."
    return f"„{short(text)}“ steht ganz in Großbuchstaben.", advice


def _reading(content: Content) -> Iterator[Finding]:
    ease = ease_of(content)
    if ease is not None and ease.is_hard:
        advice = "Kürzen Sie Sätze, teilen Sie lange Wörter auf, sagen Sie, wer was tut."
        yield Finding(WHOLE_TEXT, f"Der Text liest sich schwer ({ease.in_words}).", advice)


def _easy_language(content: Content) -> Iterator[Finding]:
    if content.language != EASY_LANGUAGE:
        return
    for piece in content.pieces:
        if isinstance(piece, Text) and (sentences := hard_sentences(piece.text)):
            what = f"Für Leichte Sprache ist ein Satz zu lang: „{short(sentences[0])}“"
            yield Finding(piece.place, what, "Höchstens 12 Wörter, ein Gedanke je Satz. Machen Sie zwei Sätze daraus.")
        if isinstance(piece, Text | Line | Heading) and (words := hard_words(piece.text)):
            what = f"Für Leichte Sprache zu lang: „{short(words[0])}“."
            advice = "Trennen Sie zusammengesetzte Wörter mit Bindestrich oder nehmen Sie ein kürzeres Wort."
            yield Finding(piece.place, what, advice)


def ease_of(content: Content) -> Ease | None:
    """None: too few words, or a language without a formula."""
    formula = {"de": reading_ease, "en": english_ease}.get(content.language.partition("-")[0])
    return formula(said(content)) if formula else None


def said(content: Content) -> list[str]:
    """What the reading ease is taken of: sentences, not headings and lines, which are none."""
    return [piece.text for piece in content.pieces if isinstance(piece, Text)]


_RULES: tuple[Callable[[Content], Iterator[Finding]], ...] = (
    _description,
    _pictures,
    _headings,
    _long_stretches,
    _false_headings,
    _links,
    _files,
    _lines,
    _reading,
    _easy_language,
)
