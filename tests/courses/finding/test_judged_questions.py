"""Questions as people ask them, and the courses that must be among the first five."""

from __future__ import annotations

from pathlib import Path

from courses.finding.first_synonyms import FIRST_SYNONYMS
from courses.finding.forms import weighed_words
from courses.finding.index import WordIndex
from courses.finding.synonyms import Thesaurus
from tests.courses.finding.asking import asked_in

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
