"""The gap view: what is needed and not there, by topic or word, district and month."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from courses.finding.forms import COURSE, Word, is_small, words_of
from home.demand.report import OFTEN
from home.models import CourseDemand, UnmetWord

ANYWHERE = "ohne Ort"
BEYOND = "außerhalb"


@dataclass(frozen=True, slots=True)
class Gap:
    """`month` is its first day; `needs` are the texts, the newest first."""

    subject: str
    district: str
    month: date
    number: int
    people: int
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordInVain:
    stem: str
    district: str
    number: int


def demands(since: date, district: str = "") -> list[CourseDemand]:
    """One query; the newest first. `district` is a slug."""
    found = CourseDemand.objects.since(since).for_report()
    return list(found.in_district(district) if district else found)


def gaps(found: Sequence[CourseDemand]) -> list[Gap]:
    """Those that most people told of first, then the newest."""
    grouped: dict[tuple[str, str, date], list[CourseDemand]] = defaultdict(list)
    for demand, subject in zip(found, subjects(found), strict=True):
        grouped[subject, district_name(demand), demand.reported_on.replace(day=1)].append(demand)
    listed = [
        Gap(*key, len(rows), sum(row.people for row in rows), tuple(dict.fromkeys(row.need for row in rows)))
        for key, rows in grouped.items()
    ]
    return sorted(listed, key=lambda gap: (-gap.number, -gap.people, -gap.month.toordinal(), gap.subject, gap.district))


def subjects(found: Sequence[CourseDemand]) -> list[str]:
    """The topic of each; without one the word of its text that most of the others say, too."""
    telling = [[] if demand.topic else _telling(demand.need) for demand in found]
    often = Counter(stem for words in telling for stem in {word.stem for word in words})
    shown: dict[str, str] = {}
    named = []
    for demand, words in zip(found, telling, strict=True):
        if demand.topic:
            named.append(demand.topic.name)
        elif words:
            word = min(words, key=lambda word: (-often[word.stem], word.start))
            named.append(shown.setdefault(word.stem, word.text))
        else:
            named.append("ohne Stichwort")
    return named


def _telling(text: str) -> list[Word]:
    return [word for word in words_of(text) if not (is_small(word.text) or word.stem in COURSE) and word.stem.isalpha()]


def district_name(demand: CourseDemand) -> str:
    if demand.district:
        return demand.district.name
    return BEYOND if demand.postcode else ANYWHERE


def words_in_vain(since: date, district: str = "") -> list[WordInVain]:
    """Only words that were asked for often, wherever. Two queries."""
    found = UnmetWord.objects.since(since).filter(stem__in=UnmetWord.objects.asked_often(OFTEN))
    rows: Iterable[tuple[str, str | None, int]] = (found.in_district(district) if district else found).by_district()
    return [WordInVain(stem, name or ANYWHERE, number) for stem, name, number in rows]
