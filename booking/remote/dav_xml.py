"""The few words of WebDAV and CalDAV (RFC 4918, 4791) that reading calendars needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from booking.remote.answers import Unread

DAV, CALDAV = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"

_PROPFIND = (
    '<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop>'
    "<resourcetype/><displayname/><current-user-principal/><C:calendar-home-set/>"
    "<C:supported-calendar-component-set/></prop></propfind>"
)
PROPFIND = _PROPFIND.encode()


def calendar_query(start: datetime, end: datetime) -> bytes:
    """All events that meet the span, whole, as they are stored: every server expands in a way of its own."""
    first, last = (f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}" for moment in (start, end))
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop><C:calendar-data/></prop>'
        '<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">'
        f'<C:time-range start="{first}" end="{last}"/>'
        "</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"
    ).encode()


@dataclass(frozen=True, slots=True)
class Resource:
    """One `response` of a multistatus with the properties that were found."""

    href: str
    properties: tuple[Element, ...]

    def find(self, name: str) -> Element | None:
        return next((one for one in self.properties if one.tag == name), None)

    def text(self, name: str) -> str:
        found = self.find(name)
        return (found.text or "").strip() if found is not None else ""

    def href_in(self, name: str) -> str:
        """Of properties such as current-user-principal, whose value is an address."""
        found = self.find(name)
        return "" if found is None else (found.findtext(f"{DAV}href") or "").strip()

    @property
    def holds_events(self) -> bool:
        """A calendar collection, and not one for tasks alone. Without a list of components it takes any."""
        kind, components = self.find(f"{DAV}resourcetype"), self.find(f"{CALDAV}supported-calendar-component-set")
        if kind is None or kind.find(f"{CALDAV}calendar") is None:
            return False
        names = [one.get("name", "").upper() for one in components] if components is not None else []
        return not names or "VEVENT" in names


def resources_of(body: bytes) -> list[Resource]:
    """Raises Unread for what is no multistatus; a DTD or an entity is refused before it can do anything."""
    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unread("Die Antwort des Servers ist kein gültiges CalDAV.") from error
    if root.tag != f"{DAV}multistatus":
        raise Unread("Die Antwort des Servers ist kein gültiges CalDAV.")
    return [
        Resource((response.findtext(f"{DAV}href") or "").strip(), tuple(_found(response)))
        for response in root.iterfind(f"{DAV}response")
    ]


def _found(response: Element) -> Iterator[Element]:
    for part in response.iterfind(f"{DAV}propstat"):
        status = (part.findtext(f"{DAV}status") or "").split()
        if len(status) > 1 and status[1] == "200":
            yield from part.iterfind(f"{DAV}prop/*")
