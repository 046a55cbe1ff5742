"""One process of the storm: random steps through the services of the booking, and a journal of what it was told.

    python -m tests.processes.storm '{"seed": 1, "steps": 1250, "began": 1795000000.0, "speed": 60, "journal": "…"}'

All processes share a clock that runs `speed` times as fast, so that reservations run out while the storm blows. A
refusal of the rules is an answer; anything else ends the process with a traceback. With `"spoiled": true` it
breaks what the booking rests on, so that the checks after the storm can prove that they notice.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import django

FIRM_POSTCODES = ("31785", "31789", "31812", "37603", "31675")


class Storm:
    """`told` is the last thing that the services said of each appointment: its start, or None once cancelled."""

    def __init__(self, *, seed: int, began: float, speed: float, starts: list[str]) -> None:
        from booking.models import Service  # noqa: PLC0415  # after django.setup()
        from offices.models import Office  # noqa: PLC0415

        self.chance = random.Random(seed)
        self.seed, self.began, self.speed = seed, began, speed
        self.starts = [datetime.fromisoformat(start) for start in starts]
        self.services = list(Service.objects.order_by("pk"))
        self.offices = list(Office.objects.order_by("pk"))
        self.holds: list[Any] = []
        self.requests: list[Any] = []
        self.booked: dict[str, Any] = {}
        self.offers: list[Any] = []
        self.told: dict[str, str | None] = {}
        self.counts: Counter[str] = Counter()
        self.number = 0

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.began + (time.time() - self.began) * self.speed, UTC)

    def run(self, steps: int) -> None:
        from booking.domain.errors import BookingRefused  # noqa: PLC0415

        ways: list[Callable[[], str]] = [self.hold, self.book, self.move, self.cancel, self.extend, self.release]
        ways += [self.expire, self.offer, self.answer, self.confirm, self.withdraw]
        for step in self.chance.choices(ways, weights=[32, 24, 14, 9, 3, 3, 3, 3, 3, 7, 1], k=steps):
            try:
                done = step()
            except BookingRefused as refusal:
                done = f"{step.__name__} refused: {type(refusal).__name__}"
            self.counts[done] += 1

    def hold(self) -> str:
        from booking.enums import Kind  # noqa: PLC0415
        from booking.services.hold import Wish, hold_time  # noqa: PLC0415

        self.number += 1
        kind = self.chance.choice([Kind.OFFICE, Kind.OFFICE, Kind.PHONE, Kind.FIRM])
        wish = Wish(
            service=self.chance.choice(self.services),
            office=self.chance.choice(self.offices),
            kind=kind,
            starts_at=self.chance.choice(self.starts),
            details={"postcode": self.chance.choice(FIRM_POSTCODES)},
        )
        visit = f"{self.seed}-{self.number}"
        self.holds.append(hold_time(wish, visit=visit, network=visit, now=self.now()))
        return "held"

    def book(self) -> str:
        from booking.services.book import FirmDetails, book_appointment  # noqa: PLC0415

        hold = self._taken_from(self.holds)
        if hold is None:
            return "nothing to book"
        has_address = hold.service.confirm_email_first or self.chance.random() < 0.2
        address = f"kim{hold.pk}@metallbau.example" if has_address else ""
        firm = FirmDetails("Beispiel Metallbau GmbH", "Kim Muster", address, hold.postcode, street="Musterweg 1")
        appointment = book_appointment(hold, firm, now=self.now())
        if appointment.awaits_verification:
            self.requests.append(appointment)
            return "asked"
        self._note(appointment)
        return "booked"

    def confirm(self) -> str:
        from booking.services.book import book_requested  # noqa: PLC0415

        request = self._taken_from(self.requests)
        if request is None:
            return "nothing to confirm"
        self._note(book_requested(request, now=self.now()))
        return "booked"

    def withdraw(self) -> str:
        from booking.services.request import withdraw_request  # noqa: PLC0415

        request = self._taken_from(self.requests)
        if request is None:
            return "nothing to withdraw"
        return "withdrawn" if withdraw_request(request, now=self.now()) else "was forgotten"

    def move(self) -> str:
        from booking.services.move import move_appointment  # noqa: PLC0415

        appointment = self._some_booked()
        if appointment is None:
            return "nothing to move"
        moved = move_appointment(
            appointment,
            starts_at=self.chance.choice(self.starts),
            sequence=appointment.sequence,
            now=self.now(),
        )
        self._note(moved)
        return "moved"

    def cancel(self) -> str:
        from booking.services.cancel import cancel_appointment  # noqa: PLC0415

        appointment = self._some_booked()
        if appointment is None:
            return "nothing to cancel"
        cancel_appointment(appointment, now=self.now())
        del self.booked[str(appointment.uid)]
        self.told[str(appointment.uid)] = None
        return "cancelled"

    def extend(self) -> str:
        from booking.services.hold import extend_hold  # noqa: PLC0415

        if not self.holds:
            return "nothing to extend"
        extend_hold(self.chance.choice(self.holds), now=self.now())
        return "extended"

    def release(self) -> str:
        from booking.services.hold import release_hold  # noqa: PLC0415

        hold = self._taken_from(self.holds)
        if hold is None:
            return "nothing to release"
        return "released" if release_hold(hold, now=self.now()) else "had run out"

    def expire(self) -> str:
        from unittest.mock import patch  # noqa: PLC0415

        from booking import tasks  # noqa: PLC0415

        with patch("django.utils.timezone.now", self.now):
            tasks.release_run_out_holds()
            tasks.expire_offers()
        return "swept"

    def offer(self) -> str:
        """Holds three other times for a firm that has an address."""
        from booking.enums import OfferReason  # noqa: PLC0415
        from booking.services.offer import offer_times  # noqa: PLC0415

        reached = [appointment for appointment in self.booked.values() if appointment.email]
        if not reached:
            return "nothing to offer for"
        now = self.now()
        until = now + timedelta(minutes=30)
        appointment = self.chance.choice(reached)
        self.offers.append(offer_times(appointment, reason=OfferReason.CLOSING, until=until, now=now))
        return "offered"

    def answer(self) -> str:
        from booking.enums import Status  # noqa: PLC0415
        from booking.services.close_offers import decline_offer  # noqa: PLC0415
        from booking.services.offer import accept_offer  # noqa: PLC0415

        offer = self._taken_from(self.offers)
        if offer is None:
            return "nothing to answer"
        held = list(offer.alternatives.filter(status=Status.HELD))
        if not held or self.chance.random() < 0.3:
            decline_offer(offer, now=self.now())
            return "declined"
        self._note(accept_offer(offer, self.chance.choice(held).uid, now=self.now()))
        return "accepted"

    def _taken_from(self, rows: list[Any]) -> Any:
        return rows.pop(self.chance.randrange(len(rows))) if rows else None

    def _some_booked(self) -> Any:
        return self.chance.choice(list(self.booked.values())) if self.booked else None

    def _note(self, appointment: Any) -> None:
        self.booked[str(appointment.uid)] = appointment
        self.told[str(appointment.uid)] = appointment.starts_at.isoformat()


def main(order: dict[str, Any]) -> None:
    django.setup()
    storm = Storm(seed=order["seed"], began=order["began"], speed=order["speed"], starts=order["starts"])
    with _spoiled() if order.get("spoiled") else nullcontext():
        storm.run(order["steps"])
    Path(order["journal"]).write_text(json.dumps({"told": storm.told, "counts": storm.counts}))


@contextmanager
def _spoiled() -> Iterator[None]:
    """Nobody sees what is taken: neither when looking for a time, nor under the lock, nor when counting the caps."""
    from unittest.mock import patch  # noqa: PLC0415

    from booking.models import Appointment  # noqa: PLC0415
    from booking.querysets import AppointmentQuerySet  # noqa: PLC0415

    nothing = Appointment.objects.none()
    with patch.object(AppointmentQuerySet, "taking_time", lambda *_, **__: nothing):
        with patch("booking.services.travel.meets", lambda *_: False):
            yield


def grid(first: datetime, days: int) -> list[datetime]:
    """Every half hour from 9 to 16 Uhr of the working days."""
    found = [
        first.replace(hour=9, minute=0) + timedelta(days=day, minutes=30 * n) for day in range(days) for n in range(15)
    ]
    return [start for start in found if start.weekday() < 5]


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
