"""P4 after a restore: an older copy of the whole database is put back, and whoever was erased since stays erased."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import transaction

from booking import emails, tasks
from booking.enums import Status
from booking.models import Appointment
from booking.services.erase import erase_address, erase_data, erase_one
from booking.services.erasure_ledger import Erased, erased, note_missing
from booking.services.repeat_erasures import Repeated, repeat_erasures
from booking.services.request import withdraw_request
from foundation.models import OutgoingMail
from foundation.outbox.delivery import deliver_due
from tests.factories.accounts import administrator
from tests.factories.booking import AppointmentFactory
from tests.snapshots import snapshot_of_database

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
LATER = NOW + timedelta(days=3)


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.log"
    return settings.ERASURE_LEDGER


@pytest.fixture
def booked(transactional_db, now) -> Appointment:
    return AppointmentFactory(starts_at=NOW + timedelta(days=5), note="Ruft gern an")


def people() -> list[tuple[str, str, str, str]]:
    return list(Appointment.objects.order_by("pk").values_list("status", "name", "email", "note"))


def mails() -> list[tuple[str, str, str]]:
    return list(OutgoingMail.objects.order_by("kind").values_list("kind", "state", "recipient"))


ERASED = (Status.CANCELLED, "", "", "")


def test_p4_a_restored_backup_keeps_nobody_who_was_erased_after_it(booked, ledger, mailoutbox, capsys):
    emails.send_booked(booked, now=NOW)
    deliver_due(now=NOW)
    other = AppointmentFactory(starts_at=NOW + timedelta(days=6), name="Bo Bleibt", email="bo@bleibt.example")
    with snapshot_of_database("backup") as backup:
        erase_data(booked, now=NOW)
        deliver_due(now=NOW)
        told = len(mailoutbox)
        backup.restore()
        assert people()[0] == (Status.BOOKED, "Kim Muster", "kim.muster@firma.example", "Ruft gern an")

        call_command("repeat_erasures")
        assert capsys.readouterr().out == "Noch einmal gelöscht: Termine 1, weitere E-Mails 0.\n"
        assert people() == [ERASED, (Status.BOOKED, "Bo Bleibt", "bo@bleibt.example", other.note)]
        assert not [mail for mail in OutgoingMail.objects.filter(thread__startswith="firm:") if mail.message]
        deliver_due(now=LATER)
        assert len(mailoutbox) == told
        assert repeat_erasures(now=LATER) == Repeated(appointments=0, mails=0)
    assert "Kim" not in ledger.read_text()
    assert "firma" not in ledger.read_text()


def test_p4_whoever_forgets_the_command_is_helped_by_the_clean_up_of_the_night(booked):
    with snapshot_of_database("backup") as backup:
        erase_data(booked, now=NOW)
        backup.restore()
        tasks.apply_retention()
        assert people() == [ERASED]


def test_p4_all_that_was_kept_under_an_address_goes_again(booked, mailoutbox):
    """A reservation, a request that waits for its address, and a mail of an appointment that is no more."""
    held = {"status": Status.HELD, "hold_expires_at": LATER}
    AppointmentFactory(starts_at=NOW + timedelta(days=7), verification_sent_at=NOW, **held)
    emails.send_booked(booked, now=NOW)
    OutgoingMail.objects.filter(kind="firm_booked").update(thread=f"firm:{uuid4()}")
    deliver_due(now=NOW)
    with snapshot_of_database("backup") as backup:
        erase_address(booked.email, rows=Appointment.objects.all(), is_everything=True, actor=administrator(), now=NOW)
        after = people()
        backup.restore()
        assert repeat_erasures(now=NOW) == Repeated(appointments=2, mails=1)
        assert people() == after == [ERASED, (Status.EXPIRED, "", "", "")]
    assert [mail for mail in mails() if mail[2] == booked.email] == []


@pytest.mark.parametrize("status", [Status.HELD, Status.EXPIRED])
def test_p4_a_request_that_was_withdrawn_goes_again_in_time_to_confirm_or_not(transactional_db, status):
    """One that had run out in the backup kept its answers, and what its own firm withdrew was not noted at all."""
    runs_out = LATER if status == Status.HELD else None
    request = AppointmentFactory(status=status, verification_sent_at=NOW, hold_expires_at=runs_out)
    with snapshot_of_database("backup") as backup:
        withdraw_request(request, now=NOW)
        backup.restore()
        assert people()[0][2]
        assert repeat_erasures(now=NOW) == Repeated(appointments=1, mails=0)
        assert people() == [(Status.EXPIRED, "", "", request.note)]
        assert repeat_erasures(now=NOW) == Repeated(appointments=0, mails=0)


def test_a_request_that_its_firm_confirms_meanwhile_is_erased_as_an_appointment(booked):
    """It stayed, and was noted as erased: the next clean-up would have cancelled it and told nobody."""
    stale = Appointment.objects.get()
    stale.status, stale.verification_sent_at = Status.HELD, NOW
    erase_one(stale, now=NOW)
    assert people() == [ERASED]
    assert erased().appointments == {booked.uid}
    assert [kind for kind, *_ in mails()] == ["advisor_cancelled", "firm_cancelled"]


def test_what_a_crash_kept_from_the_ledger_is_noted_by_the_next_clean_up(booked, ledger):
    erase_data(booked, now=NOW)
    ledger.write_text(f"{NOW.isoformat()} termin {str(booked.uid)[:20]}")
    assert erased() == Erased(frozenset(), frozenset())
    assert note_missing(since=NOW - timedelta(days=1), now=LATER) == 1
    assert erased() == Erased(frozenset({booked.uid}), frozenset())
    assert note_missing(since=NOW - timedelta(days=1), now=LATER) == 0


def test_a_ledger_that_cannot_be_written_stops_no_erasure(booked, settings, tmp_path, caplog):
    settings.ERASURE_LEDGER = tmp_path / "missing" / "erasures.log"
    erase_data(booked, now=NOW)
    assert people() == [ERASED]
    assert [record.message for record in caplog.records] == ["The erasure ledger cannot be written"]


def test_what_is_rolled_back_is_not_noted(booked, ledger):
    with transaction.atomic():
        erase_data(booked, now=NOW)
        transaction.set_rollback(True)
    assert not ledger.exists()
