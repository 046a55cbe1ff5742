"""Flesch Reading Ease against texts counted by hand."""

from __future__ import annotations

import pytest

from home.domain.english_ease import EnglishEase, english_ease, english_syllables_of


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("time", 1), ("asked", 1), ("needed", 2), ("takes", 1), ("places", 2), ("courses", 2), ("people", 2),
        ("little", 2), ("whole", 1), ("company", 3), ("free", 1), ("the", 1), ("training", 2), ("nation", 2),
        ("education", 4), ("region", 2), ("video", 3), ("usual", 3), ("special", 2), ("don’t", 1), ("I", 1),
        ("self-employed", 3), ("advice", 2), ("independent", 4), ("rhythm", 1), ("created", 3),
    ],
)  # fmt: skip
def test_syllables(word: str, count: int) -> None:
    assert english_syllables_of(word) == count


def test_an_easy_text_counted_by_hand() -> None:
    """Nine words in two sentences; „our“ to „help“ of one syllable each, „office“ of two."""
    ease = english_ease(["Come to our office. We will help you now. " * 12])
    assert ease is not None
    assert (ease.words, ease.sentences) == (108, 24)
    assert ease.score == pytest.approx(206.835 - 1.015 * 4.5 - 84.6 * 10 / 9)
    assert ease.in_words == "Flesch-Wert 100 von 100 – sehr leicht verständlich"


def test_short_forms_end_no_sentence() -> None:
    ease = english_ease(["Mr. Smith and Mrs. Jones help, e.g. with approx. ten forms. " * 10])
    assert ease is not None
    assert ease.sentences == 10


def test_little_text_says_nothing() -> None:
    assert english_ease(["We help. " * 49]) is None


@pytest.mark.parametrize(
    ("score", "words", "is_hard"),
    [
        (120.0, "Flesch-Wert 100 von 100 – sehr leicht verständlich", False),
        (70.4, "Flesch-Wert 70 von 100 – leicht verständlich", False),
        (60.0, "Flesch-Wert 60 von 100 – gut verständlich", False),
        (49.6, "Flesch-Wert 50 von 100 – anspruchsvoll", False),
        (49.4, "Flesch-Wert 49 von 100 – schwer verständlich", True),
        (-20.0, "Flesch-Wert 0 von 100 – schwer verständlich", True),
    ],
)
def test_the_score_in_words(score: float, words: str, is_hard: bool) -> None:
    ease = EnglishEase(words=200, sentences=20, score=score)
    assert (ease.in_words, ease.is_hard) == (words, is_hard)
