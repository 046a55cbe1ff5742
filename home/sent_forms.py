"""What every form of the site asks before it is taken: is it ours, is it new, are there too many from there."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from booking.models import BookingSettings
from foundation.models import RetentionSettings
from home.models import SentForm
from home.stamps import Stamp

PER_HOUR = 5
"""Forms of one kind that one network may send; several people behind one line share them."""


class FormRefused(Exception):
    """Nothing was taken."""


class FormTooOld(FormRefused):
    """The form has no stamp of ours, or one whose time is over."""


class SentTooFast(FormRefused):
    """Faster than the booking's settings allow a person to be."""


class TooManyForms(FormRefused):
    """From this network, within an hour."""


def check_age(stamp: Stamp | None, *, now: datetime) -> Stamp:
    """Raises FormTooOld."""
    life = timedelta(hours=RetentionSettings.in_force().form_hours)
    if stamp is None or not now - life < stamp.shown_at <= now + timedelta(minutes=5):
        raise FormTooOld
    return stamp


def is_first_sending(stamp: Stamp, *, kind: str, network: str, now: datetime) -> bool:
    """False for a form that was taken before. Keeps its trace in the caller's transaction. Raises SentTooFast,
    TooManyForms."""
    lock_names(stamp.key, network)
    if SentForm.objects.filter(key=stamp.key).exists():
        return False
    if now - stamp.shown_at < timedelta(seconds=BookingSettings.in_force().seconds_to_fill_in):
        raise SentTooFast
    if SentForm.objects.of_network_since(network, now - timedelta(hours=1), kind=kind).count() >= PER_HOUR:
        raise TooManyForms
    SentForm.objects.create(key=stamp.key, kind=kind, network=network, sent_at=now)
    return True


def forget_sent_forms(*, now: datetime) -> int:
    """Deletes the traces whose period is over; how many."""
    limit = now - timedelta(hours=RetentionSettings.in_force().form_hours)
    return SentForm.objects.filter(sent_at__lte=limit).delete()[0]


def lock_names(*names: object) -> None:
    """Sendings of one form, which may come through two networks, and forms of one network go one after the other.

    SQLite's transaction does it. Everybody names them in the same order, so that none waits in a circle.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for name in names:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"home.message.{name}"])
