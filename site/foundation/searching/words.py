"""What counts as the same word: „Büros“, „Bueros“ and „Büro“; „Straße“ and „Strassen“; „Kurs“ and „Kurse“.

Pages are indexed under these forms and questions are asked in them, so that no database has to know German.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from threading import Lock

import snowballstemmer

MOST_WORDS = 8
"""A question of more is cut off: nobody asks that way, and each word costs the database time."""

LONGEST_WORD = 80
"""Letters; what follows is not looked at. The longest words of laws have some 70."""

WORD = re.compile(r"[^\W_]+")
_TYPED_UMLAUT = re.compile(r"(?<![aeiouq])([aou])e")
_FOREIGN_PLURAL = re.compile(r"(?<=\w\w[aio])s$")
"""Büros, Autos, Infos: the stemmer takes an s off only after certain consonants."""
_STEMMERS = {"de": snowballstemmer.stemmer("german"), "en": snowballstemmer.stemmer("english")}
"""By the first part of the language; Leichte Sprache is German."""
_one_at_a_time = Lock()  # a stemmer keeps the word it works on

_SMALL_WORDS = (
    "aber als am an auch auf aus bei bin bis da das dass dem den der des die dies diese dieser dieses durch ein eine "
    "einem einen einer eines er es für gibt haben hat ich ihr ihre im in ist kann mein meine mit nach nicht noch nur "
    "oder ohne sich sie sind so über um und uns unser unsere vom von vor war was wer wie wir wird wo zu zum zur"
)


def fold(word: str) -> str:
    """Without case and accents. „ue“ is „ü“, except after a vowel or q, where it is none: Frauen, neue, quer."""
    parts = unicodedata.normalize("NFKD", word.casefold())  # casefold writes ß as ss
    return _TYPED_UMLAUT.sub(r"\1", "".join(letter for letter in parts if letter.isalnum()))


def languages_of_words() -> list[str]:
    return list(_STEMMERS)


@lru_cache(maxsize=50_000)
def stem(word: str, language: str = "de") -> str:
    """Stemmed until nothing more comes off: the stemmer leaves „Kurse“ as „kurs“, but „Kurs“ as „kur“.

    Of „ernernern…“ something comes off each time: 6,000 letters took 20 seconds.
    """
    stemmer = _STEMMERS[language.partition("-")[0]]
    found, before = fold(word[:LONGEST_WORD]), ""
    with _one_at_a_time:
        while found != before:
            found, before = stemmer.stemWord(_FOREIGN_PLURAL.sub("", found)), found
    return found


_SMALL = frozenset(fold(word) for word in _SMALL_WORDS.split())
"""Not by their stems: „Sicherheit“ has that of „sich“."""


def stems(text: str, language: str = "de") -> list[str]:
    """Of every word, in order."""
    return [found for word in WORD.findall(plain(text)) if (found := stem(word, language))]


def asked_words(question: str) -> list[str]:
    """The words that are searched for, as typed. Small words count only where there are no others."""
    words = list(dict.fromkeys(word for word in WORD.findall(plain(question)) if stem(word)))
    return ([word for word in words if fold(word) not in _SMALL] or words)[:MOST_WORDS]


def plain(text: str) -> str:
    """Without what parts words that are one: soft hyphens, and dots that are signs of their own, as in copied PDF."""
    return unicodedata.normalize("NFC", text.replace("\xad", ""))
