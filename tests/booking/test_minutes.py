"""Minutes worked out by the database, on both engines as in the domain."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection

from booking.domain.clock import minute_after, minute_of
from booking.minutes import MinuteAfter, MinuteOf, NoMinute
from booking.models import Appointment
from tests.factories.booking import AppointmentFactory

MOMENTS = [
    datetime(2026, 10, 25, 0, 59, 59, 999_999, tzinfo=UTC),
    datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 0, 0, 1, tzinfo=UTC),
    datetime(2027, 3, 28, 1, 30, 1, tzinfo=UTC),
    datetime(2028, 2, 29, 23, 59, 30, tzinfo=UTC),
]


@pytest.mark.django_db
@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_database_rounds_as_the_rules_do(moment):
    Appointment.objects.filter(pk=AppointmentFactory().pk).update(created_at=moment)
    found = Appointment.objects.values_list("created_at", MinuteOf("created_at"), MinuteAfter("created_at"))
    assert list(found) == [(moment, minute_of(moment), minute_after(moment))]


@pytest.mark.django_db
def test_no_minute_is_a_whole_number_and_calls_nothing_for_each_row():
    AppointmentFactory()
    assert list(Appointment.objects.values_list(NoMinute(), flat=True)) == [0]
    assert NoMinute().get_db_converters(connection) == []
