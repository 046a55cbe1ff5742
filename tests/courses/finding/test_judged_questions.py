"""Questions as people ask them, and the courses that must be among the first five."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from urllib.parse import urlencode

import pytest
import time_machine
from django.http import QueryDict

from courses.catalogue.records import RunRecord
from courses.finder import found_by
from courses.finding.first_synonyms import FIRST_SYNONYMS
from courses.finding.forms import weighed_words
from courses.finding.index import WordIndex
from courses.finding.synonyms import Thesaurus
from courses.models import CoursePage
from tests.courses.finding.asking import TODAY, asked_in
from tests.courses.importing.files import record, take_in
from tests.factories.courses import CourseCataloguePageFactory, ProviderFactory, TopicFactory
from tests.factories.home import new_site
from tests.factories.offices import DistrictFactory, PostcodeFactory
from tests.home.markup import Markup

HERE = Path(__file__).parent
FIRST = 5


def lines(name: str) -> list[str]:
    return [line for line in (HERE / name).read_text().splitlines() if line and not line.startswith("#")]


COURSES = [[part.strip() for part in line.split("|")] for line in lines("courses.txt")]
QUESTIONS = [[part.strip() for part in line.split("->")] for line in lines("questions.txt")]


def index(synonyms: tuple[str, ...]) -> WordIndex:
    words = [weighed_words([(8, title), (3, summary), (1, more)]) for _, title, summary, more in COURSES]
    return WordIndex(words, Thesaurus(synonyms))


def misses(questions: list[list[str]], synonyms: tuple[str, ...]) -> dict[str, list[str]]:
    """Of each question that does not find what it must, what it finds first."""
    courses = index(synonyms)
    missed = {}
    for question, wanted in questions:
        scores = asked_in(courses, question)
        first = [COURSES[number][0] for number in sorted(scores, key=lambda number: (-scores[number], number))][:FIRST]
        if not set(wanted.split(", ")) <= set(first):
            missed[question] = first
    return missed


def test_there_is_enough_to_judge():
    assert len(COURSES) >= 120
    assert len(QUESTIONS) >= 80
    assert {key for _, wanted in QUESTIONS for key in wanted.split(", ")} <= {key for key, *_ in COURSES}


def test_questions_find_what_they_must(record_property):
    plain = [asked for asked in QUESTIONS if not asked[0].startswith("=")]
    every = [[question.removeprefix("="), wanted] for question, wanted in QUESTIONS]
    without, with_all = misses(plain, ()), misses(every, FIRST_SYNONYMS)
    rate = 100 * (len(plain) - len(without)) / len(plain)
    whole = 100 * (len(every) - len(with_all)) / len(every)
    record_property(
        "said",
        f"Kurssuche: {rate:.1f} % von {len(plain)} Fragen ohne Synonyme, "
        f"{whole:.1f} % von {len(every)} mit Synonymen unter den ersten {FIRST}.",
    )
    assert rate >= 95, without
    assert with_all == {}


@pytest.fixture
def courses(db):
    """Those of the set as an import writes them, each on an evening in the place and the month that questions name."""
    with time_machine.travel(datetime(2026, 11, 26, 9, tzinfo=UTC), tick=False):
        diepholz = DistrictFactory(name="Diepholz", slug="diepholz", latitude=52.6, longitude=8.4)
        PostcodeFactory(code="27232", places="Sulingen", district=diepholz)
        CourseCataloguePageFactory(parent=new_site())
        TopicFactory(name="Weiterbildung", slug="weiterbildung")
        run = RunRecord(date(2027, 10, 5), start_time=time(18), end_time=time(21), postcode="27232")
        told = {"topics": ("Weiterbildung",), "runs": (run,)}
        records = [
            record(key, title=title, summary=summary, contents=f"<p>{more}</p>", **told)
            for key, title, summary, more in COURSES
        ]
        take_in(ProviderFactory(), records)
        yield dict(CoursePage.objects.live().values_list("pk", "provider_reference"))


def test_a_visitor_finds_what_the_questions_must_find(client, courses):
    """Read from the database, narrowed by what the question says of place and time, in the order of the list."""
    assert len(courses) == len(COURSES)
    missed = {}
    for question, wanted in QUESTIONS:
        found = found_by(QueryDict(urlencode({"text": question.removeprefix("=")})), TODAY)
        first = [courses[found.stock.keys[course]] for course in found.ordered()[:FIRST]]
        if not set(wanted.split(", ")) <= set(first):
            missed[question] = first
    assert missed == {}
    page = client.get("/kurse/", {"text": "Staplerschein bei Sulingen im Oktober"}).content.decode()
    assert "/kurse/gabelstapler-fahren/" in Markup(page).links
    assert all(chip in page for chip in ("27232 Sulingen", "Oktober 2027"))
