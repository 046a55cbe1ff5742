"""What the export writes is read again without change."""

from __future__ import annotations

import io
from datetime import date, time, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from courses.catalogue.columns import COLUMNS
from courses.catalogue.course_values import COURSE_TEXTS
from courses.catalogue.lengths import RUN_TEXTS
from courses.catalogue.opening import open_file
from courses.catalogue.records import CourseRecord, RunRecord
from courses.catalogue.values.words import FORMATS, LANGUAGES, PARTS_OF_DAY, STATES
from courses.catalogue.writing import HEADINGS, write_cells
from foundation.spreadsheets import MARK, csv_line
from tests.courses.catalogue.reading import TODAY

SIGNS = "abzÄöß09 .,;:!?()/%=+-@'\"„“–&€#*_|"
"""With all that begins a formula, ends a cell or parts a list. Signs of HTML are read as such, see `markup`."""


def is_kept(text: str) -> bool:
    """Blanks and entities are what no course has: editors' fields take the first off, readers the second out."""
    return text == " ".join(text.split()) and "&" not in text.replace("& ", "").removesuffix("&")


def lines(limit: int, *, least: int = 0) -> st.SearchStrategy[str]:
    text = st.text(SIGNS, min_size=least, max_size=min(limit, 40)).map(lambda each: " ".join(each.split()))
    return text.filter(lambda each: len(each) >= least and is_kept(each))


NAMES = lines(30, least=1).map(lambda each: " ".join(each.translate(str.maketrans(";|", "  ")).split())).filter(bool)
NAME_LISTS = st.lists(NAMES, max_size=3, unique=True).map(tuple)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
COUNTS = st.none() | st.integers(0, 32_767)
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
AMOUNTS = st.decimals(Decimal("0.01"), Decimal("99989.00"), places=2)


@st.composite
def prices(draw, *, unset=()):
    state = draw(st.sampled_from(["amount", "from", "free", "on_request", "unknown", *unset]))
    return {"price_state": state, "price": draw(AMOUNTS) if state in {"amount", "from"} else None}


@st.composite
def runs(draw):
    first = draw(DAYS)
    last = draw(st.none() | st.integers(1, 90).map(lambda number: first + timedelta(days=number)))
    met = draw(st.sets(st.integers(0, (last - first).days if last else 0), max_size=5))
    clocks = sorted(draw(st.sets(CLOCKS, min_size=2, max_size=2))) if draw(st.booleans()) else (None, None)
    least, most = draw(COUNTS), draw(COUNTS)
    if least is not None and most is not None:
        least, most = sorted((least, most))
    taken = draw(COUNTS if most is None else st.none() | st.integers(0, most))
    return RunRecord(
        first,
        last,
        **{name: draw(lines(limit)) for name, (_, limit) in RUN_TEXTS.items()},
        **draw(prices(unset=[""])),
        reference=draw(lines(80)),
        registration_until=draw(st.none() | DAYS),
        days=tuple(first + timedelta(days=number) for number in sorted(met)),
        start_time=clocks[0],
        end_time=clocks[1],
        postcode=draw(st.just("") | st.from_regex(r"[0-9]{5}", fullmatch=True)),
        step_free=draw(st.booleans()),
        seats_min=least,
        seats_max=most,
        seats_taken=taken,
        status=draw(st.sampled_from(list(STATES))),
        guaranteed=draw(st.booleans()),
    )


@st.composite
def courses(draw):
    texts = {name: draw(lines(limit, least=int(name == "title"))) for name, (_, limit) in COURSE_TEXTS.items()}
    found = draw(st.lists(runs(), max_size=3))
    days = {run.starts_on: run for run in found}
    return CourseRecord(
        **texts,
        **draw(prices()),
        place="",
        reference=draw(lines(80, least=1)),
        provider=draw(lines(60)),
        contents=draw(
            st.sampled_from(["", "<p>Recht &amp; Technik</p><ul><li>= 1</li><li>+49</li></ul>", "<h3>A</h3><p>b</p>"])
        ),
        topics=draw(NAME_LISTS),
        target_groups=draw(NAME_LISTS),
        funding_kinds=draw(NAME_LISTS),
        format=draw(st.sampled_from(list(FORMATS))),
        part_of_day=draw(st.sampled_from(["", *PARTS_OF_DAY])),
        flexible_start=draw(st.booleans()),
        teaching_units=draw(COUNTS),
        duration_hours=draw(COUNTS),
        duration_weeks=draw(COUNTS),
        language=draw(st.sampled_from(list(LANGUAGES))),
        language_level=draw(st.sampled_from(["", "A1", "B2", "C2"])),
        barrier_free=draw(st.booleans()),
        dqr_level=draw(st.none() | st.integers(1, 8)),
        inhouse_possible=draw(st.booleans()),
        contact_email=draw(st.sampled_from(["", "kurse@akademie.example"])),
        contact_phone=draw(st.sampled_from(["", "+49 5021 1234-56", "(0421) 55 / 66 77"])),
        booking_link=draw(st.sampled_from(["", "https://akademie.example/kurs?id=1&b=2"])),
        runs=tuple({run.reference or run.starts_on: run for run in days.values()}.values()),
    )


def written(*records: CourseRecord) -> bytes:
    rows = [HEADINGS, *(row for record in records for row in write_cells(record))]
    return (MARK + "".join(map(csv_line, rows))).encode()


def read_again(content: bytes) -> list[CourseRecord]:
    found = open_file(io.BytesIO(content), today=TODAY)
    assert found.facts.format == "CSV mit Semikolon, UTF-8"
    return list(found.entries)


def values(record: CourseRecord | RunRecord) -> dict:
    left_out = {"place", "said", "notices", "runs", "rows"}
    return {name: getattr(record, name) for name in record.__dataclass_fields__ if name not in left_out}


@settings(max_examples=25)
@given(courses())
def test_what_is_written_is_read_again(record):
    (again,) = read_again(written(record))
    assert values(again) == values(record)
    assert [values(run) for run in again.runs] == [values(run) for run in record.runs]
    assert again.notices == ()


def test_file_speaks_of_every_field():
    """And an empty cell empties it, apart from those that a course must have."""
    (again,) = read_again(written(CourseRecord("1", "Kurs", "", part_of_day="evening")))
    fields = {field for column in COLUMNS if not column.is_of_run for field in column.fields}
    assert again.said == fields - {"provider"} | {"runs"}


def test_nothing_in_the_file_is_calculated():
    record = CourseRecord("=1+1", "@SUM(A1)", "", contact_phone="+49 5021 1", topics=("-a", "+b"), summary='"=1;=2')
    text = written(record).decode("utf-8-sig")
    assert [cell for cell in text.split('";"') if cell and cell[0] in "=+@-"] == []
    for cell in ("'=1+1", "'@SUM(A1)", "'+49 5021 1", "'-a;' +b", "'\"\"=1;'=2"):
        assert cell in text
    assert values(*read_again(written(record))) == values(record)


def test_several_courses_stay_apart():
    records = [
        CourseRecord("A", "Kurs", "", runs=(RunRecord(date(2027, 1, 5), start_time=time(9), end_time=time(12)),)),
        CourseRecord("B", "Kurs", "", price_state="amount", price=Decimal("1249.50")),
    ]
    assert list(map(values, read_again(written(*records)))) == list(map(values, records))
