"""The model field: a rule of the database is read when somebody looks at it."""

from __future__ import annotations

from datetime import date

import pytest
import recurrence

from booking.models import AvailabilityRule, Closure
from foundation.recurrences import fields
from foundation.recurrences.fields import text_of
from foundation.recurrences.text import as_text, parse
from tests.factories.booking import AvailabilityRuleFactory, ClosureFactory

pytestmark = pytest.mark.django_db

TUESDAYS, FRIDAYS = "RRULE:FREQ=WEEKLY;BYDAY=TU", "RRULE:FREQ=WEEKLY;BYDAY=FR"
FIRST, LAST = date(2026, 11, 23), date(2026, 11, 29)


@pytest.fixture
def rule():
    return AvailabilityRule.objects.get(pk=AvailabilityRuleFactory(days=parse(TUESDAYS)).pk)


def test_its_days_are_known_without_reading_it(rule, monkeypatch):
    monkeypatch.setattr(fields, "parse", None)
    monkeypatch.setattr(fields, "as_text", None)
    assert rule.days_between(FIRST, LAST) == (date(2026, 11, 24),)
    assert text_of(rule, "days") == TUESDAYS


def test_whoever_looks_gets_rules(rule):
    assert rule.days == parse(TUESDAYS)
    assert rule.days is rule.days
    assert as_text(rule.days) == text_of(rule, "days") == TUESDAYS


def test_what_is_changed_counts_at_once_and_is_stored(rule):
    rule.days.rrules = [recurrence.Rule(recurrence.WEEKLY, byday=[recurrence.FR])]
    assert rule.days_between(FIRST, LAST) == (date(2026, 11, 27),)
    rule.save()
    rule.refresh_from_db()
    assert (text_of(rule, "days"), rule.days_between(FIRST, LAST)) == (FRIDAYS, (date(2026, 11, 27),))


def test_what_nobody_looked_at_is_stored_as_it_was(rule):
    rule.save()
    assert list(AvailabilityRule.objects.values_list("days", flat=True)) == [TUESDAYS]


def test_a_closure_without_a_rule_has_none():
    closure = Closure.objects.get(pk=ClosureFactory(first_day=FIRST, last_day=FIRST).pk)
    assert (closure.recurs, closure.days_between(FIRST, LAST)) == (False, (FIRST,))


def test_without_an_object_it_is_the_attribute_of_its_class():
    assert AvailabilityRule.days.field is AvailabilityRule._meta.get_field("days")
