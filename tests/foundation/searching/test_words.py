"""Words that are the same for the search."""

from __future__ import annotations

import pytest

from foundation.searching.words import MOST_WORDS, asked_words, fold, stem, stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Büros", "Bueros"),
        ("Büro", "buro"),
        ("Büro", "Büros"),
        ("BÜRO", "büro"),
        ("Straße", "Strassen"),
        ("STRASSE", "straße"),
        ("Kurs", "Kurse"),
        ("Häuser", "Haus"),
        ("Weiterbildungen", "Weiterbildung"),
        ("Café", "Cafe"),
        ("Müesli", "Müsli"),
        ("Stu\u0308hle", "Stühle"),
    ],
)
def test_words_that_are_the_same(one: str, other: str) -> None:
    assert stem(one) == stem(other) != ""


@pytest.mark.parametrize(("one", "other"), [("Kurse", "Kunst"), ("Frauen", "Fraun"), ("Büro", "Bier")])
def test_words_that_are_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize("word", ["neue", "Steuer", "Frauen", "quer", "Bauer"])
def test_no_umlaut_is_read_into_two_vowels(word: str) -> None:
    assert fold(word) == word.lower()


def test_soft_hyphens_part_no_word_and_signs_are_none() -> None:
    assert stems("Weiter\xadbildung, E-Mail & ²!") == [stem("Weiterbildung"), "e", "mail", "2"]


def test_an_umlaut_of_two_signs_parts_no_word() -> None:
    """As it comes out of a PDF: the dots are a sign of their own, which is no letter."""
    assert stems("Unsere Bu\u0308ros") == stems("Unsere Büros")
    assert asked_words("Bu\u0308ros") == ["Büros"]


def test_small_words_count_only_where_there_are_no_others() -> None:
    assert asked_words("die Kurse für den Betrieb") == ["Kurse", "Betrieb"]
    assert asked_words("Die und der") == ["Die", "und", "der"]
    assert asked_words('"*():^ \0 NEAR -') == ["NEAR"]
    assert asked_words("?!") == []


def test_many_words_are_cut_and_double_ones_asked_once() -> None:
    assert asked_words("drei drei " + " ".join(f"wort{number}" for number in range(20))) == [
        "drei",
        *(f"wort{number}" for number in range(MOST_WORDS - 1)),
    ]
