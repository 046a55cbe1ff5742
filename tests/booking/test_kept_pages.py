"""Kept pages that tell free times: none outlives a booking, a cancellation, a reservation or a minute of notice."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from booking.enums import Status
from booking.models import Appointment
from tests.factories.booking import AppointmentFactory, ClosureFactory
from tests.factories.home import OfficeIndexPageFactory, OfficePageFactory, StandardPageFactory, new_site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule", "kept_pages")]
NINE, TEN = datetime(2026, 11, 24, 8, tzinfo=UTC), datetime(2026, 11, 24, 9, tzinfo=UTC)
FIRST, HALF_PAST, SECOND = "2026-11-24T09:00+01:00", "2026-11-24T09:30+01:00", "2026-11-24T10:00+01:00"


@pytest.fixture
def pages(office, committed) -> tuple[str, str]:
    with committed():
        home = new_site()
        StandardPageFactory(parent=home, slug="text")
        page = OfficePageFactory(parent=OfficeIndexPageFactory(parent=home), office=office)
    return "/", page.url


@pytest.fixture
def shown(client, pages, django_assert_num_queries):
    """What both pages tell, anew and kept."""

    def ask() -> str:
        found = set()
        for address in pages:
            fresh = client.get(address).content
            with django_assert_num_queries(0):
                assert client.get(address).content == fresh
            found.add(re.search(r'<time class="next-free__time" datetime="([^"]*)"', fresh.decode())[1])
        assert len(found) == 1
        return found.pop()

    return ask


def held(advisor):
    expires = datetime(2026, 11, 23, 7, 0, 20, tzinfo=UTC)
    return AppointmentFactory(advisor=advisor, starts_at=NINE, status=Status.HELD, hold_expires_at=expires, visit="one")


def test_booking_and_cancelling(shown, advisor, committed):
    assert shown() == FIRST
    with committed():
        AppointmentFactory(advisor=advisor, starts_at=NINE)
    assert shown() == SECOND
    with committed():
        Appointment.objects.update(status=Status.CANCELLED)
    assert shown() == FIRST


def test_holding_and_a_hold_that_runs_out(shown, now, advisor, committed):
    assert shown() == FIRST
    with committed():
        held(advisor)
    assert shown() == SECOND
    now.shift(19)
    assert shown() == SECOND
    now.shift(1)
    assert shown() == FIRST


def test_closing(shown, office, committed):
    assert shown() == FIRST
    with committed():
        ClosureFactory(office=office, first_day=date(2026, 11, 24))
    assert shown() == "2026-11-25T09:00+01:00"


def test_a_time_that_passes_its_notice(shown, now):
    now.move_to(datetime(2026, 11, 23, 7, 59, 40, tzinfo=UTC))
    assert shown() == FIRST
    now.shift(20)
    assert shown() == FIRST, "24 hours to the second still keep the notice"
    now.shift(1)
    assert shown() == HALF_PAST


def test_working_days_of_notice_that_pass_at_five_o_clock(shown, now, service, committed):
    with committed():
        service.notice_working_days = 1
        service.save()
    now.move_to(datetime(2026, 11, 23, 15, 59, 40, tzinfo=UTC))
    assert shown() == FIRST
    now.shift(20)
    assert shown() == "2026-11-25T09:00+01:00"


def test_a_day_that_comes_into_the_horizon_at_midnight(client, pages, now, service, rule, committed):
    with committed():
        service.horizon_days = 2
        service.save()
        rule.valid_from = date(2026, 11, 26)
        rule.save()
    now.move_to(datetime(2026, 11, 23, 22, 59, 50, tzinfo=UTC))
    assert "2026-11-26T09:00+01:00" not in client.get("/").content.decode()
    now.shift(10)
    assert "2026-11-26T09:00+01:00" in client.get("/").content.decode()


def test_a_service_that_is_given_up(client, pages, service, committed):
    assert "next-free__time" in client.get("/").content.decode()
    with committed():
        service.is_active = False
        service.save()
    assert "next-free__time" not in client.get("/").content.decode()


def test_a_page_without_times_outlives_a_booking(client, pages, advisor, committed, django_assert_num_queries):
    client.get("/text/")
    with committed():
        AppointmentFactory(advisor=advisor, starts_at=TEN)
    with django_assert_num_queries(0):
        client.get("/text/")
