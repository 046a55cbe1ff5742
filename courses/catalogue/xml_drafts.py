"""What elements of XML say, read by the same readers as the cells of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from courses.catalogue.course_values import COURSE_READERS
from courses.catalogue.lengths import fitted
from courses.catalogue.markup import plain_text, shortened
from courses.catalogue.records import CourseRecord, RunRecord
from courses.catalogue.run_reading import RunReading, RunResult
from courses.catalogue.values.errors import NotUnderstood
from courses.catalogue.values.prices import Price, price_in

BERLIN = ZoneInfo("Europe/Berlin")
GERMANY = frozenset({"", "d", "de", "deu", "deutschland", "germany"})
"""How files write the country of an address whose postcode is one of ours."""

_SHOWN = 60
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T")
_PARAGRAPH = re.compile(r"<p>.*?</p>", re.DOTALL)
_LONGEST_SUMMARY = 300
_SHORTEST_SUMMARY = 80
_TOO_MUCH = Decimal(1_000_000)
_READING = RunReading(today=date(2000, 1, 1))
"""XML writes days with their year, so no day is reckoned from today."""


@dataclass(slots=True)
class CourseDraft:
    """A course in the making. `unknown` are codes that are kept as they are, by the name of their field."""

    values: dict[str, Any] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)
    notices: list[str] = field(default_factory=list)
    unknown: dict[str, list[str]] = field(default_factory=dict)

    def take(self, name: str, text: str | None, element: str) -> None:
        """None: there is no such element. What is empty there empties the field; what is not understood does not."""
        if text is None:
            return
        if not text:
            self.said.add(name)
            return
        try:
            values, notices = COURSE_READERS[name](text)
        except NotUnderstood as problem:
            self.note(str(problem), element, text)
            return
        self.values |= values
        self.said |= values.keys()
        self.notices += notices

    def set(self, name: str, value: Any) -> None:
        self.values[name] = value
        self.said.add(name)

    def keep_code(self, name: str, code: str) -> None:
        if code and code not in self.unknown.setdefault(name, []):
            self.unknown[name].append(code[:_SHOWN])

    def note(self, sentence: str, element: str, text: str) -> None:
        self.notices.append(noted(sentence, element, text))

    def take_price(self, amount: str | None, remarks: str | None, element: str) -> None:
        if amount is None and remarks is None:
            return
        price, notice = price_of(amount or "", remarks or "", element)
        self.set("price_state", price.state)
        self.set("price", price.amount)
        self.notices += [notice] if notice else []
        if remarks is not None:
            note, cut = fitted("price_note", price.note)
            self.set("price_note", note)
            self.notices += [cut] if cut else []

    def sum_up(self) -> None:
        """The first sentences of what a course contains stand for a summary that the file does not have."""
        if not self.values.get("summary") and self.values.get("contents"):
            self.set("summary", first_sentences(self.values["contents"]))

    def record(self, reference: str, place: str, runs: Iterable[RunRecord]) -> CourseRecord:
        return CourseRecord(
            **(self.values | {"reference": reference}),
            place=place,
            runs=tuple(runs),
            said=frozenset(self.said | {"reference"}),
            notices=tuple(self.notices),
            unknown={name: tuple(codes) for name, codes in self.unknown.items()},
        )


def run_of(texts: Mapping[str, str], elements: Mapping[str, str]) -> tuple[RunResult, list[str]]:
    """A date out of texts by field, and what was repaired; `elements` are the names of fields in the file."""
    notices: list[str] = []
    filled = {name: text for name, text in texts.items() if text}
    result = _READING.read(
        filled, lambda name, sentence: notices.append(noted(sentence, elements.get(name, ""), filled.get(name, "")))
    )
    return result, notices


def noted(sentence: str, element: str, text: str = "") -> str:
    shown = " ".join(part for part in (element, f"„{shortened(text, _SHOWN)}“" if text else "") if part)
    return f"{shown}: {sentence}" if shown else sentence


def price_of(amount: str, remarks: str, element: str) -> tuple[Price, str]:
    """Zero is free only where the remarks say so and say nothing else. A notice where the amount was not understood."""
    number, note = _decimal(amount), plain_text(remarks)
    in_words = _in_words(note)
    if number is None and amount:
        return in_words, noted("Das ist kein Betrag.", element, amount)
    if number and number >= _TOO_MUCH:
        return in_words, noted("So viel kostet kein Kurs.", element, amount)
    if number:
        price = price_in(f"{number:.2f}")
        return (Price("amount", price.amount, note), "") if price.state == "amount" else (in_words, "")
    if in_words.state == "unknown" and number is not None:
        notice = "Eine 0 kann „kostenfrei“ heißen oder „nicht bekannt“. Wir zeigen: nicht bekannt."
        return in_words, noted(notice, element)
    return in_words, ""


def _in_words(note: str) -> Price:
    try:
        price = price_in(note)
    except NotUnderstood:
        return Price("unknown", note=note)
    is_clear = price.state == "on_request" or (price.state == "free" and not price.note)
    return Price(price.state, note=price.note) if is_clear else Price("unknown", note=note)


def _decimal(text: str) -> Decimal | None:
    """In cents; what no course costs is `_TOO_MUCH`."""
    try:
        number = Decimal(text.replace(",", ".")) if len(text) <= _SHOWN else Decimal("NaN")
    except InvalidOperation:
        return None
    if not number.is_finite() or number < 0:
        return None
    return round(min(number, _TOO_MUCH), 2)


def first_sentences(markup: str) -> str:
    """Out of paragraphs, for the items of a list are none."""
    text = plain_text(" ".join(_PARAGRAPH.findall(markup)) or markup)
    if len(text) <= _LONGEST_SUMMARY:
        return text
    end = max(text.rfind(mark, 0, _LONGEST_SUMMARY) for mark in (". ", "! ", "? "))
    return text[: end + 1] if end >= _SHORTEST_SUMMARY else shortened(text, _LONGEST_SUMMARY)


def moment(text: str) -> datetime | None:
    """Of XML Schema, in UTC; without an offset it is the time in Germany. None for anything else."""
    read = _moment(text)
    return (read if read.tzinfo else read.replace(tzinfo=BERLIN)).astimezone(UTC) if read else None


def day_and_time(text: str) -> tuple[str, str]:
    """What the readers of days and hours take, from a date or a moment of XML Schema. Midnight says no time; a day with
    an offset is that day. Anything else is handed on as it is."""
    day, read = _DAY.fullmatch(text.strip()), _moment(text)
    if day or read is None:
        return (day[1] if day else text.strip()), ""
    local = read.astimezone(BERLIN) if read.tzinfo else read
    return local.date().isoformat(), f"{local:%H:%M}" if local.time() != time() else ""


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip()) if _MOMENT.match(text.strip()) else None
    except ValueError:
        return None


def is_every_day(days: Sequence[str]) -> bool:
    """Whether these days in the form of ISO 8601, ascending, follow each other without a gap."""
    if not all(map(_is_day, days)):
        return False
    return not days or (date.fromisoformat(days[-1]) - date.fromisoformat(days[0])).days == len(days) - 1


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def with_shared_texts(run: RunRecord, texts: dict[str, str]) -> RunRecord:
    """Places are written again and again: each is kept once while many dates wait for their courses."""
    venue, street, postcode, town, times = (
        texts.setdefault(text, text) for text in (run.venue, run.street, run.postcode, run.town, run.times)
    )
    return replace(run, venue=venue, street=street, postcode=postcode, town=town, times=times)
