"""Excerpts: where they begin and end, and what is marked."""

from __future__ import annotations

from foundation.searching.excerpts import LENGTH, Piece, excerpt, marked
from foundation.searching.words import stem

WANTED = {stem("Förderung"), stem("Büro")}


def joined(pieces: list[Piece]) -> str:
    return "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in pieces)


def test_words_are_marked_in_whatever_form_they_stand() -> None:
    assert joined(marked("Förderungen: im BÜRO, Bueros und Bürogebäude", WANTED)) == (
        "[Förderungen]: im [BÜRO], [Bueros] und Bürogebäude"
    )
    assert joined(marked("Nichts", WANTED)) == "Nichts"
    assert marked("", WANTED) == []


def test_excerpt_of_a_short_text_is_the_text_in_one_line() -> None:
    assert joined(excerpt("  Die\n Förder\xadung\t im Büro. ", WANTED)) == "Die [Förderung] im [Büro]."


def test_excerpt_is_where_most_of_the_words_are() -> None:
    text = "Ein Büro. " + "Viel Text. " * 60 + "Die Förderung im Büro. " + "Noch mehr. " * 60
    found = joined(excerpt(text, WANTED))
    assert "Die [Förderung] im [Büro]." in found
    assert found.startswith("… ")
    assert found.endswith(" …")
    assert len(found) <= LENGTH + 20
    words = set(text.split())
    assert set(found.replace("[", "").replace("]", "").strip("… ").split()) <= words, "a word is cut"


def test_excerpt_without_a_hit_is_the_beginning() -> None:
    assert joined(excerpt("Anfang " + "und weiter " * 60, WANTED)).startswith("Anfang und weiter")
    assert joined(excerpt("x" * 1000, WANTED)) == "x" * LENGTH + " …"
    assert excerpt("", WANTED) == []
