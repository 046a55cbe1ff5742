"""Single appointments for people: by mail with buttons (iMIP, RFC 6047 and RFC 5546) and as a file to keep."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from typing import Literal
from urllib.parse import quote

from icalendar.prop import vCalAddress

from booking.ical import envelope
from booking.ical.event import CalendarEvent, component_text, event_component, event_text
from booking.ical.identity import Text, clean_line
from booking.ical.zone import BERLIN, BERLIN_BLOCK

Method = Literal["REQUEST", "CANCEL"]

# RFC 5322, 3.4.1, of the local parts the dot-atom, the one kind in use, as ASCII.
_ADDRESS = re.compile(r"(?P<local>[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+)@(?P<domain>[^\W_]([\w.-]*[^\W_])?)")
# RFC 6068, 2: of the marks of a dot-atom only these stand in a mailto URI as they are.
_PLAIN_IN_MAILTO = "!$'*+"
# Both are allowed in a parameter (RFC 6868, RFC 5545, 3.1), but clients show ^' and trip over the backslash.
_PLAIN_IN_NAME = str.maketrans({'"': "'", "\\": "/"})


@dataclass(frozen=True, slots=True)
class Party:
    """Someone with a mailbox; an address that could not be written to raises ValueError. The name may be empty."""

    name: str
    address: str

    def __post_init__(self) -> None:
        self.mailto()

    def mailto(self) -> str:
        """RFC 6068. The domain is in the ASCII form in which the mail itself travels, so that clients find
        their own address among the attendees."""
        match = _ADDRESS.fullmatch(self.address)
        if match is None:
            raise ValueError(f"not a mail address: {self.address!r}")
        domain = match["domain"].encode("idna").decode("ascii")
        return f"mailto:{quote(match['local'], safe=_PLAIN_IN_MAILTO)}@{domain}"

    def common_name(self) -> str:
        """One line (RFC 5545, 3.2.2); without a name the address stands for it."""
        return clean_line(self.name).translate(_PLAIN_IN_NAME) or self.address


def is_same_mailbox(address: str, other: str) -> bool:
    """Capitals and the spelling of a domain make no other one; what is no address is none."""
    try:
        return Party("", address).mailto().casefold() == Party("", other).mailto().casefold()
    except ValueError:
        return False


def _is_doubled(moment: datetime) -> bool:
    local = moment.astimezone(BERLIN)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _zone(event: CalendarEvent) -> tzinfo:
    """Berlin, which clients then show. But in the doubled hour of October a TZID means the first pass by RFC 5545
    (3.3.5) and the second to ical.js (Thunderbird, Nextcloud): only UTC tells it to all."""
    return UTC if _is_doubled(event.start) or _is_doubled(event.end) else BERLIN


def _attendee(party: Party, method: Method) -> vCalAddress:
    question = {"PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"} if method == "REQUEST" else {}
    return vCalAddress(party.mailto(), params={"CN": party.common_name(), "ROLE": "REQ-PARTICIPANT", **question})


def invitation(*, event: CalendarEvent, method: Method, organizer: Party, attendee: Party) -> str:
    """The text/calendar part of one mail to ``attendee`` (IMIP-3, IMIP-5); its Content-Type repeats ``method``.

    CANCEL takes back whatever status the event has; the caller raises ``sequence`` for it. To request a cancelled
    event raises ValueError.
    """
    if method == "CANCEL":
        event = replace(event, status="CANCELLED")
    elif event.status == "CANCELLED":
        raise ValueError(f"a cancelled event cannot be requested: {event.uid}")
    component = event_component(event, _zone(event))
    component["ORGANIZER"] = vCalAddress(organizer.mailto(), params={"CN": organizer.common_name()})
    component["ATTENDEE"] = _attendee(attendee, method)
    return "".join(
        (envelope.head({"METHOD": Text(method)}), BERLIN_BLOCK, component_text(component), envelope.END),
    )


def published(event: CalendarEvent) -> str:
    """A file for a download button: without METHOD, so that programs import it and ask for no answer."""
    return "".join((envelope.head({}), event_text(event), envelope.END))
