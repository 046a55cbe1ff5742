"""As many courses as a network of providers may come to have, written row by row without signals: about 2.5 dates each.

The same every time. Titles are those of the judged set with an addition, words are joined of two parts as German does,
so that the vocabulary grows with the courses as it does in life.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.utils.text import slugify
from django.utils.timezone import make_aware
from wagtail.models import Page

from courses.enums import CourseFormat, PartOfDay, PriceState
from courses.models import CourseCataloguePage, CoursePage, CourseRun, CourseWords, FundingKind, Provider, Topic
from courses.word_index import course_words
from home.demo.load_places import load_districts
from offices.models import Postcode

JUDGED = Path(__file__).parents[1] / "courses" / "finding" / "courses.txt"
DATES = (0, 2, 3, 5)
"""How many dates courses have, in turn."""
MONTHS_AHEAD = 18
_AT_ONCE = 500
_FIRST = (
    "Metall Holz Lager Pflege Kunststoff Lebensmittel Elektro Büro Verkaufs Personal Energie Wasser Luft Kälte Dach "
    "Garten Stall Milch Futter Boden Fahrzeug Werkzeug Anlagen Daten Netz Speicher Vertrags Steuer Lohn Zoll Export "
    "Einkaufs Kunden Hygiene Küchen Hotel Reise Kinder Senioren Gesundheits Rücken Stimm Sprach Schrift Bild Ton Film"
)
_SECOND = (
    "technik planung steuerung prüfung sicherheit logistik wartung pflege beratung verarbeitung montage reinigung "
    "messung rechnung ordnung kunde recht analyse gestaltung vermittlung organisation entwicklung dokumentation "
    "lenkung kontrolle schutz bau handel lehre wirtschaft"
)
_FIRST_PARTS, _SECOND_PARTS = _FIRST.split(), _SECOND.split()
_ADDITIONS = (
    "Grundlagen", "Aufbau", "Vertiefung", "kompakt", "intensiv", "für Auszubildende", "für Quereinsteiger",
    "für Führungskräfte", "für kleine Betriebe", "Auffrischung", "Prüfungsvorbereitung", "am Abend", "in der Praxis",
)  # fmt: skip
_TOPICS = 10
_BELOW = 5
_PROVIDERS = 60
_FUNDINGS = 6


@dataclass(frozen=True)
class _Around:
    """What courses belong to, in rows that exist already."""

    providers: Sequence[Provider]
    topics: Sequence[Topic]
    fundings: Sequence[FundingKind]
    places: Sequence[Postcode]


def add_courses(catalogue: CourseCataloguePage, number: int, *, today: date) -> None:
    """Adds so many below the list of courses, after those that are there."""
    parent = CourseCataloguePage.objects.get(pk=catalogue.pk)  # the tree keeps its counters in the row
    around = _around()
    last = parent.get_last_child()
    first = (int(last.path[-Page.steplen :], 36) if last else 0) + 1
    chance = random.Random(first)  # the same courses every time, no secret
    pages = [_course(parent, step, around, chance, today) for step in range(first, first + number)]
    _write_pages(pages)
    Page.objects.filter(pk=parent.pk).update(numchild=models.F("numchild") + number)
    _write(CourseWords, (CourseWords(course=page, words=course_words(page)) for page in pages))
    _write_links(pages, around, chance)
    _write(
        CourseRun, (run for page, many in zip(pages, cycle(DATES)) for run in _runs(page, many, around, chance, today))
    )


def _around() -> _Around:
    load_districts()
    tops = [_row(Topic, f"feld-{n}", name=f"Fachgebiet {part}") for n, part in enumerate(_FIRST_PARTS[:_TOPICS])]
    below = [
        _row(Topic, f"fach-{n}-{m}", name=f"{_FIRST_PARTS[n]}{_SECOND_PARTS[m + n]}", parent=top)
        for n, top in enumerate(tops)
        for m in range(_BELOW)
    ]
    places = Postcode.objects.filter(kind=Postcode.Kind.REGULAR).exclude(places="").order_by("code")
    return _Around(
        providers=[_row(Provider, f"traeger-{n}", name=f"Bildungswerk Beispiel {n}") for n in range(_PROVIDERS)],
        topics=below,
        fundings=[
            _row(FundingKind, f"hilfe-{n}", name=f"Beispielhilfe {n}", rule="Wer fragt.", checked_on=date(2026, 11, 2))
            for n in range(_FUNDINGS)
        ],
        places=list(places),
    )


def _row(model: type[models.Model], slug: str, **fields: Any) -> Any:
    return model._default_manager.get_or_create(slug=slug, defaults=fields)[0]


def _judged() -> list[list[str]]:
    lines = (line for line in JUDGED.read_text().splitlines() if line and not line.startswith("#"))
    return [[part.strip() for part in line.split("|")][1:] for line in lines]


_TEXTS = _judged()


def _course(parent: Page, step: int, around: _Around, chance: random.Random, today: date) -> CoursePage:
    title, summary, contents = _TEXTS[step % len(_TEXTS)]
    words = [chance.choice(_FIRST_PARTS) + chance.choice(_SECOND_PARTS) for _ in range(4)]
    title = f"{title} – {chance.choice(_ADDITIONS)}, {words[0]}"
    slug = f"{slugify(title)[:80]}-{step}"
    state, price = _price(chance)
    return CoursePage(
        title=title,
        draft_title=title,
        slug=slug,
        content_type=ContentType.objects.get_for_model(CoursePage),
        path=Page._get_path(parent.path, parent.depth + 1, step),
        depth=parent.depth + 1,
        url_path=f"{parent.url_path}{slug}/",
        locale=parent.locale,
        first_published_at=make_aware(datetime.combine(today, time(8))),
        last_published_at=make_aware(datetime.combine(today, time(8))),
        provider=around.providers[step % len(around.providers)],
        summary=f"{summary}. Aus der Reihe {words[1]}.",
        contents=f"<p>{contents}, {words[2]}</p><ul><li>{words[3]}</li></ul>",
        audience="Für alle, die damit arbeiten" if step % 3 else "",
        keywords=words[1] if step % 4 == 0 else "",
        format=CourseFormat.values[0 if step % 5 else step // 5 % len(CourseFormat.values)],
        part_of_day=["", *PartOfDay.values][step % (len(PartOfDay.values) + 1)],
        flexible_start=step % 40 == 0,
        teaching_units=chance.choice((None, 4, 8, 16, 40, 120, 400)),
        certificate="Zertifikat des Trägers" if step % 3 == 0 else "",
        barrier_free=step % 6 == 0,
        inhouse_possible=step % 7 == 0,
        price_state=state,
        price=price,
        booking_link=f"https://kurse.example/{step}/",
    )


def _price(chance: random.Random) -> tuple[str, Decimal | None]:
    """All states, most often an amount."""
    if chance.random() < 0.6:
        return PriceState.AMOUNT, Decimal(chance.randrange(20, 4000, 5))
    return chance.choice((PriceState.FREE, PriceState.ON_REQUEST, PriceState.UNKNOWN)), None


def _runs(page: CoursePage, many: int, around: _Around, chance: random.Random, today: date) -> Iterator[CourseRun]:
    for _ in range(many):
        place = chance.choice(around.places)
        starts_on = today + timedelta(days=chance.randrange(MONTHS_AHEAD * 30))
        is_dearer = chance.random() < 0.1
        run = CourseRun(
            course=page,
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=chance.choice((0, 1, 4, 60))),
            times="9 bis 16 Uhr",
            postcode=place.code,
            town=place.places.split(",")[0].strip(),
            seats_max=chance.choice((None, 8, 12, 20)),
            seats_taken=chance.choice((None, 0, 3, 8)),
            status=chance.choices(CourseRun.Status.values, (70, 20, 5, 5))[0],
            price_state=PriceState.AMOUNT if is_dearer else "",
            price=Decimal(chance.randrange(50, 900)) if is_dearer else None,
        )
        run.locate()
        yield run


def _write_pages(pages: Sequence[CoursePage]) -> None:
    """Django writes no rows in bulk that stand in two tables: first those of the tree, then those of the courses."""
    names = [column.attname for column in Page._meta.concrete_fields if not column.primary_key]
    rows = [Page(**{name: getattr(page, name) for name in names}) for page in pages]
    Page.objects.bulk_create(rows, batch_size=_AT_ONCE)
    for page, row in zip(pages, rows, strict=True):
        page.pk = page.page_ptr_id = row.pk
    fields = CoursePage._meta.local_concrete_fields
    size = min(_AT_ONCE, connection.ops.bulk_batch_size(fields, list(pages)))
    for start in range(0, len(pages), size):
        CoursePage._base_manager._insert(list(pages[start : start + size]), fields=fields, using=connection.alias)


def _write_links(pages: Sequence[CoursePage], around: _Around, chance: random.Random) -> None:
    topics, fundings = CoursePage.topics.through, CoursePage.funding_kinds.through
    _write(
        topics,
        (
            topics(coursepage_id=page.pk, topic_id=topic.pk)
            for page in pages
            for topic in chance.sample(around.topics, chance.choice((1, 1, 2)))
        ),
    )
    _write(
        fundings,
        (
            fundings(coursepage_id=page.pk, fundingkind_id=kind.pk)
            for page in pages
            for kind in chance.sample(around.fundings, chance.choice((0, 1, 2)))
        ),
    )


def _write(model: type[models.Model], rows: Iterator[Any]) -> None:
    while some := list(islice(rows, _AT_ONCE)):
        model._default_manager.bulk_create(some)
