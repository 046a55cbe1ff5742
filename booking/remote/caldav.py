"""Reading from a CalDAV account: finding its calendars, and the events of a span.

Two kinds of request and nothing that only some servers know (docs/decisions/busy-times.md). Whatever address an
answer names must lie at the origin of the account, or the password would follow it elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

from booking.remote.answers import Copy, Unread, refuse_unless
from booking.remote.dav_xml import CALDAV, DAV, PROPFIND, Resource, calendar_query, resources_of
from booking.remote.pace import PACE, Pace
from booking.remote.providers import is_home_of
from foundation.fetching.addresses import Address, parse_address
from foundation.fetching.answers import Answer
from foundation.fetching.client import Client, Credentials, Method
from foundation.fetching.deadline import Deadline

MOST_CALENDARS = 20
_NO_CALDAV = frozenset(
    {
        HTTPStatus.OK,
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.METHOD_NOT_ALLOWED,
        HTTPStatus.NOT_IMPLEMENTED,
    }
)
_NO_SERVER = (
    "Unter dieser Adresse antwortet kein CalDAV-Server. Die richtige steht in der Hilfe Ihres Anbieters unter „CalDAV“."
)
_XML = {"Content-Type": "application/xml; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Found:
    """A calendar of the account: its address and the name that people gave it."""

    url: str
    name: str


@dataclass(frozen=True, slots=True)
class Account:
    """Where somebody keeps calendars. `url` is what they were told by their provider: server, account or calendar."""

    url: str
    user: str = field(repr=False)
    password: str = field(repr=False)

    @property
    def address(self) -> Address:
        return parse_address(self.url)

    @property
    def credentials(self) -> Credentials:
        return Credentials(self.address.origin, self.user, self.password)


def find_calendars(
    account: Account, *, client: Client, now: datetime, seconds: float, pace: Pace = PACE
) -> list[Found]:
    """Those that hold events, as RFC 6764 and 4791 lead to them. Raises Unread or a FetchRefused."""
    walk = _Walk(account, client, Deadline(seconds), now, pace)
    here, resource = walk.start()
    if resource.holds_events:
        return [_found(here, resource)]
    principal = resource.href_in(f"{DAV}current-user-principal")
    if principal:
        here, resource = walk.to(here, principal)
    home = resource.href_in(f"{CALDAV}calendar-home-set")
    base = walk.inside(here, home) if home else here
    answer = walk.ask(base, depth="1")
    calendars = [
        _found(walk.inside(answer.address, each.href), each) for each in resources_of(answer.body) if each.holds_events
    ]
    if not calendars:
        raise Unread("In diesem Konto wurde kein Kalender gefunden. Hilft es, die Adresse eines Kalenders anzugeben?")
    return calendars[:MOST_CALENDARS]


def address_of_home(account: Account, found: Sequence[Found]) -> str:
    """What to remember as the account's server: the one that people were told, or the one where it really lives."""
    there = parse_address(found[0].url)
    return account.url if there.origin == account.address.origin else there.url


def fetch_caldav(
    account: Account,
    calendars: Iterable[str],
    *,
    start: datetime,
    end: datetime,
    client: Client,
    now: datetime,
    seconds: float,
    pace: Pace = PACE,
) -> Copy:
    """The events of these calendars (addresses) that meet the span. Raises Unread or a FetchRefused."""
    walk = _Walk(account, client, Deadline(seconds), now, pace)
    texts: list[str] = []
    for url in calendars:
        answer = walk.send("REPORT", walk.inside(account.address, url), calendar_query(start, end), depth="1")
        refuse_unless(HTTPStatus.MULTI_STATUS, answer, now=now)
        texts += (resource.text(f"{CALDAV}calendar-data") for resource in resources_of(answer.body))
    # An account without any event answers with nothing at all, which is no broken calendar.
    whole = "\r\n".join(filter(None, texts)) or "BEGIN:VCALENDAR\r\nEND:VCALENDAR"
    return Copy(whole.encode())


@dataclass(frozen=True, slots=True)
class _Walk:
    """Requests to one account within one deadline."""

    account: Account
    client: Client
    deadline: Deadline
    now: datetime
    pace: Pace

    def start(self) -> tuple[Address, Resource]:
        """Where the account says who it belongs to: at the address given, else where RFC 6764 has it."""
        given = self.account.address
        answer = self.send("PROPFIND", given, PROPFIND, depth="0")
        if answer.status == HTTPStatus.MULTI_STATUS:
            resource = _first(answer)
            if resource.holds_events or resource.href_in(f"{DAV}current-user-principal"):
                return answer.address, resource
        elif answer.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            refuse_unless(HTTPStatus.MULTI_STATUS, answer, now=self.now)
        answer = self.send("PROPFIND", self.inside(given, "/.well-known/caldav"), PROPFIND, depth="0")
        if answer.status in _NO_CALDAV:
            raise Unread(_NO_SERVER)
        refuse_unless(HTTPStatus.MULTI_STATUS, answer, now=self.now)
        return answer.address, _first(answer)

    def to(self, base: Address, href: str) -> tuple[Address, Resource]:
        answer = self.ask(self.inside(base, href), depth="0")
        return answer.address, _first(answer)

    def ask(self, address: Address, *, depth: str) -> Answer:
        answer = self.send("PROPFIND", address, PROPFIND, depth=depth)
        refuse_unless(HTTPStatus.MULTI_STATUS, answer, now=self.now)
        return answer

    def send(self, method: Method, address: Address, body: bytes, *, depth: str) -> Answer:
        self.pace.keep(address.host, left=self.deadline.left())
        return self.client.fetch(
            address,
            method=method,
            headers=_XML | {"Depth": depth},
            body=body,
            credentials=Credentials(address.origin, self.account.user, self.account.password),
            seconds=self.deadline.left(),
        )

    def inside(self, base: Address, href: str) -> Address:
        """Raises Unread for an address at another origin; all that is asked went through here."""
        address, server = base.join(href), self.account.address
        if address.origin != server.origin and not is_home_of(address, server):
            raise Unread("Der Server verweist auf einen anderen Server. Bitte geben Sie dessen Adresse an.")
        return address


def _first(answer: Answer) -> Resource:
    for resource in resources_of(answer.body):
        return resource
    raise Unread("Die Antwort des Servers ist kein gültiges CalDAV.")


def _found(address: Address, resource: Resource) -> Found:
    name = " ".join(resource.text(f"{DAV}displayname").split())
    return Found(address.url, name[:80] or "Kalender ohne Namen")
