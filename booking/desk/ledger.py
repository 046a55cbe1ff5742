"""„Verteilung“: what each advisor of an office has given, and who is next and why, as the reservation reckons it.

The team shall see what decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format

from booking.desk.agenda_views import chosen_day
from booking.desk.people import advisors_at, chosen_office
from booking.desk.team import TeamPage, TeamViewSet
from booking.domain.fairness import Reason, Share, period_around, reason_of
from booking.models import BookingSettings
from booking.shares import shares_in_turn
from offices.models import Advisor

DAYS_OF_A_WEEK = 5
"""The quotient is shown for a week of work: numbers below one say little to people."""

_WHY = {
    Reason.ONLY: "{first} nimmt als einzige Person an „beliebige Beratung“ teil.",
    Reason.LEAST: "{first} hat mit {quotient} die wenigsten Termine je Woche einer vollen Stelle; es folgt {second} "
    "({next_quotient}).",
    Reason.LONGEST_AGO: "{first} und {second} haben gleich viele Termine je Woche einer vollen Stelle ({quotient}). "
    "{first} hat am längsten keinen neuen bekommen.",
    Reason.NUMBER: "{first} und {second} stehen in allem gleich. Dann geht es nach der Reihenfolge, in der sie "
    "angelegt wurden.",
    Reason.NOBODY_THERE: "Niemand hat im Zeitraum einen Arbeitstag. Dann geht es danach, wer am längsten keinen neuen "
    "Termin bekommen hat: {first}.",
}


def per_week(quotient: Fraction | None) -> str:
    """Appointments for each week of work of a full post, with two decimals."""
    if quotient is None:
        return "–"
    # number_format cuts off, it does not round.
    hundredths = floor(quotient * DAYS_OF_A_WEEK * 100 + Fraction(1, 2))
    return number_format(Decimal(hundredths) / 100, 2)


def sentence(order: Sequence[Share], names: dict[int, str]) -> str:
    """Why the first is the first; empty where nobody takes part."""
    if not order:
        return ""
    first, second = order[0], order[min(1, len(order) - 1)]
    return _WHY[reason_of(order)].format(
        first=names[first.advisor],
        second=names[second.advisor],
        quotient=per_week(first.quotient),
        next_quotient="im Zeitraum nicht da" if second.quotient is None else per_week(second.quotient),
    )


class LedgerView(TeamPage):
    template_name = "booking/desk/ledger.html"
    page_title = "Verteilung"
    header_icon = "group"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        offices = self.offices()
        office = chosen_office(self.request, offices)
        day = chosen_day(self.request.GET.get("tag"))
        weeks = BookingSettings.in_force().fair_weeks
        first, last = period_around(day, weeks)
        people = {person.pk: person for person in advisors_at(office.pk)}
        return super().get_context_data(**kwargs) | {
            "offices": offices if len(offices) > 1 else [],
            "office": office,
            "day": day,
            "first": first,
            "last": last,
            "weeks": weeks,
            **self.ledger(people, day, weeks),
        }

    def ledger(self, people: dict[int, Advisor], day: date, weeks: int) -> dict[str, Any]:
        """The pool in its turn, then those outside it. The order is the very one of a reservation on that day."""
        shares = shares_in_turn(people, day=day, weeks=weeks, now=timezone.now())
        order = [share for share in shares if people[share.advisor].in_pool]
        outside = [share for share in shares if not people[share.advisor].in_pool]
        return {
            "rows": [
                {
                    "turn": turn,
                    "advisor": people[share.advisor],
                    "share": share,
                    "per_week": per_week(share.quotient),
                }
                for turn, share in [*enumerate(order, start=1), *((None, share) for share in outside)]
            ],
            "next": people[order[0].advisor] if order else None,
            "why": sentence(order, {pk: person.name for pk, person in people.items()}),
        }


class LedgerViewSet(TeamViewSet):
    name = "verteilung"
    icon = "group"
    menu_label = "Verteilung"
    view_class = LedgerView
