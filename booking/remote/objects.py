"""Single objects of a CalDAV calendar: reading, writing and deleting them one by one (RFC 4791, 5.3)."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from urllib.parse import unquote
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import escape

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from booking.remote.answers import Unread, refuse_unless
from booking.remote.caldav import Account
from booking.remote.dav_xml import CALDAV, DAV, resources_of
from booking.remote.pace import PACE, Pace
from foundation.fetching.addresses import Address
from foundation.fetching.answers import Answer
from foundation.fetching.client import Client, Method

_MISSING = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_WRITTEN = frozenset({HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.NO_CONTENT})
_PASSING = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.LOCKED, HTTPStatus.TOO_MANY_REQUESTS})
_REASONS: dict[int, str] = {
    HTTPStatus.NOT_FOUND: "Den gewählten Kalender gibt es auf dem Server nicht mehr (404).",
    HTTPStatus.CONFLICT: "Diesen Termin gibt es im Konto schon unter einer anderen Adresse, oder der gewählte Kalender "
    "fehlt (409). Löschen Sie den Eintrag dort und drücken Sie „Neu eintragen“.",
    HTTPStatus.FORBIDDEN: "Der Server nimmt den Eintrag nicht an (403). Vielleicht gibt es ihn im Konto schon.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Der Server hält den Eintrag für zu groß (413).",
}
LARGEST_OBJECT = 64 * 1024
AT_ONCE = 50


class AccessRefused(Exception):
    """The server does not let us in, or not write: user or password are wrong, or were withdrawn."""


class Rejected(Exception):
    """The server will not take this object as it is; others it may take. The German sentence is for the advisor."""


class Changed(Exception):
    """The object is not as it was when its ETag was noted: changed, deleted or made by somebody else."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An object as it stands in the calendar."""

    text: str
    etag: str


@dataclass
class Collection:
    """One calendar of an account. Each request may raise AccessRefused, Rejected, Unread or a FetchRefused."""

    account: Account
    url: str
    client: Client
    now: datetime
    seconds: float = 10.0
    pace: Pace = PACE

    @property
    def address(self) -> Address:
        """Raises Unread for an address at another origin: the password would follow it."""
        address = self.account.address.join(self.url)
        if address.origin != self.account.address.origin:
            raise Unread("Der Kalender liegt auf einem anderen Server als das Konto.")
        return address

    def read(self, href: str) -> Stored | None:
        """None where there is no such object."""
        answer = self._send("GET", href)
        if answer.status in _MISSING:
            return None
        self._expect({HTTPStatus.OK}, answer)
        return Stored(answer.body[:LARGEST_OBJECT].decode("utf-8", "replace"), answer.headers.get("etag", ""))

    def write(self, href: str, text: str, *, etag: str) -> str:
        """The new ETag; empty where the server does not say it. With `etag` empty the object must be new.

        Raises Changed.
        """
        condition = {"If-Match": etag} if etag else {"If-None-Match": "*"}
        headers = {"Content-Type": "text/calendar; charset=utf-8"} | condition
        answer = self._send("PUT", href, headers=headers, body=text.encode())
        if answer.status == HTTPStatus.PRECONDITION_FAILED or (etag and answer.status in _MISSING):
            raise Changed
        self._expect(_WRITTEN, answer)
        return answer.headers.get("etag", "")

    def delete(self, href: str, *, etag: str) -> None:
        """What is gone already is deleted. Raises Changed."""
        answer = self._send("DELETE", href, headers={"If-Match": etag} if etag else {})
        if answer.status == HTTPStatus.PRECONDITION_FAILED:
            raise Changed
        self._expect(_WRITTEN | _MISSING, answer)

    def read_many(self, hrefs: Iterable[str]) -> dict[str, Stored]:
        """Those that are there, some dozens by one request (calendar-multiget)."""
        wanted, found = list(hrefs), {}
        for first in range(0, len(wanted), AT_ONCE):
            asked = wanted[first : first + AT_ONCE]
            answer = self._send("REPORT", "", headers=_REPORT, body=self._multiget(asked))
            self._expect({HTTPStatus.MULTI_STATUS}, answer)
            for resource in resources_of(answer.body):
                text = resource.text(f"{CALDAV}calendar-data")
                name = unquote(resource.href.rsplit("/", 1)[-1])
                if text and name in asked:
                    found[name] = Stored(text[:LARGEST_OBJECT], resource.text(f"{DAV}getetag").strip())
        return found

    def _multiget(self, hrefs: Iterable[str]) -> bytes:
        paths = (self._object(href).target for href in hrefs)
        return (
            '<?xml version="1.0" encoding="utf-8"?>'
            '<C:calendar-multiget xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
            "<prop><getetag/><C:calendar-data/></prop>"
            f"{''.join(f'<href>{escape(path)}</href>' for path in paths)}</C:calendar-multiget>"
        ).encode()

    def _object(self, href: str) -> Address:
        base = self.address
        return base.join(base.target.rstrip("/") + f"/{href}")

    def _send(self, method: Method, href: str, *, headers: dict[str, str] | None = None, body: bytes = b"") -> Answer:
        self.pace.keep(self.account.address.host)
        answer = self.client.fetch(
            self._object(href),
            method=method,
            headers=headers or {},
            body=body,
            credentials=self.account.credentials,
            seconds=self.seconds,
        )
        if is_about_access(answer):
            raise AccessRefused
        return answer

    def _expect(self, statuses: Container[int], answer: Answer) -> None:
        """A refusal that is about this request alone is a Rejected; all others are about the server."""
        if answer.status in statuses:
            return
        if 400 <= answer.status < 500 and answer.status not in _PASSING:
            raise Rejected(_REASONS.get(answer.status, f"Der Server nimmt den Eintrag nicht an ({answer.status})."))
        refuse_unless(HTTPStatus.OK, answer, now=self.now)


_REPORT = {"Content-Type": "application/xml; charset=utf-8", "Depth": "0"}


def is_about_access(answer: Answer) -> bool:
    """A 403 that names a precondition (valid-sync-token, no-uid-conflict …) says nothing about user or password."""
    if answer.status == HTTPStatus.UNAUTHORIZED:
        return True
    if answer.status != HTTPStatus.FORBIDDEN:
        return False
    try:
        root = fromstring(answer.body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return True
    if root.tag != f"{DAV}error":
        return True
    return all(child.tag == f"{DAV}need-privileges" for child in root)
