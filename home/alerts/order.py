"""The writers of orders: ask for one, confirm it, change and end it. Ended ones leave nothing behind."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count

from booking.services.erasure_ledger import note_erased_elsewhere, uids_in
from foundation.models import OutgoingMail, RetentionSettings
from foundation.outbox.queue import drop_waiting, enqueue
from foundation.outbox.retention import forget_thread
from home.alerts.letters import CONFIRM, DIGEST, confirm_letter
from home.alerts.links import LinkGone
from home.alerts.starts import note_open_starts
from home.domain.digests import next_digest
from home.models import AlertSubscriber, CourseAlert, OpenStart, SentForm
from home.sent_forms import FormRefused, check_age, is_first_sending, lock_names
from home.stamps import Stamp

MAILS_A_DAY = 3
"""So many mails an address may be sent to confirm orders: nobody's letter box is filled by others."""
MOST = 20
"""Orders of one address."""
LONGEST_SEARCH = 2000
"""Characters of its address: an entry of PostgreSQL's index holds 2,704 bytes (`one_alert_per_search`)."""
_AT_ONCE = 500
"""Names that one query may ask for."""
ERASED = "suchauftrag"
"""What stands before the `uid` of an order or an address in the ledger of erasures; must never change."""


class SearchTooLong(FormRefused):
    """More is chosen than an order can hold."""


@dataclass(frozen=True, slots=True)
class Order:
    """`query` and `words` as `searches.canonical` makes them."""

    email: str
    query: str
    words: str


def order_alert(order: Order, *, stamp: Stamp | None, network: str, now: datetime) -> None:
    """The answer is the same whatever is known of the address. Raises FormTooOld, SentTooFast, TooManyForms,
    SearchTooLong."""
    if len(order.query) > LONGEST_SEARCH:
        raise SearchTooLong
    checked = check_age(stamp, now=now)
    with transaction.atomic():
        if is_first_sending(checked, kind=SentForm.Kind.ALERT, network=network, now=now):
            write_order(order, now=now)


def write_order(order: Order, *, now: datetime) -> None:
    """In the caller's transaction; behind a guard of its own. Beyond the limits, and where such an order is confirmed,
    nothing happens; one that is not is sent its mail again and has its time anew."""
    subscriber = _subscriber_of(order.email.lower(), now=now)
    alerts = list(subscriber.alerts.all())
    known = next((alert for alert in alerts if alert.query == order.query), None)
    if (known and known.confirmed_at) or (known is None and len(alerts) >= MOST):
        return
    asked = OutgoingMail.objects.written_since(now - timedelta(days=1), thread=subscriber.thread, kind=CONFIRM)
    if asked.count() >= MAILS_A_DAY:
        return
    alert = known or CourseAlert(subscriber=subscriber, query=order.query, words=order.words)
    alert.created_at = now
    alert.save()
    enqueue(confirm_letter(alert), now=now)


def _subscriber_of(email: str, *, now: datetime) -> AlertSubscriber:
    """Held: whoever ends all orders of the address goes before or after, and what is gone by then begins anew."""
    lock_names(f"alerts.{email}")
    while True:
        subscriber, _ = AlertSubscriber.objects.get_or_create(email=email, defaults={"changed_at": now})
        held: AlertSubscriber | None = AlertSubscriber.objects.locked().filter(pk=subscriber.pk).first()
        if held:
            return held


def confirm_alert(alert: CourseAlert, *, rhythm: str, now: datetime) -> None:
    """Repeating it only sets the rhythm. What is open already is not told as new. Raises LinkGone."""
    with transaction.atomic():
        subscriber = _locked(alert.subscriber_id)
        if not OpenStart.objects.exists():
            note_open_starts(now=now)
        CourseAlert.objects.filter(pk=alert.pk, confirmed_at=None).update(confirmed_at=now, told_until=now)
        _set_rhythm(subscriber, rhythm, now=now)


