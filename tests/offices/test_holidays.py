"""On which public holidays an office is closed."""

from __future__ import annotations

from datetime import date

import holidays
import pytest
from django.urls import reverse

from offices.holidays import KEPT_BY_CUSTOM, PublicHoliday, days_closed, holidays_in_law
from tests.factories.accounts import administrator, client_of
from tests.factories.offices import OfficeFactory


@pytest.mark.parametrize("year", [2008, 2024, 2026, 2027, 2028, 2040])
def test_an_office_starts_with_the_holidays_of_the_law(year):
    in_law = holidays.Germany(subdiv="NI", years=year, language="de")
    assert set(days_closed(holidays_in_law(), range(year, year + 1))) == set(in_law)


@pytest.mark.parametrize(
    ("year", "corpus_christi"), [(2026, date(2026, 6, 4)), (2027, date(2027, 5, 27)), (2028, date(2028, 6, 15))]
)
def test_the_two_days_of_custom_come_from_the_library(year, corpus_christi):
    closed = days_closed(PublicHoliday.values, range(year, year + 1))
    assert closed[corpus_christi] == "Fronleichnam"
    assert closed[date(year, 11, 1)] == "Allerheiligen"
    assert len(closed) == len(PublicHoliday)


def test_a_single_holiday_can_be_kept_open():
    kept = [code for code in holidays_in_law() if code != PublicHoliday.REFORMATION]
    closed = days_closed(kept, range(2026, 2028))
    assert date(2026, 10, 31) not in closed
    assert closed[date(2027, 10, 3)] == "Tag der Deutschen Einheit"


def test_two_holidays_on_one_day_both_count():
    may_first = date(2008, 5, 1)
    assert days_closed([PublicHoliday.ASCENSION], range(2008, 2009))[may_first] == "Christi Himmelfahrt"
    assert days_closed([PublicHoliday.LABOUR_DAY], range(2008, 2009))[may_first] == "Erster Mai"


def test_a_holiday_unknown_here_closes_everybody():
    """Reformation Day was one for the whole country in 2017, before it came to Lower Saxony."""
    assert days_closed([], range(2026, 2027)) == {}
    names = {
        name for year in range(2018, 2060) for name in days_closed(PublicHoliday.values, range(year, year + 1)).values()
    }
    assert names == set(PublicHoliday.labels)


@pytest.mark.django_db
def test_the_form_starts_with_the_law_and_saves_the_choice():
    office = OfficeFactory()
    assert set(office.holidays) == set(PublicHoliday.values) - set(KEPT_BY_CUSTOM)
    client = client_of(administrator())
    page = client.get(reverse("bueros:edit", args=[office.pk])).content.decode()
    assert "An diesen Feiertagen geschlossen" in page
    assert page.count('name="holidays"') == len(PublicHoliday)
    office.holidays = ["all_saints", "new_year", "no such day"]
    office.save()
    office.refresh_from_db()
    assert office.holidays == ["new_year", "all_saints"]
    assert office.holidays_of(range(2026, 2027)) == {
        date(2026, 1, 1): "Neujahr",
        date(2026, 11, 1): "Allerheiligen",
    }
