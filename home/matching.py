"""Narrowing one page of short texts by what a visitor types: every word must stand somewhere in a text."""

from __future__ import annotations

import unicodedata
from html import unescape

from django.utils.html import strip_tags

MOST_WORDS = 8
"""Nobody types more into a box above one page; each word is looked for in every text."""

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def fold(text: str) -> str:
    """Case, umlaut (ä = ae), ß = ss and hyphens make no difference, accents neither."""
    whole = unicodedata.normalize("NFC", text.casefold())  # the dots of an umlaut may be a sign of their own
    plain = whole.replace("-", "").replace("\xad", "").translate(_UMLAUTS)
    parts = unicodedata.normalize("NFKD", plain)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def words_of(question: str) -> list[str]:
    return fold(question).split()[:MOST_WORDS]


def has_words(words: list[str], *texts: str) -> bool:
    """Whether each word begins or stands within the texts; HTML is read without its tags."""
    folded = fold(" ".join(unescape(strip_tags(text)) for text in texts))
    return all(word in folded for word in words)
