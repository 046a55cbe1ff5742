"""A file of the old site: what it says about itself, and its text as HTML. Nothing here trusts it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

LARGEST_FILE = 1024 * 1024
LARGEST_HEAD = 10_000
"""Bytes of a text, signs of its front matter. Articles have a hundredth of it."""

NO_TEXT = "Die Datei enthält Nullzeichen, ist also kein Text."

_HEAD = re.compile(r"---\r?\n(?P<head>.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_NEVER_SHOWN = ["script", "style", "iframe", "object", "embed", "form", "svg", "template", "noscript", "head", "nav"]


class Refused(Exception):
    """The whole article stays out; the text tells an editor why."""


@dataclass(frozen=True, slots=True)
class Source:
    title: str
    date: date
    author: str
    district: str
    topics: list[str]
    lead: str
    description: str
    body: BeautifulSoup


def read_source(path: Path) -> Source:
    text = _text_of(path)
    match = _HEAD.match(text)
    head = _head(match["head"]) if match else {}
    text = text[match.end() :] if match else text
    if path.suffix.lower() == ".md":
        text = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    soup = BeautifulSoup(text, "html.parser")
    named = soup.title.get_text(" ", strip=True) if soup.title else ""
    for element in soup.find_all(_NEVER_SHOWN):
        element.decompose()
    top = soup.find("h1")
    title = _word(head, "title") or (top.get_text(" ", strip=True) if top else "") or named
    if top is not None:
        top.decompose()
    if not title:
        raise Refused("Der Titel fehlt („title“ im Kopf der Datei oder eine Überschrift).")
    return Source(
        title=title[:255],
        date=_day(head.get("date")),
        author=_word(head, "author"),
        district=_word(head, "district"),
        topics=_words(head, "topics"),
        lead=_word(head, "lead"),
        description=_word(head, "description"),
        body=soup,
    )


def _text_of(path: Path) -> str:
    if path.stat().st_size > LARGEST_FILE:
        raise Refused("Die Datei ist größer als 1 MB.")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("Die Datei ist nicht in UTF-8 gespeichert.") from error
    if "\x00" in text:
        raise Refused(NO_TEXT)
    return text


def _head(text: str) -> dict[str, Any]:
    if len(text) > LARGEST_HEAD:
        raise Refused("Der Kopf der Datei ist zu lang.")
    try:
        head = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Refused("Der Kopf der Datei (zwischen den Zeilen „---“) ist nicht lesbar.") from error
    if not isinstance(head, dict):
        raise Refused("Der Kopf der Datei (zwischen den Zeilen „---“) ist nicht lesbar.")
    return head


def _word(head: dict[str, Any], name: str) -> str:
    value = head.get(name)
    text = " ".join(str(value).split()) if isinstance(value, str | int | float) else ""
    if "\x00" in text:  # written as an escape
        raise Refused(NO_TEXT)
    return text


def _words(head: dict[str, Any], name: str) -> list[str]:
    value = head.get(name)
    if isinstance(value, str):
        value = value.split(",")
    pieces = value if isinstance(value, list) else []  # nothing else is made a text: YAML can nest without end
    return [piece.strip() for piece in pieces if isinstance(piece, str) and piece.strip()]


def _day(value: Any) -> date:
    """`2024-03-01` or `1.3.2024`; YAML makes a date of the first by itself."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = value.strip() if isinstance(value, str) else ""
    for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007  # a day, no moment
        except ValueError:
            continue
    raise Refused("Das Datum fehlt oder ist nicht lesbar („date: 2024-03-01“ im Kopf der Datei).")
