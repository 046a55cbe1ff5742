"""What becomes of a value when the last import, the editors and a file have a say. Without a database."""

from __future__ import annotations

from datetime import date

import pytest

from courses.importing.merging import matched, merged
from courses.importing.values import RUN_FIELDS, RUNS, Values, days_value

TODAY = date(2026, 11, 16)
EMPTY: Values = dict.fromkeys(RUN_FIELDS, "") | {"ends_on": None, "step_free": False, "price": ["", None]}


def run(pk: int | None, starts_on: str = "2027-01-12", **values: object) -> Values:
    return {**EMPTY, "pk": pk, "starts_on": starts_on, "status": "planned", **values}


@pytest.mark.parametrize(
    ("written", "present", "said", "after", "kept"),
    [
        ({"summary": "A"}, "A", "B", {"summary": "B"}, []),
        ({"summary": "A"}, "C", "B", {}, [["summary", "C", "B"]]),
        ({"summary": "A"}, "C", "C", {}, []),
        ({}, "C", "B", {}, [["summary", "C", "B"]]),
        ({}, "", "B", {"summary": "B"}, []),
    ],
    ids=["the file wins", "editors win", "they agree", "made by hand", "nobody has said anything"],
)
def test_whose_value_it_is(written, present, said, after, kept):
    found = merged(written, {"summary": present, RUNS: []}, {"summary": said}, today=TODAY)
    assert (found.after, found.kept) == (after, kept)


def dates(written: list[Values], present: list[Values], wanted: list[Values]) -> tuple[object, list[object]]:
    """Those afterwards if any changed, and what editors have said otherwise beside what the file says."""
    found = merged({RUNS: written}, {RUNS: present}, {RUNS: wanted}, today=TODAY)
    return found.after.get(RUNS), found.kept


def test_date_that_the_file_has_no_more_goes_and_one_that_editors_added_stays():
    added = run(2, "2027-02-01")
    assert dates([run(1)], [run(1), added], []) == ([added], [])


def test_date_that_editors_took_out_stays_out():
    assert dates([run(1)], [], [run(None)]) == (None, [[RUNS, [], [run(None)]]])


def test_of_a_date_that_editors_changed_the_rest_follows_the_file():
    theirs = run(1, town="Syke")
    file = run(None, town="Hoya", seats_max=8)
    assert dates([run(1)], [theirs], [file]) == ([run(1, town="Syke", seats_max=8)], [[RUNS, [theirs], [file]]])


def test_single_days_and_the_rule_that_names_them_are_the_same():
    weekly = run(1, ends_on="2027-01-26", days="RRULE:FREQ=WEEKLY")
    days = tuple(date(2027, 1, day) for day in (12, 19, 26))
    listed = run(None, ends_on="2027-01-26", days=days_value(days))
    assert dates([], [weekly], [listed]) == (None, [])


def test_dates_are_found_again_by_number_place_and_beginning_in_this_order():
    numbered, placed, begun = run(1, provider_reference="T-1"), run(2, town="Hoya"), run(3, town="Syke")
    new = [
        run(None, town="Anderswo"),
        run(None, town="Hoya"),
        run(None, "2027-05-01", provider_reference="T-1"),
        run(None),
    ]
    found = matched([numbered, placed, begun], new)
    assert [old and old["pk"] for old, _ in found] == [3, 2, 1, None]
