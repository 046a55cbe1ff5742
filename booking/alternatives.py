"""What can be had instead of a time that is gone: the nearest times here, by other means, and next door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from booking.domain.slots import Slot
from booking.enums import Kind
from booking.models import Service
from booking.selectors import closest, free_times
from offices.models import Advisor, Office
from offices.neighbours import neighbours_of

OTHER_KINDS = 2
NEIGHBOURS = 2
_FROM_AFAR_FIRST = (Kind.PHONE, Kind.VIDEO, Kind.OFFICE, Kind.OFFICE_DAY, Kind.FIRM)


@dataclass(frozen=True, slots=True)
class Offer:
    """The nearest times of one office by one kind; `distance_km` is 0 for the office that was wished for.

    `advisor` is the only one who gives them, where one was wished for; `by_others` are those of the colleagues.
    """

    office: Office
    kind: Kind
    slots: list[Slot]
    distance_km: int = 0
    advisor: Advisor | None = None
    by_others: bool = False


@dataclass(frozen=True, slots=True)
class Alternatives:
    """`here` is what was wished for, at other times (perhaps without any); `beside` has only offers with times."""

    here: Offer
    beside: list[Offer]


def alternatives(
    service: Service,
    *,
    now: datetime,
    office: Office,
    kind: str,
    around: datetime,
    minutes: int | None = None,
    advisor: Advisor | None = None,
    postcode: str = "",
) -> Alternatives:
    """At most six queries, however many offices, kinds and times there are.

    Beside stand two other kinds at the same office, those that need no journey first, and the two nearest offices: by
    the kind that was wished for, or by the first one that they have time for. Where a person was wished for, her own
    times stand here and by other means, and those of her colleagues before them. Visits need the firm's `postcode`.
    """
    neighbours = neighbours_of(office, limit=NEIGHBOURS)
    free = free_times(
        service,
        now=now,
        offices=[office, *(neighbour.office for neighbour in neighbours)],
        minutes=minutes,
        postcode=postcode,
    )

    def offer(place: Office, by: Kind, away: int = 0, *, who: Advisor | None = None, others: bool = False) -> Offer:
        found = [slot for slot in free if slot.office == place.pk and by in slot.kinds]
        if who:
            found = [slot for slot in found if slot.advisor == who.pk]
        elif others and advisor:
            found = [slot for slot in found if slot.advisor != advisor.pk]
        return Offer(place, by, closest(found, around=around), away, who, others)

    wished = Kind(kind)
    kinds = [other for other in _FROM_AFAR_FIRST if other != wished and other in service.kinds]
    by_others = [offer(office, wished, others=True)] if advisor else []
    by_other_means = [offer(office, other, who=advisor) for other in kinds]
    beside = [found for found in by_others if found.slots]
    beside += [found for found in by_other_means if found.slots][:OTHER_KINDS]
    for neighbour in neighbours:
        there = [offer(neighbour.office, by, neighbour.distance_km) for by in (wished, *kinds)]
        beside += [found for found in there if found.slots][:1]
    return Alternatives(offer(office, wished, who=advisor), beside)
