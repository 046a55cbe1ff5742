"""What is kept and told of a change of the way into an advisor's calendar, in the transaction that makes it."""

from __future__ import annotations

from datetime import datetime

from wagtail.log_actions import log

from booking.calendar_emails import send_way_chosen
from booking.models import CalendarChannel
from foundation.models import User
from offices.models import Advisor

CHOSEN = "booking.choose_channel"
"""Name of this in the log of an advisor."""


def note_way(
    advisor: Advisor, *, former: CalendarChannel.Way, way: CalendarChannel.Way, actor: User | None, now: datetime
) -> None:
    """Stands in the advisor's log; of what somebody else chose for her she is told by mail."""
    if way == former:
        return
    log(instance=advisor, action=CHOSEN, user=actor, data={"former": former.value, "way": way.value})
    if actor and actor.pk != advisor.user_id:
        send_way_chosen(advisor, former=former, way=way, by=actor, now=now)
