"""All courses as they are searched. Each process holds them in its memory until any content changes, or the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock

from django.db.models import Value
from django.utils import timezone

from courses import facets
from courses.finding.forms import Words, weighed_words
from courses.finding.index import WordIndex
from courses.finding.places import Gazetteer, Position, Spot
from courses.finding.rows import Row, Rows
from courses.finding.spans import Choice
from courses.finding.synonyms import Thesaurus
from courses.models import CoursePage, CourseRun, Synonym, Topic
from courses.word_index import course_words
from foundation.caching.marks import CONTENT
from foundation.caching.shelf import depends_on, midnight_after
from offices.models import Postcode
from offices.postcodes import coordinates

_TOPIC, _PROVIDER, _ASIDE = 5, 3, 2
"""Weights of what is said of a course in other tables."""


@dataclass(frozen=True, slots=True)
class Stock:
    """`keys` are the ids of the courses by the numbers under which `words` and `rows` know them, by title.
    `labels` name the values of facets, in their order; `above` has the topics of the first level by those below."""

    keys: tuple[int, ...]
    words: WordIndex
    rows: Rows
    places: Gazetteer
    labels: Mapping[Choice, str]
    above: Mapping[str, str]


_held: dict[str, Stock] = {}
_loading = Lock()


def stock(today: date) -> Stock:
    """Seven queries, none while nothing has changed. Once an hour they are asked anew: that heals what no mark told."""
    mark, now = CONTENT.value(), timezone.now()
    depends_on(midnight_after(now), {CONTENT.key: mark})
    key = f"{mark} {today} {now.hour}"
    with _loading:  # the other threads of the process wait for what the first one reads
        found = _held.get(key)
        if found is None:
            found = _load(today)
            _held.clear()
            _held[key] = found
    return found


def _load(today: date) -> Stock:
    postcodes = list(Postcode.objects.select_related("district").order_by("code"))
    districts = {row.code: row.district.slug for row in postcodes}
    topics = {topic.pk: topic for topic in Topic.objects.select_related("parent")}
    rows_of_topics = _linked(CoursePage.topics.through.objects.values_list("coursepage_id", "topic_id"))
    linked = _named()
    runs: dict[int, list[CourseRun]] = defaultdict(list)
    for run in CourseRun.objects.ahead(today):
        runs[run.course_id].append(run)
    courses = CoursePage.objects.open_to_all().select_related("provider", "words").order_by("title", "pk")
    labels = dict(_fixed_labels(topics.values(), postcodes))
    words: list[Words] = []
    rows: list[list[Row]] = []
    keys: list[int] = []
    for course in courses.defer("draft_title", "search_description"):
        themes = _with_parents(topics[pk] for pk in rows_of_topics.get(course.pk, ()))
        fundings = {Choice(facet, slug): name for facet, slug, name in linked[course.pk] if facet}
        own = course.words.words if hasattr(course, "words") else course_words(course)
        said = [(_TOPIC, theme.name) for theme in themes] + [(_ASIDE, name) for _, _, name in linked[course.pk]]
        words.append(_heavier(weighed_words([(_PROVIDER, course.provider.name), *said]), own))
        choices = frozenset(
            [
                *facets.course_choices(course),
                *(Choice("thema", theme.slug) for theme in themes),
                *fundings,
            ]
        )
        labels |= {Choice("anbieter", course.provider.slug): course.provider.name}
        labels |= fundings
        rows.append(list(_rows(course, runs[course.pk], choices, districts)))
        keys.append(course.pk)
    whole = Rows(rows)
    labels |= {Choice("start", value): facets.start_label(value) for value in sorted(whole.values("start"))}
    return Stock(
        keys=tuple(keys),
        words=WordIndex(words, Thesaurus(Synonym.objects.values_list("words", flat=True))),
        rows=whole,
        places=Gazetteer(_spots(postcodes), {row.district.name: row.district.slug for row in postcodes}, coordinates),
        labels=labels,
        above={topic.slug: topic.parent.slug for topic in topics.values() if topic.parent},
    )


def _rows(
    course: CoursePage, runs: list[CourseRun], choices: frozenset[Choice], districts: Mapping[str, str]
) -> Iterable[Row]:
    if not runs:
        costs = facets.price_choice(course.price_state, course.price)
        yield Row(euros=facets.euros(course.price_state, course.price), values=choices | {costs})
    open_from = min((run.starts_on for run in runs if not run.is_full), default=date.min)
    for run in runs:
        state, price = (run.price_state, run.price) if run.price_state else (course.price_state, course.price)
        yield Row(
            starts_on=run.starts_on,
            position=_position(run),
            euros=facets.euros(state, price),
            values=choices | {facets.price_choice(state, price), *facets.run_choices(run, districts)},
            key=run.pk,
            rank=max(run.starts_on, open_from) if run.is_full else run.starts_on,
        )


def _position(run: CourseRun) -> Position | None:
    if run.latitude is not None and run.longitude is not None:
        return run.latitude, run.longitude
    return coordinates(run.postcode) if run.postcode else None


def _heavier(one: Words, other: Words) -> Words:
    """Of two texts of a course; of a word in both the weightier."""
    return {**one, **{stem: said for stem, said in other.items() if stem not in one or said[0] >= one[stem][0]}}


def _linked(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for course, other in pairs:
        found[course].append(other)
    return found


def _named() -> dict[int, list[tuple[str, str, str]]]:
    """Facet, slug and name of what a course is linked to by name alone; target groups are no facet. One query."""
    fundings = CoursePage.funding_kinds.through.objects.values_list(
        "coursepage_id", Value("foerderung"), "fundingkind__slug", "fundingkind__name"
    )
    targets = CoursePage.target_groups.through.objects.values_list(
        "coursepage_id", Value(""), "targetgroup__slug", "targetgroup__name"
    )
    found: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for course, *named in fundings.union(targets):
        found[course].append(tuple(named))
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
    for facet, values in facets.FIXED.items():
        yield from ((Choice(facet, value), str(label)) for value, label in values.items())


def _spots(postcodes: Iterable[Postcode]) -> Iterable[Spot]:
    for row in postcodes:
        position = coordinates(row.code)
        for name in row.places.split(",") if position else ():
            if position and name.strip():
                yield Spot(name.strip(), row.code, position)
