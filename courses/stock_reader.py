"""Reads all courses and their dates into the form in which they are searched.

Rows are taken as they come and made no objects of models: ten thousand courses would cost five times the time and the
memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from courses import facets
from courses.beside import Beside, EverythingBeside
from courses.facets import CourseFacts, RunFacts
from courses.finding.forms import Words, weighed_words
from courses.finding.index import WordIndex
from courses.finding.places import Gazetteer, Position, Spot
from courses.finding.rows import Row, Rows
from courses.finding.spans import Choice
from courses.finding.synonyms import Thesaurus
from courses.models import CoursePage, CourseRun, Synonym, Topic
from courses.querysets import CourseQuerySet
from courses.selectors import CourseTeaser
from courses.word_index import course_words
from offices.models import Postcode
from offices.postcodes import coordinates

_TOPIC, _PROVIDER, _ASIDE = 5, 3, 2
"""Weights of what is said of a course in other tables."""
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Stock:
    """`keys` are the ids of the courses by the numbers under which `words` and `rows` know them, by title.
    `labels` name the values of facets, in their order; `offered` are those that any course has, by facet. `above` has
    the topics of the first level by those below. `headlines` is as the function of that name gives it. `beside` has
    what each course is linked to, by its id; `teasers` is filled by `courses.known_teasers`, by course and dates."""

    keys: tuple[int, ...]
    words: WordIndex
    rows: Rows
    places: Gazetteer
    labels: Mapping[Choice, str]
    offered: Mapping[str, list[Choice]]
    above: Mapping[str, str]
    headlines: int
    beside: Mapping[int, Beside]
    teasers: dict[tuple[int, tuple[int, ...]], CourseTeaser] = field(default_factory=dict)


def read_stock(today: date) -> Stock:
    """Nine queries, and one for courses whose words are not written yet."""
    return _Reader(today).stock()


def headlines() -> int:
    """Which courses everybody can read, under which titles and at which addresses, as a number that is another one when
    that alters. One query."""
    return hash(tuple(_public().order_by("title", "pk").values_list("pk", "title", "url_path")))


class _Reader:
    def __init__(self, today: date) -> None:
        self.today = today
        self.postcodes = list(Postcode.objects.select_related("district").order_by("code"))
        self.districts = {row.code: row.district.slug for row in self.postcodes}
        self.everything_beside = EverythingBeside(today)
        self.topics = self.everything_beside.topics
        self.beside: dict[int, Beside] = {}
        self.runs = _runs_ahead(today)
        self.labels = dict(_fixed_labels(self.topics.values(), self.postcodes))
        self.keys: list[int] = []
        self.headlines: list[tuple[int, str, str]] = []
        self.rows: list[list[Row]] = []
        self._one: dict[Choice, Choice] = {}

    def stock(self) -> Stock:
        words = WordIndex(self._courses(), Thesaurus(Synonym.objects.values_list("words", flat=True)))
        rows = Rows(self.rows)
        self.labels |= {Choice("start", value): facets.start_label(value) for value in sorted(rows.values("start"))}
        names = {row.district.name: row.district.slug for row in self.postcodes}
        return Stock(
            keys=tuple(self.keys),
            words=words,
            rows=rows,
            places=Gazetteer(_spots(self.postcodes), names, coordinates),
            labels=self.labels,
            offered=_by_facet(choice for choice in self.labels if rows.any_of([choice])),
            above={topic.slug: topic.parent.slug for topic in self.topics.values() if topic.parent},
            headlines=hash(tuple(self.headlines)),
            beside=self.beside,
        )

    def _courses(self) -> Iterator[Words]:
        """The words of each course, whose rows are noted meanwhile; so that the words of all are never held at once."""
        found = _public().order_by("title", "pk").values_list(*CourseFacts._fields, "words__words")
        for *facts, own in found.iterator(chunk_size=_AT_ONCE):
            course = CourseFacts._make(facts)
            beside = self.everything_beside.of(course.pk, course.provider_id)
            self.beside[course.pk] = beside
            themes = _with_parents(beside.topics)
            named = {Choice("foerderung", kind.slug): kind.name for kind in beside.fundings}
            named |= {Choice("zielgruppe", group.slug): group.name for group in beside.groups}
            self._note(course, themes, named)
            said = [(_PROVIDER, course.provider__name), *((_TOPIC, theme.name) for theme in themes)]
            said += [(_ASIDE, name) for name in named.values()]
            # Words written meanwhile are not among the unwritten; their mark has all read anew.
            yield _heavier(self._unwritten.get(course.pk, {}) if own is None else own, said)

    @cached_property
    def _unwritten(self) -> dict[int, Words]:
        """Of courses that came past all signals."""
        return {course.pk: course_words(course) for course in _public().filter(words=None)}

    def _note(self, course: CourseFacts, themes: Iterable[Topic], named: Mapping[Choice, str]) -> None:
        choices = [*facets.course_choices(course), *(Choice("thema", theme.slug) for theme in themes), *named]
        if self.beside[course.pk].fundings:
            choices.append(facets.FUNDED)
        self.labels[Choice("anbieter", course.provider__slug)] = course.provider__name
        self.labels |= named
        self.rows.append(list(self._rows(course, self.runs.pop(course.pk, []), choices)))
        self.keys.append(course.pk)
        self.headlines.append((course.pk, course.title, course.url_path))

    def _rows(self, course: CourseFacts, runs: list[RunFacts], choices: list[Choice]) -> Iterator[Row]:
        hours = facets.hours_of(course)
        if not runs:
            costs = facets.price_choice(course.price_state, course.price)
            values = self._shared([*choices, costs])
            yield Row(euros=facets.euros(course.price_state, course.price), hours=hours, values=values)
        open_from = min((run.starts_on for run in runs if run.is_open(self.today)), default=date.min)
        for run in runs:
            state, price = (run.price_state, run.price) if run.price_state else (course.price_state, course.price)
            own = [facets.price_choice(state, price), *facets.run_choices(run, course, self.districts, self.today)]
            yield Row(
                starts_on=run.starts_on,
                position=_position(run),
                euros=facets.euros(state, price),
                hours=facets.most_hours(run) if hours is None else hours,
                values=self._shared([*choices, *own]),
                key=run.pk,
                rank=run.starts_on if run.is_open(self.today) else max(run.starts_on, open_from),
            )

    def _shared(self, choices: Iterable[Choice]) -> tuple[Choice, ...]:
        """Each choice is one object for all dates."""
        return tuple(self._one.setdefault(choice, choice) for choice in choices)


def _public() -> CourseQuerySet:
    found: CourseQuerySet = CoursePage.objects.open_to_all()
    return found


def _runs_ahead(today: date) -> dict[int, list[RunFacts]]:
    found: dict[int, list[RunFacts]] = defaultdict(list)
    for row in CourseRun.objects.ahead(today).values_list(*RunFacts._fields).iterator(chunk_size=_AT_ONCE):
        run = RunFacts._make(row)
        found[run.course_id].append(run)
    return found


def _position(run: RunFacts) -> Position | None:
    if run.latitude is not None and run.longitude is not None:
        return run.latitude, run.longitude
    return coordinates(run.postcode) if run.postcode else None


def _heavier(own: Words, beside: Iterable[tuple[int, str]]) -> Words:
    """What a course says itself, and what is said of it beside; of a word in both the weightier."""
    found = dict(own)
    for text in beside:
        for stem, said in _weighed(*text).items():
            if stem not in found or said[0] > found[stem][0]:
                found[stem] = said
    return found


@lru_cache(maxsize=2000)
def _weighed(weight: int, text: str) -> Words:
    """The names of a few providers and topics stand beside thousands of courses."""
    return weighed_words([(weight, text)])


def _by_facet(choices: Iterable[Choice]) -> dict[str, list[Choice]]:
    found: dict[str, list[Choice]] = defaultdict(list)
    for choice in choices:
        found[choice.facet].append(choice)
    return found


def _with_parents(topics: Iterable[Topic]) -> list[Topic]:
    found: dict[int, Topic] = {}
    for topic in topics:
        found[topic.pk] = topic
        if topic.parent:
            found[topic.parent.pk] = topic.parent
    return list(found.values())


def _fixed_labels(topics: Iterable[Topic], postcodes: Iterable[Postcode]) -> Iterable[tuple[Choice, str]]:
    """Topics below their topic, districts from north-west to south-east."""
    for topic in sorted(topics, key=lambda topic: (str(topic.parent or topic), topic.parent is not None, topic.name)):
        yield Choice("thema", topic.slug), topic.name
    for district in sorted({row.district for row in postcodes}, key=lambda district: district.position):
        yield Choice("kreis", district.slug), district.name
    yield facets.FUNDED, facets.FUNDED_LABEL
    for facet, values in facets.FIXED.items():
        yield from ((Choice(facet, value), str(label)) for value, label in values.items())


def _spots(postcodes: Iterable[Postcode]) -> Iterable[Spot]:
    for row in postcodes:
        position = coordinates(row.code)
        for name in row.places.split(",") if position else ():
            if position and name.strip():
                yield Spot(name.strip(), row.code, position)
