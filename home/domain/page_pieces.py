"""A page as an editor's checks take it, and what they tell of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the page, in the editor's words, and the id of that part of the editor's form (empty: none)."""

    label: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    place: Place
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    place: Place
    text: str
    target: str
    """Equal for links that lead to the same place."""


@dataclass(frozen=True, slots=True)
class File:
    """One that is offered although it keeps readers out."""

    place: Place
    name: str
    lacking: str
    """A sentence on what it lacks."""
    is_called_accessible: bool


@dataclass(frozen=True, slots=True)
class Picture:
    place: Place
    alt: str
    is_decorative: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph or a point of a list."""

    place: Place
    text: str
    is_bold: bool = False
    """From its first word to its last."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words of a field of one line that are no sentence: a caption, a name, a kicker."""

    place: Place
    text: str


Piece = File | Heading | Line | Link | Picture | Text
_Kind = TypeVar("_Kind", File, Heading, Line, Link, Picture, Text)


@dataclass(frozen=True, slots=True)
class Content:
    """A page as its readers meet it; the title is its only heading of the first level."""

    title: str
    description: str
    pieces: tuple[Piece, ...] = field(default=())
    language: str = "de"
    """A tag of BCP 47: the rules for sentences and words are those of a language."""

    def of(self, kind: type[_Kind]) -> Iterator[_Kind]:
        return (piece for piece in self.pieces if isinstance(piece, kind))


@dataclass(frozen=True, slots=True)
class Finding:
    place: Place
    what: str
    advice: str


def short(text: str) -> str:
    """As it is quoted to the editor."""
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"
