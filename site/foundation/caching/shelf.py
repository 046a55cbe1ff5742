"""Things that take long to make and are kept until they could be stale, or for a minute.

Nothing kept says by itself when it is stale; what it was made of does. While it is made, `depends_on` notes the marks
and the moments of all that is asked, however deep inside; what is made of several things ends with the first of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone, translation

from foundation.caching.marks import CONTENT, Mark
from foundation.days import beginning_of

LONGEST = timedelta(seconds=60)
"""However still it is; it heals what no write told: rows changed by hand, a process killed between commit and mark."""

Made = TypeVar("Made")


@dataclass
class ShelfLife:
    """`marks` has the value of each mark, by its key, as it was before anything was read."""

    until: datetime
    marks: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kept:
    thing: Any
    until: datetime
    marks: dict[str, str]


_open: ContextVar[ShelfLife | None] = ContextVar("shelf_life", default=None)


@contextmanager
def shelf_life(now: datetime) -> Iterator[ShelfLife]:
    """Notes what is asked inside. It begins with the mark of the content and with the coming midnight."""
    life = ShelfLife(min(now + LONGEST, midnight_after(now)), {CONTENT.key: _value(CONTENT.key)})
    token = _open.set(life)
    try:
        yield life
    finally:
        _open.reset(token)
    depends_on(life.until, life.marks)


def depends_on(until: datetime, marks: Mapping[str, str]) -> None:
    """What is being made is true no longer than that. Of a mark that was taken twice the first value counts."""
    life = _open.get()
    if life is not None:
        life.until = min(life.until, until)
        life.marks = {**marks, **life.marks}


def kept(name: str, make: Callable[[], Made]) -> Made:
    """What `make` has made of the database, for everybody alike: in the main language, whatever page asked first."""
    now = timezone.now()
    found = take(name, now)
    if found is None:
        made, life = _made(make, now)
        put(name, made, life, now)
    else:
        made = found.thing
        depends_on(found.until, found.marks)
    return made


def made_anew(name: str, make: Callable[[], Made]) -> Made:
    """Whatever is kept; and it is kept for whoever asks for it next. Written only where something else is kept or
    nothing, since each page asks: writing takes six times as long as reading."""
    now = timezone.now()
    made, life = _made(make, now)
    found = take(name, now)
    if found is None or found.thing != made:
        put(name, made, life, now)
    return made


def _made(make: Callable[[], Made], now: datetime) -> tuple[Made, ShelfLife]:
    with shelf_life(now) as life, translation.override(settings.LANGUAGE_CODE):
        return make(), life


def take(name: str, now: datetime) -> Kept | None:
    """What is kept under that name and still true."""
    found = cache.get(_key(name))
    if isinstance(found, Kept) and now < found.until and all(_value(key) == had for key, had in found.marks.items()):
        return found
    return None


def put(name: str, thing: object, life: ShelfLife, now: datetime) -> None:
    seconds = (life.until - now).total_seconds()
    if seconds > 0:
        cache.set(_key(name), Kept(thing, life.until, life.marks), seconds)


def midnight_after(now: datetime) -> datetime:
    """When the next day begins on the wall clock of the site."""
    return beginning_of(timezone.localdate(now) + timedelta(days=1))


def _value(key: str) -> str:
    """As the thing being made has it already, which spares asking the cache again."""
    life = _open.get()
    return (life and life.marks.get(key)) or Mark(key).value()


def _key(name: str) -> str:
    return f"foundation.kept.{name}"
