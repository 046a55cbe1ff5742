"""Cells that hold one of a few words: yes and no, form, part of the day, state, language, level."""

from __future__ import annotations

import re
from collections.abc import Mapping

from courses.catalogue.values.errors import NotUnderstood
from foundation.searching.words import fold, plain

_LONGEST = 200
_WORD = re.compile(r"[^\W_]+")
_YES = frozenset(
    {"ja", "j", "yes", "y", "x", "1", "wahr", "true", "vorhanden", "moglich", "gegeben", "✓", "✔", "garantiert"}
)
_NO = frozenset(
    {"", "nein", "n", "no", "0", "falsch", "false", "nicht", "keine", "kein", "-", "–", "—", "unbekannt", "ka"}
)

FORMATS = {
    "on_site": ("vor Ort", "Präsenz", "Präsenzveranstaltung", "Präsenzkurs", "Präsenzunterricht", "Vollzeit vor Ort",
        "onsite"),
    "online": ("online", "Online-Kurs", "Live-Online", "Webinar", "Web-Seminar", "virtuell",
        "virtuelles Klassenzimmer", "digital", "Onlineseminar", "Fernunterricht live"),
    "blended": ("teils online, teils vor Ort", "teils online", "hybrid", "Blended Learning", "Präsenz und online",
        "Präsenz/online", "online und Präsenz", "gemischt", "online/Präsenz", "Blended"),
    "self_paced": ("Selbstlernen", "Selbstlernkurs", "E-Learning", "Fernstudium", "Fernlehrgang", "Fernunterricht",
        "Selbststudium", "WBT", "on demand"),
}  # fmt: skip
PARTS_OF_DAY = {
    "full_day": ("ganztags", "ganztägig", "Vollzeit", "tagsüber", "Tageskurs", "Tagesveranstaltung"),
    "morning": ("vormittags", "Vormittag", "morgens"),
    "afternoon": ("nachmittags", "Nachmittag"),
    "evening": ("abends", "Abend", "Abendkurs", "berufsbegleitend abends"),
    "weekend": ("am Wochenende", "Wochenende", "Wochenendkurs", "samstags", "Samstag"),
    "free": ("freie Zeiteinteilung", "frei", "freie Zeitwahl", "flexibel", "zeitlich flexibel", "nach Absprache"),
}
STATES = {
    "planned": ("geplant", "offen", "buchbar", "frei", "Plätze frei", "freie Plätze", "verfügbar",
        "Anmeldung möglich", "aktiv", "in Planung", "wenige Plätze", "noch Plätze frei"),
    "runs": ("findet statt", "gesichert", "bestätigt", "Durchführung gesichert", "läuft", "garantiert",
        "Durchführung garantiert"),
    "full": ("ausgebucht", "voll", "belegt", "Warteliste", "nur noch Warteliste", "keine freien Plätze",
        "keine Plätze frei"),
    "cancelled": ("fällt aus", "abgesagt", "storniert", "entfällt", "ausgefallen", "gestrichen"),
}  # fmt: skip
LANGUAGES = {
    "de": ("Deutsch", "de", "deu", "ger", "german", "deutschsprachig"),
    "en": ("Englisch", "en", "eng", "english"),
    "ar": ("Arabisch", "ar", "ara"),
    "pl": ("Polnisch", "pl", "pol"),
    "ro": ("Rumänisch", "ro", "ron"),
    "ru": ("Russisch", "ru", "rus"),
    "tr": ("Türkisch", "tr", "tur"),
    "uk": ("Ukrainisch", "uk", "ukr"),
}
_LEVEL = re.compile(r"\b([ABC][12])\b", re.IGNORECASE)


def yes_or_no(text: str) -> bool:
    """„ja, auf Anfrage“ is yes. Raises NotUnderstood."""
    text = text[:_LONGEST]
    keys = {fold(plain(text)) or text.strip(), text.strip().casefold()}  # folding takes the „e“ out of „true“
    if keys & (_YES | _NO):
        return bool(keys & _YES)
    words = _WORD.findall(text)
    first = fold(words[0]) if words else ""
    if first in {"ja", "nein", "nicht", "kein", "keine"}:
        return first == "ja"
    raise NotUnderstood("Hier gehört „ja“ oder „nein“ hin.")


def one_of(choices: Mapping[str, tuple[str, ...]], text: str) -> str:
    """The value whose word it is. Raises NotUnderstood, which names the words that are ours."""
    if len(text) <= _LONGEST:
        folded = fold(plain(text))
        for value, words in choices.items():
            if folded == value or any(folded == fold(word) for word in words):
                return value
        found = {value for value, words in choices.items() if any(_contains(text, word) for word in words)}
        if len(found) == 1:
            return found.pop()
    raise NotUnderstood("Möglich sind hier: " + ", ".join(words[0] for words in choices.values()) + ".")


def format_in(text: str) -> str:
    """„Präsenz und online“ in any words is both. Raises NotUnderstood."""
    try:
        return one_of(FORMATS, text)
    except NotUnderstood:
        named = {value for value, words in FORMATS.items() if any(_contains(text, word) for word in words)}
        if "blended" in named or named == {"on_site", "online"}:
            return "blended"
        raise


def level_in(text: str) -> str:
    """„mindestens B1“, „B1/B2“: the first, for that much one needs. Raises NotUnderstood."""
    found = _LEVEL.search(text[:_LONGEST])
    if not found:
        raise NotUnderstood("Möglich sind hier: A1, A2, B1, B2, C1, C2.")
    return found[1].upper()


def _contains(text: str, word: str) -> bool:
    """As words of their own."""
    return f" {_apart(word)} " in f" {_apart(text)} " if len(word) > 2 else False


def _apart(text: str) -> str:
    return " ".join(fold(word) for word in _WORD.findall(plain(text[:_LONGEST])))
