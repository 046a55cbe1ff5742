"""The first Wiener Sachtextformel against texts counted by hand."""

from __future__ import annotations

import pytest

from home.domain.reading_ease import ReadingEase, reading_ease, sentences_of, syllables_of, words_of

EASY = "Der Mann geht in den Wald. Er hat dort einen Hund. "
"""Eleven words in two sentences; ten of one syllable, „ei-nen“ of two, none with more than six letters."""

HARD = "Die Qualifizierungsberatung unterstützt Unternehmen bei der Beantragung öffentlicher Fördermittel. "
"""Nine words; „die“, „bei“, „der“ have one syllable, the six others three or more, and more than six letters."""


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("Wald", 1),
        ("Abend", 2),
        ("Büro", 2),
        ("neue", 2),
        ("Bauer", 2),
        ("Feuer", 2),
        ("Qualität", 3),
        ("Nation", 3),
        ("Ferien", 3),
        ("Energie", 3),
        ("dienen", 2),
        ("Bayern", 2),
        ("Yoga", 2),
        ("System", 2),
        ("Weiterbildung", 4),
        ("Weiterbildungsberatung", 7),
        ("Förderung", 3),
        ("geöffnet", 3),
        ("GmbH", 1),
    ],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables_of(word) == count


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Wir beraten Sie. Kommen Sie vorbei!", 2),
        ("Wir helfen, z. B. Betrieben, ca. 30 Minuten lang.", 1),
        ("Am 1. Oktober öffnet das Büro. Es liegt in der Langen Str. 5 in Vechta.", 2),
        ("„Kommen Sie?“ „Ja.“ Das war alles …", 3),
        ("Nr. 3 und Dr. Muster beraten Sie ab 9.30 Uhr.", 1),
        ("", 0),
    ],
)
def test_sentences(text: str, sentences: int) -> None:
    assert len(sentences_of(text)) == sentences, sentences_of(text)


def test_words_are_letters_and_hyphens_not_numbers() -> None:
    expected = ["Der", "EU-Antrag", "kostet", "Euro", "und", "oder", "Zeit"]
    assert words_of("Der EU-Antrag 2026 kostet 5 Euro und/oder Zeit.") == expected


def test_an_easy_text_counted_by_hand() -> None:
    ease = reading_ease([EASY * 10])
    assert ease is not None
    assert (ease.words, ease.sentences) == (110, 20)
    assert ease.grade == pytest.approx(0.1672 * 5.5 - 0.0327 * 100 * 10 / 11 - 0.875)
    assert ease.in_words == "etwa 4. Schulstufe – sehr leicht verständlich"


def test_a_hard_text_counted_by_hand() -> None:
    ease = reading_ease([HARD] * 12)
    assert ease is not None
    assert (ease.words, ease.sentences) == (108, 12)
    assert ease.grade == pytest.approx(
        0.1935 * 100 * 6 / 9 + 0.1672 * 9 + 0.1297 * 100 * 6 / 9 - 0.0327 * 100 * 3 / 9 - 0.875
    )
    assert ease.in_words == "etwa 15. Schulstufe – schwer verständlich"


def test_umlauts_of_two_signs_count_as_one_letter() -> None:
    one = reading_ease(["Wir fördern Bücher für Müller. " * 25])
    assert one == reading_ease(["Wir fo\u0308rdern Bu\u0308cher fu\u0308r Mu\u0308ller. " * 25])


def test_little_text_says_nothing() -> None:
    assert reading_ease(["Der Wald. " * 49]) is None
    assert reading_ease([]) is None


@pytest.mark.parametrize(
    ("grade", "words", "is_hard"),
    [
        (-3.0, "etwa 4. Schulstufe – sehr leicht verständlich", False),
        (7.6, "etwa 8. Schulstufe – leicht verständlich", False),
        (9.2, "etwa 9. Schulstufe – gut verständlich", False),
        (11.7, "etwa 12. Schulstufe – anspruchsvoll", False),
        (12.6, "etwa 13. Schulstufe – schwer verständlich", True),
        (40.0, "etwa 15. Schulstufe – schwer verständlich", True),
    ],
)
def test_the_grade_in_words(grade: float, words: str, is_hard: bool) -> None:
    ease = ReadingEase(words=200, sentences=20, grade=grade)
    assert (ease.in_words, ease.is_hard) == (words, is_hard)
