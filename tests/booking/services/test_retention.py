"""Forgetting by the periods of the settings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from booking.enums import Status
from booking.models import Appointment
from booking.services.retention import PERSONAL_FIELDS, Forgotten, apply_retention, kept_until
from foundation.models import RetentionSettings
from tests.factories.booking import AppointmentFactory, ServiceFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
PLANTED = dict.fromkeys(PERSONAL_FIELDS, "Merkmal")


def days_ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def test_each_period_is_kept_to_the_day():
    RetentionSettings.objects.update_or_create(defaults={"cancelled_days": 30, "held_months": 12})
    cancelled = {"status": Status.CANCELLED, **PLANTED}
    due = [
        AppointmentFactory(cancelled_at=days_ago(30), **cancelled),
        AppointmentFactory(starts_at=days_ago(367), **PLANTED),
    ]
    kept = [
        AppointmentFactory(cancelled_at=days_ago(29.9), **cancelled),
        AppointmentFactory(starts_at=days_ago(364), **PLANTED),
    ]
    AppointmentFactory(status=Status.EXPIRED, changed_at=days_ago(1.1))
    fresh = AppointmentFactory(status=Status.EXPIRED, changed_at=days_ago(0.5))

    assert apply_retention(now=NOW) == Forgotten(anonymised=2, deleted=1)
    assert apply_retention(now=NOW) == Forgotten(anonymised=0, deleted=0)

    for appointment in due:
        nonce = appointment.link_nonce
        appointment.refresh_from_db()
        assert {getattr(appointment, name) for name in PERSONAL_FIELDS} == {""}
        assert (appointment.anonymised_at, appointment.postcode) == (NOW, "31785")
        assert appointment.link_nonce != nonce
    for appointment in kept:
        appointment.refresh_from_db()
        assert {getattr(appointment, name) for name in PERSONAL_FIELDS} == {"Merkmal"}
    assert Appointment.objects.filter(pk=fresh.pk).exists()


@pytest.mark.parametrize("change", [{}, {"status": Status.CANCELLED, "cancelled_at": days_ago(3)}])
def test_what_firms_are_told_is_when_the_clean_up_does_it(change):
    RetentionSettings.objects.update_or_create(defaults={"cancelled_days": 9, "held_months": 2})
    until = kept_until(AppointmentFactory(starts_at=days_ago(2), **change))
    assert apply_retention(now=until - timedelta(seconds=1)).anonymised == 0
    assert apply_retention(now=until).anonymised == 1


@pytest.mark.parametrize(("months", "forgotten"), [(None, 0), (1, 1), (2, 1), (3, 0), (12, 0)])
def test_a_service_has_a_period_of_its_own(months, forgotten):
    """P3: shorter or longer than the network's; the date that firms are told is the one that is kept."""
    RetentionSettings.objects.update_or_create(defaults={"held_months": 6})
    service = ServiceFactory(slug="eigen", name="Eigen", held_months=months)
    usual = AppointmentFactory(starts_at=days_ago(80))
    own = AppointmentFactory(starts_at=days_ago(70), service=service, advisor=usual.advisor)
    assert apply_retention(now=NOW).anonymised == forgotten
    own.refresh_from_db()
    usual.refresh_from_db()
    assert (own.anonymised_at is not None, usual.anonymised_at) == (bool(forgotten), None)
    assert (kept_until(own) <= NOW) is bool(forgotten)


def test_cancelled_ones_keep_the_period_of_the_network():
    RetentionSettings.objects.update_or_create(defaults={"cancelled_days": 9})
    service = ServiceFactory(slug="eigen", name="Eigen", held_months=120)
    AppointmentFactory(starts_at=days_ago(12), service=service, status=Status.CANCELLED, cancelled_at=days_ago(10))
    assert apply_retention(now=NOW).anonymised == 1


@pytest.mark.parametrize("services", [1, 3])
def test_services_of_the_same_period_share_their_queries(services, django_assert_num_queries):
    RetentionSettings.load()
    for number in range(services):
        ServiceFactory(slug=f"s{number}", name=f"S{number}", held_months=2)
    with django_assert_num_queries(13):
        apply_retention(now=NOW)
