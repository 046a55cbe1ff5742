"""What a selection finds: which courses in which order, what each other choice would leave, ways out of nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, reduce
from operator import and_

from django.http import QueryDict

from courses.facets import FACETS, SWITCHES
from courses.finding.forms import Word, words_of
from courses.finding.index import Asked
from courses.finding.places import Position
from courses.finding.question import NEAR_KM, Reading, read
from courses.finding.rows import Row
from courses.finding.spans import Choice
from courses.selection import ANYWHERE, Selection, selection_in
from courses.stock import stock
from courses.stock_reader import Stock
from offices.distance import distance_km

WORDS, PLACE, PERIOD, PRICE, LENGTH = "words", "place", "period", "price", "length"
"""Names of what narrows the list beside the facets."""
_OPENED = {
    PERIOD: "wenn die Zeit offen ist",
    PRICE: "wenn der Preis höher sein darf",
    LENGTH: "wenn der Kurs länger dauern darf",
}
_KINDS = {PERIOD: "Zeit", PRICE: "Preis", LENGTH: "Dauer"}
"""Of the parts of a question that say so."""
_SAME_WAY_KM = 5
_WELL, _PARTLY = 0.6, 0.3
"""Shares of the best score: what is about as good is sorted by the way."""


@dataclass(frozen=True)
class Finder:
    """`masks` are the dates that each part of the selection leaves."""

    stock: Stock
    selection: Selection
    reading: Reading
    asked: Asked
    scores: dict[int, float] = field(default_factory=dict)

    @property
    def radius(self) -> int | None:
        """Kilometres; None without a place or where the way does not matter."""
        if self.reading.spot is None or self.selection.km == ANYWHERE:
            return None
        return self.selection.km or self.reading.radius or NEAR_KM

    @property
    def corrections(self) -> list[tuple[str, str]]:
        """Words as typed and as meant."""
        return [*self.reading.corrections, *((each.typed, each.meant) for each in self.asked.corrections)]

    @property
    def unsaid(self) -> tuple[str, ...]:
        """Words that no course says; where nothing is found, those too that find nothing by themselves."""
        words = () if self.number else self.asked.words
        alone = (word.text for word in words if not self.stock.words.find(replace(self.asked, words=(word,))))
        return tuple(dict.fromkeys([*self.asked.unknown, *alone]))

    @cached_property
    def distances(self) -> dict[Position, float]:
        spot = self.reading.spot
        return {place: distance_km(spot.position, place) for place in self.stock.rows.positions} if spot else {}

    @cached_property
    def wanted(self) -> dict[str, list[Choice]]:
        """By facet: what is chosen, and what the question asks for."""
        district = [Choice("kreis", self.reading.district)] if self.reading.district else []
        every = dict.fromkeys([*self.selection.choices, *self.reading.choices, *district])
        return {
            facet: [choice for choice in every if choice.facet == facet]
            for facet in dict.fromkeys(choice.facet for choice in every)
        }

    @cached_property
    def masks(self) -> dict[str, int]:
        rows = self.stock.rows
        masks = {facet: rows.any_of(choices) for facet, choices in self.wanted.items()}
        if self.asked.words:
            masks[WORDS] = rows.of_courses(self.scores)
        if self.radius is not None:
            masks[PLACE] = rows.near(self.distances, self.radius)
        if self.reading.period:
            masks[PERIOD] = rows.within(self.reading.period)
        if self.reading.most_euros is not None:
            masks[PRICE] = rows.up_to(self.reading.most_euros)
        if self.reading.most_hours is not None:
            masks[LENGTH] = rows.within_hours(self.reading.most_hours)
        return masks

    def mask(self, *, without: str = "") -> int:
        left = (mask for name, mask in self.masks.items() if name != without)
        return reduce(and_, left, self.stock.rows.all)

    @cached_property
    def found(self) -> int:
        return self.mask()

    @cached_property
    def number(self) -> int:
        return self.stock.rows.count(self.found)

    def ordered(self) -> list[int]:
        """The best first; what is as good by the way where a place is named, then by the start."""
        by_start = self.stock.rows.soonest_first(self.found)
        if self.reading.spot is not None:
            away = {course: self._steps_away(course) for course in by_start}
            return sorted(by_start, key=lambda course: (self._level(course), away[course]))
        return sorted(by_start, key=lambda course: -self.scores.get(course, 0.0)) if self.scores else by_start

    def dates(self, course: int) -> list[Row]:
        return self.stock.rows.dates(course, self.found)

    def soonest_dates(self, most: int) -> list[int]:
        """Ids of the dates that are found."""
        dated = [row for course in self.ordered() for row in self.dates(course) if row.starts_on and row.key]
        return [row.key for row in sorted(dated, key=lambda row: row.starts_on or date.max)[:most] if row.key]

    def way(self, course: int) -> float | None:
        """Kilometres to the nearest of its dates that are found."""
        ways = [self.distances[row.position] for row in self.dates(course) if row.position in self.distances]
        return min(ways, default=None)

    def way_to(self, course: int, date_id: int | None) -> float | None:
        """Kilometres to that one of its dates."""
        position = next((row.position for row in self.dates(course) if row.key == date_id), None)
        return self.distances.get(position) if position else None

    def counts(self, facet: str, values: list[Choice]) -> Iterator[tuple[Choice, int]]:
        """How many courses each value alone would leave, whatever else is chosen of its facet."""
        others = self.mask(without=facet)
        for choice in values:
            yield choice, self.stock.rows.count_of(choice, others)

    def taken_back(self, choice: Choice) -> Selection:
        """What is chosen without it, and the question without what asks for it."""
        chosen = tuple(other for other in self.selection.choices if other != choice)
        text = self.reading.without_parts(lambda part: part.choice == choice)
        return replace(self.selection, choices=chosen, text=text)

    def within(self, km: int) -> int:
        """How many courses a distance would leave; the way does not matter where it is none."""
        others = self.mask(without=PLACE)
        return self.stock.rows.count(others & self.stock.rows.near(self.distances, km) if km else others)

    def _steps_away(self, course: int) -> float:
        way = self.way(course)
        return float("inf") if way is None else way // _SAME_WAY_KM

    @cached_property
    def _best(self) -> float:
        return max(self.scores.values(), default=0.0)

    def _level(self, course: int) -> int:
        share = self.scores.get(course, 0.0) / self._best if self._best else 1.0
        return 0 if share >= _WELL else 1 if share >= _PARTLY else 2


def found_by(query: QueryDict, today: date, *, may_be_old: bool = False) -> Finder:
    """What the address of a list asks for."""
    whole = stock(today, may_be_old=may_be_old)
    return found_in(whole, selection_in(query, whole.labels), today)


def found_in(whole: Stock, selection: Selection, today: date) -> Finder:
    reading = read(selection.text, today, whole.places, whole.words)
    asked = whole.words.asked(reading.words)
    return Finder(whole, selection, reading, asked, whole.words.find(asked))


@dataclass(frozen=True, slots=True)
class Relaxation:
    """`number` courses would be found if `label` were so: „2 Kurse, wenn Sie 50 km zulassen“."""

    number: int
    label: str
    selection: Selection


def relaxations(found: Finder) -> list[Relaxation]:
    """The nearest first: a longer way, another time, then each choice by itself, the words last. Where that helps
    nothing, one of the words less; where two things stand in the way at once, one of the words and nothing else, and
    last a part of one."""
    nearest = [Relaxation(*tried) for tried in _tried(found) if tried[0]]
    nearest = nearest or _with_a_word_less(found)
    widest = [Relaxation(*tried) for tried in _words_alone(found)]
    # Whatever words alone do not find more than, has found the same.
    more = [each for each in widest if each.number > max((other.number for other in nearest), default=0)]
    return nearest + more or _one_word_alone(found) or _parts_alone(found)


def _tried(found: Finder) -> Iterator[tuple[int, str, Selection]]:
    yield from _farther(found)
    rows = found.stock.rows
    for name in found.masks:
        if name not in {PLACE, WORDS}:
            freed = _freed(found, name)
            label = _OPENED.get(name) or f"ohne die Wahl „{_choice_names(found, name)}“"
            yield rows.count(found.mask(without=name)), label, freed


def _with_a_word_less(found: Finder) -> list[Relaxation]:
    """The rarest words kept first, then those that stand first: they tell most of what is looked for."""
    words, others = found.asked.words, found.mask(without=WORDS)
    tried = []
    for word in reversed(words if len(words) > 1 else ()):
        number = _number_with(found, tuple(other for other in words if other != word), others)
        freed = replace(found.selection, text=found.reading.without(word.start, word.end))
        tried.append(Relaxation(number, f"ohne das Wort „{word.text}“", freed))
    return _fewest_first(tried)


def _one_word_alone(found: Finder) -> list[Relaxation]:
    """In the order of `_with_a_word_less`."""
    tried = [
        Relaxation(_number_with(found, (word,)), _all_else_open(word.text), Selection(text=word.text))
        for word in found.asked.words
    ]
    return _fewest_first(tried)


def _parts_alone(found: Finder) -> list[Relaxation]:
    lexicon = found.stock.words.lexicon
    parts = dict.fromkeys(part for word in found.asked.words for part in lexicon.known_parts(word.text))
    return [
        Relaxation(_number_with(found, tuple(words_of(part))), f"zu „{part}“", Selection(text=part)) for part in parts
    ]


def _number_with(found: Finder, words: tuple[Word, ...], others: int | None = None) -> int:
    """How many courses these of the words would find, among `others` only."""
    rows = found.stock.rows
    mask = rows.of_courses(found.stock.words.find(replace(found.asked, words=words)))
    return rows.count(mask if others is None else others & mask)


def _fewest_first(tried: list[Relaxation]) -> list[Relaxation]:
    return sorted((way for way in tried if way.number), key=lambda way: way.number)


def _all_else_open(words: str) -> str:
    return f"zu „{words}“, wenn alles andere offen ist"


def _words_alone(found: Finder) -> Iterator[tuple[int, str, Selection]]:
    if WORDS in found.masks and len(found.masks) > 1:
        rows, words = found.stock.rows, " ".join(word.text for word in found.asked.words)
        yield rows.count(rows.of_courses(found.scores)), _all_else_open(words), Selection(text=words)


def _farther(found: Finder) -> Iterator[tuple[int, str, Selection]]:
    """The nearest distance that finds anything."""
    if found.radius is None:
        return
    for km in (50, 100, ANYWHERE):
        number = found.within(km) if km == ANYWHERE or km > found.radius else 0
        if number:
            label = f"wenn Sie {km} km zulassen" if km else "wenn der Weg keine Rolle spielt"
            yield number, label, replace(found.selection, km=km)
            return


def _choice_names(found: Finder, facet: str) -> str:
    names = (found.stock.labels.get(choice, choice.value) for choice in found.wanted[facet])
    return f"{FACETS[facet]}: {', '.join(names)}" if facet in FACETS else SWITCHES[facet]


def _freed(found: Finder, name: str) -> Selection:
    """Without what narrows by that name, in the choices and in the question."""
    kind = _KINDS.get(name)
    text = found.reading.without_parts(
        lambda part: part.kind == kind or (part.choice is not None and part.choice.facet == name)
    )
    return replace(found.selection.without(name), text=text)
