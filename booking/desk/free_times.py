"""Free times as the desk offers them: one day at a time, each time with the advisor who would give it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from booking.domain.clock import BERLIN
from booking.domain.slots import Slot
from booking.times import moment_from
from booking.wording import day_label, time_label
from offices.models import Advisor

_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class TimeChoice:
    """A time as a radio button says it: an instant, and whom it is with (None: whose turn it is)."""

    starts_at: datetime
    advisor: int | None

    @classmethod
    def parse(cls, text: str) -> TimeChoice:
        """Raises ValueError for anything that no radio button of ours says."""
        iso, _, advisor = text.partition(_SEPARATOR)
        if advisor and not (advisor.isascii() and advisor.isdigit() and len(advisor) < 18):
            raise ValueError("an advisor's number is wanted")
        return cls(moment_from(iso), int(advisor) if advisor else None)

    def __str__(self) -> str:
        iso = self.starts_at.isoformat(timespec="minutes")
        return f"{iso}{_SEPARATOR}{self.advisor}" if self.advisor else iso


def desk_times(
    slots: Iterable[Slot], *, wanted_day: str, advisors: Sequence[Advisor], by_name: bool = True
) -> dict[str, Any]:
    """The days with free times, and the times of one of them: the wanted one, else the first.

    Slots of other advisors than `advisors` are left out. With `by_name` a time is offered once for each advisor,
    otherwise once.
    """
    names = {advisor.pk: advisor.name for advisor in advisors}
    offered: dict[date, dict[str, str]] = {}
    for slot in slots:
        if slot.advisor not in names:
            continue
        moment = BERLIN.moment(slot.start)
        choice = TimeChoice(moment, slot.advisor if by_name else None)
        label = f"{time_label(moment)}, {names[slot.advisor]}" if by_name else time_label(moment)
        offered.setdefault(moment.date(), {}).setdefault(str(choice), label)
    counts = Counter({day: len(times) for day, times in offered.items()})
    current = _day_among(offered, wanted_day)
    return {
        "days": [
            {"value": day.isoformat(), "label": _counted(day, counts[day]), "is_current": day == current}
            for day in offered
        ],
        "day": current,
        "day_label": day_label(current) if current else "",
        "times": list(offered[current].items()) if current else [],
    }


def _day_among(offered: dict[date, Any], wanted: str) -> date | None:
    try:
        day = date.fromisoformat(wanted)
    except ValueError:
        day = None
    return day if day in offered else next(iter(offered), None)


def _counted(day: date, number: int) -> str:
    return f"{day_label(day)} ({number} freie {'Zeit' if number == 1 else 'Zeiten'})"
