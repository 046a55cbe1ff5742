"""Threads of mails from before each advisor had one of her own."""

from __future__ import annotations

from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps

from booking.emails import send_booked
from booking.health.waiting import waiting_appointments
from booking.models import Outage
from booking.threads import advisor_of, advisor_thread, appointment_of, firm_thread
from foundation.models import OutgoingMail
from tests.booking.conftest import NOW
from tests.factories.booking import AppointmentFactory

pytestmark = pytest.mark.django_db
migration = import_module("booking.migrations.0044_threads_of_each_advisor")


def test_a_thread_tells_what_it_is_about_and_whose_it_is():
    appointment = AppointmentFactory()
    for thread, advisor in ((firm_thread(appointment), None), (advisor_thread(appointment), appointment.advisor_id)):
        assert (appointment_of(thread), advisor_of(thread)) == (appointment.uid, advisor)
        set_aside = f"{thread}:2"  # of a former address
        assert (appointment_of(set_aside), advisor_of(advisor_thread(appointment))) == (
            appointment.uid,
            appointment.advisor_id,
        )


def test_a_refused_mail_of_the_release_before_is_shown_to_whom_it_went():
    """Written after the migration, by a web process that still ran: all pages that count what waits answered 500."""
    appointment = AppointmentFactory()
    send_booked(appointment, now=NOW)
    mails = OutgoingMail.objects.filter(thread=advisor_thread(appointment))
    mails.update(thread=f"advisor:{appointment.uid}", state="failed", finished_at=NOW, attempts=1)
    (lacking,) = [each for each in waiting_appointments([appointment.advisor_id], now=NOW) if each.is_given_up]
    assert (lacking.advisor_id, lacking.what) == (appointment.advisor_id, "E-Mail an die Beratung")


def test_threads_of_before_get_the_advisor_who_has_the_appointment_and_lose_her_again():
    appointment, gone = AppointmentFactory(), uuid4()
    send_booked(appointment, now=NOW)
    send_booked(AppointmentFactory(uid=gone, advisor__slug="ben"), now=NOW)
    old = f"advisor:{appointment.uid}"
    Outage.objects.create(advisor=appointment.advisor, channel="mail", key=old, began_at=NOW, told_at=NOW)
    threads = set(OutgoingMail.objects.values_list("thread", flat=True))
    migration.forget_the_advisor(apps, None)
    assert set(OutgoingMail.objects.exclude(thread__startswith="firm:").values_list("thread", flat=True)) <= {
        old,
        f"advisor:{gone}",
    }
    migration.name_the_advisor(apps, None)
    assert set(OutgoingMail.objects.values_list("thread", flat=True)) == threads
    assert Outage.objects.get().key == f"{old}:{appointment.advisor_id}"


def test_outages_of_two_advisors_lose_their_names_without_becoming_one():
    """To forget the names broke the key that knows one open outage of a thing."""
    appointment, colleague = AppointmentFactory(), AppointmentFactory(advisor__slug="ben").advisor
    thread = f"advisor:{appointment.uid}"
    for advisor, key in ((colleague, f"{thread}:{colleague.pk}"), (appointment.advisor, advisor_thread(appointment))):
        Outage.objects.create(advisor=advisor, channel="mail", key=key, began_at=NOW, told_at=NOW)
    migration.forget_the_advisor(apps, None)
    assert list(Outage.objects.order_by("pk").values_list("key", "advisor", "over_at")) == [
        (thread, colleague.pk, NOW),
        (thread, appointment.advisor_id, None),
    ]