def change_rhythm(subscriber: AlertSubscriber, *, rhythm: str, now: datetime) -> None:
    """Raises LinkGone."""
    with transaction.atomic():
        _set_rhythm(_locked(subscriber.pk), rhythm, now=now)


def _locked(number: int) -> AlertSubscriber:
    """Raises LinkGone where all orders were ended since the page was opened."""
    found: AlertSubscriber | None = AlertSubscriber.objects.locked().filter(pk=number).first()
    if found is None:
        raise LinkGone
    return found


def _set_rhythm(subscriber: AlertSubscriber, rhythm: str, *, now: datetime) -> None:
    subscriber.rhythm = rhythm
    subscriber.next_digest_at = next_digest(rhythm, now)
    subscriber.changed_at = now
    subscriber.save(update_fields=["rhythm", "next_digest_at", "changed_at"])


def end_alert(subscriber: AlertSubscriber, uid: uuid.UUID, *, now: datetime) -> None:
    """Another's order is not touched. With the last one the address goes, too."""
    with transaction.atomic():
        AlertSubscriber.objects.filter(pk=subscriber.pk).update(changed_at=now)
        if subscriber.alerts.filter(uid=uid).delete()[0]:
            note_erased_elsewhere(ERASED, [str(uid)], now=now)
        if not subscriber.alerts.exists():
            end_all(subscriber, now=now)


def end_all(subscriber: AlertSubscriber, *, now: datetime) -> None:
    """Takes back mails that wait, and empties those that have gone. A backup that is put back ends them again."""
    with transaction.atomic():
        if AlertSubscriber.objects.locked().filter(pk=subscriber.pk).first() is None:
            return
        note_erased_elsewhere(ERASED, [str(subscriber.uid)], now=now)
        _forget(subscriber, now=now)


def _forget(subscriber: AlertSubscriber, *, now: datetime) -> None:
    """Of one that is held, so that no order comes in between."""
    drop_waiting(subscriber.thread, kinds=(CONFIRM, DIGEST), now=now)
    forget_thread(subscriber.thread)
    AlertSubscriber.objects.filter(pk=subscriber.pk).delete()


def forget_unconfirmed_alerts(*, now: datetime) -> int:
    """Deletes orders that nobody has confirmed in the time of unconfirmed requests; how many."""
    limit = now - timedelta(hours=RetentionSettings.in_force().unconfirmed_hours)
    with transaction.atomic():
        held = [subscriber.pk for subscriber in AlertSubscriber.objects.locked().that_may_go(limit)]
        # Asked again: somebody may have confirmed, or ordered anew, while the rows were waited for.
        deleted, _ = CourseAlert.objects.unconfirmed_since(limit).filter(subscriber__in=held).delete()
        for subscriber in AlertSubscriber.objects.filter(pk__in=held).without_alerts():
            _forget(subscriber, now=now)
    return deleted


def erase_alerts_of(email: str, *, now: datetime) -> int:
    """Whatever is kept under an address (Art. 17 DSGVO); how many orders. One query where there are none."""
    subscriber = AlertSubscriber.objects.filter(email=email.lower()).annotate(number=Count("alerts")).first()
    if subscriber is None:
        return 0
    end_all(subscriber, now=now)
    return int(subscriber.number)


def erase_alerts_again(names: Collection[str], *, now: datetime) -> int:
    """What a backup brought back that was put back (P4); how many orders and addresses."""
    uids = sorted(uids_in(names))
    erased = 0
    for first in range(0, len(uids), _AT_ONCE):
        some = uids[first : first + _AT_ONCE]
        with transaction.atomic():
            ended = list(AlertSubscriber.objects.locked().filter(uid__in=some))
            for subscriber in ended:
                _forget(subscriber, now=now)
            erased += len(ended) + CourseAlert.objects.filter(uid__in=some).delete()[0]
    return erased
