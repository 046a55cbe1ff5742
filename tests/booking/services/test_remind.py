"""Reminders: once for each time, none for the past, none for what is off (F17), and the answer to them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from threading import Barrier, Thread

import pytest
from django.db import connection
from django_q.models import Schedule

from booking.domain.errors import AlreadyCancelled, AppointmentChanged, AppointmentOver
from booking.enums import Status
from booking.models import Appointment
from booking.services.cancel import cancel_appointment
from booking.services.move import move_appointment
from booking.services.remind import confirm_appointment, send_reminders
from foundation.models import OutgoingMail
from mehrwert.jobs import schedule_jobs
from tests.factories.booking import AppointmentFactory
from tests.factories.offices import AdvisorFactory

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
DUE = NINE - timedelta(days=1)


@pytest.fixture
def booked(advisor, service, rule) -> Appointment:
    return AppointmentFactory(advisor=advisor, service=service, starts_at=NINE)


def reminders(**states):
    return list(
        OutgoingMail.objects.filter(kind="firm_reminder", **states)
        .order_by("created_at")
        .values_list("state", flat=True)
    )


def test_a_reminder_goes_out_once_however_often_and_late_the_job_runs(booked):
    assert send_reminders(now=DUE - timedelta(minutes=1)) == 0
    assert [send_reminders(now=DUE + timedelta(minutes=late)) for late in (0, 0, 5, 600, 1439)] == [1, 0, 0, 0, 0]
    booked.refresh_from_db()
    assert (booked.reminded_for, booked.awaits_answer, reminders()) == (NINE, True, ["waiting"])


def test_a_job_late_by_hours_still_reminds_and_none_is_written_for_the_past(booked):
    assert send_reminders(now=NINE - timedelta(minutes=1)) == 1
    AppointmentFactory(starts_at=NINE - timedelta(days=1))
    assert send_reminders(now=NINE) == 0


def test_the_letter_names_the_appointment_and_has_three_ways_on(booked):
    send_reminders(now=DUE)
    mail = OutgoingMail.objects.get()
    message = message_from_bytes(bytes(mail.message), policy=policy.default)
    assert message["Subject"] == "Ihr Termin am 24.11.2026 steht bevor"
    text, html = (message.get_body([kind]).get_content() for kind in ("plain", "html"))
    assert (mail.recipient, mail.thread) == ("kim.muster@firma.example", f"firm:{booked.uid}")
    for letter in (text, html):
        assert "Dienstag, 24. November 2026, 9:00 bis 10:00 Uhr" in letter
        assert "Eine Liste Ihrer Fragen." in letter
        assert set(re.findall(r"/termin/(\w+)/", letter)) == {"zusagen", "verschieben", "absagen", "daten"}
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize(
    "change",
    [
        {"status": Status.CANCELLED},
        {"status": Status.HELD, "hold_expires_at": NINE},
        {"email": ""},
        {"changed_at": DUE - timedelta(hours=1)},
    ],
    ids=["cancelled", "only reserved", "without address", "just booked"],
)
def test_none_where_it_makes_no_sense(booked, change):
    Appointment.objects.update(**change)
    assert send_reminders(now=DUE) == 0


def test_a_service_may_do_without(booked, service):
    service.reminder_hours = 0
    service.save()
    assert send_reminders(now=DUE) == 0


def test_a_moved_appointment_is_reminded_of_its_new_time_and_asked_anew(booked):
    send_reminders(now=DUE)
    confirm_appointment(booked, sequence=0, now=DUE)
    later = NINE + timedelta(days=2)
    moved = move_appointment(booked, starts_at=later, sequence=0, now=DUE)
    assert (moved.confirmed_at, moved.awaits_answer, reminders()) == (None, False, ["dropped"])
    assert send_reminders(now=DUE) == 0
    assert send_reminders(now=later - timedelta(days=1)) == 1
    assert reminders() == ["dropped", "waiting"]


def test_a_waiting_reminder_of_a_cancelled_appointment_is_taken_back(booked):
    send_reminders(now=DUE)
    cancel_appointment(booked, now=DUE)
    assert reminders() == ["dropped"]
    assert send_reminders(now=DUE) == 0


def test_a_reminder_that_waited_for_its_server_too_long_is_taken_back(booked):
    send_reminders(now=DUE)
    send_reminders(now=NINE - timedelta(minutes=1))
    assert reminders() == ["waiting"]
    send_reminders(now=NINE)
    assert reminders() == ["dropped"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_one_reminder_each(booked, service):
    for _ in range(3):
        AppointmentFactory(advisor=AdvisorFactory(office=booked.office), service=service, starts_at=NINE)
    start, written = Barrier(2), []

    def work() -> None:
        start.wait()
        written.append(send_reminders(now=DUE))
        connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert (sum(written), len(reminders())) == (4, 4)


def test_the_first_answer_counts_and_nobody_is_written_to(booked):
    confirm_appointment(booked, sequence=0, now=DUE)
    confirm_appointment(booked, sequence=0, now=DUE + timedelta(hours=1))
    booked.refresh_from_db()
    assert (booked.confirmed_at, booked.awaits_answer, OutgoingMail.objects.count()) == (DUE, False, 0)


def test_answers_to_another_time_too_late_or_after_a_cancellation_are_refused(booked):
    with pytest.raises(AppointmentChanged):
        confirm_appointment(booked, sequence=1, now=DUE)
    with pytest.raises(AppointmentOver):
        confirm_appointment(booked, sequence=0, now=NINE)
    cancel_appointment(booked, now=DUE)
    with pytest.raises(AlreadyCancelled):
        confirm_appointment(booked, sequence=1, now=DUE)
    assert Appointment.objects.get().confirmed_at is None


def test_the_worker_does_it_every_five_minutes():
    schedule_jobs(DUE)
    assert Schedule.objects.get(name="An Termine erinnern").minutes == 5
