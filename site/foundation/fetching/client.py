"""The guarded HTTP client for addresses that people give us (S7, F32). docs/decisions/guarded-fetch.md tells why."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import BinaryIO, Literal

from foundation.fetching.addresses import Address, Origin, parse_address
from foundation.fetching.answers import Answer
from foundation.fetching.body import read_body, write_body
from foundation.fetching.connection import connect, secured
from foundation.fetching.deadline import Deadline
from foundation.fetching.guard import Endpoint, Resolver, checked_endpoints, system_resolver
from foundation.fetching.refusals import (
    CredentialsRefused,
    FetchRefused,
    RedirectRefused,
    TimedOut,
    Unreachable,
    Unreadable,
)

Method = Literal["GET", "HEAD", "PROPFIND", "REPORT", "PUT", "DELETE"]

LONGEST_BODY = 5 * 1024 * 1024
MOST_REDIRECTS = 3
SECONDS = 10.0

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_READING = frozenset({"GET", "HEAD", "PROPFIND", "REPORT"})
_OURS = frozenset({"host", "authorization", "cookie", "accept-encoding", "connection", "content-length", "user-agent"})


@dataclass(frozen=True, slots=True)
class Credentials:
    """For HTTP Basic, over https, at one origin. `repr` keeps silent: tracebacks show it."""

    origin: Origin
    user: str
    password: str

    def __repr__(self) -> str:
        return "Credentials(…)"

    @property
    def header(self) -> str:
        return "Basic " + b64encode(f"{self.user}:{self.password}".encode()).decode("ascii")


@dataclass(frozen=True, slots=True)
class _Request:
    method: Method
    headers: Mapping[str, str]
    body: bytes
    credentials: Credentials | None
    reads_body: bool
    into: BinaryIO | None


@dataclass(frozen=True, slots=True)
class Client:
    """`user_agents` names hosts that serve only what looks like a browser. `allowed_inside` is for tests alone: exact
    pairs of address and port which may be asked although they are inside, even for a password without TLS.
    `may_leave_tls` follows from https to http as well: for what everybody may read, never with credentials."""

    user_agent: str
    user_agents: Mapping[str, str]
    allowed_inside: frozenset[Endpoint] = frozenset()
    resolve: Resolver = system_resolver
    limit: int = LONGEST_BODY
    may_leave_tls: bool = False

    def fetch(
        self,
        address: str | Address,
        *,
        method: Method = "GET",
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        credentials: Credentials | None = None,
        seconds: float = SECONDS,
        reads_body: bool = True,
        into: BinaryIO | None = None,
    ) -> Answer:
        """The answer, whatever its status. Raises a FetchRefused and nothing else after `seconds` in all at the latest.

        Redirects are followed for methods that only read, each checked like the first address. Credentials never
        leave their origin: a redirect elsewhere then ends the fetch. Without `reads_body` the connection is closed
        after status and headers, however much the server wants to say. The body of a 200 goes `into` a file where
        one is given, and the answer has none then.
        """
        if not _OURS.isdisjoint(map(str.lower, headers or {})):
            raise TypeError("These headers are the client's own.")
        deadline = Deadline(seconds)
        request = _Request(method, headers or {}, body, credentials, reads_body, into)
        here = parse_address(address) if isinstance(address, str) else address
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._ask(here, request, deadline)
            if answer.status not in _REDIRECTS:
                return answer
            here = _next_address(here, answer, request, may_leave_tls=self.may_leave_tls)
            if answer.status == 303 and request.method != "HEAD":  # who wanted no body there, wants none here
                request = replace(request, method="GET", body=b"")
        raise RedirectRefused

    def _ask(self, address: Address, request: _Request, deadline: Deadline) -> Answer:
        endpoints = checked_endpoints(
            address.host,
            address.port,
            resolve=self.resolve,
            allowed_inside=self.allowed_inside,
            seconds=deadline.left(),
        )
        if request.credentials is not None:
            is_safe = address.scheme == "https" or all(endpoint in self.allowed_inside for endpoint in endpoints)
            if request.credentials.origin != address.origin or not is_safe:
                raise CredentialsRefused
        connection = HTTPConnection(address.host, address.port)
        try:
            with connect(endpoints, deadline) as plain, deadline.watch(plain):
                connection.sock = secured(plain, address, deadline)
                self._send(connection, address, request)
                with connection.getresponse() as response:
                    return self._read(response, address, request)
        except FetchRefused as refused:
            # Cut by the watchdog, a body merely looks incomplete.
            if deadline.is_over():
                raise TimedOut from refused
            raise
        except (OSError, HTTPException, ValueError) as error:
            if deadline.is_over():
                raise TimedOut from error
            raise (Unreachable if isinstance(error, OSError) else Unreadable) from error
        finally:
            connection.close()

    def _send(self, connection: HTTPConnection, address: Address, request: _Request) -> None:
        """No cookies, no proxies, no netrc: only what stands here."""
        connection.putrequest(request.method, address.target, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", address.host_header)
        connection.putheader("User-Agent", self.user_agents.get(address.host, self.user_agent))
        connection.putheader("Accept-Encoding", "gzip")
        connection.putheader("Connection", "close")
        if request.credentials is not None:
            connection.putheader("Authorization", request.credentials.header)
        if request.body or request.method == "PUT":
            connection.putheader("Content-Length", str(len(request.body)))
        for name, value in request.headers.items():
            connection.putheader(name, value)
        connection.endheaders(request.body or None)

    def _read(self, response: HTTPResponse, address: Address, request: _Request) -> Answer:
        headers = {name.lower(): " ".join(value.split()) for name, value in response.headers.items()}
        # What a redirect says besides its aim is nobody's concern and may be endless.
        is_bare = response.status in _REDIRECTS or request.method == "HEAD" or not request.reads_body
        if is_bare:
            return Answer(response.status, headers, b"", address)
        if request.into is not None and response.status == 200:
            write_body(response, request.into, limit=self.limit)
            return Answer(response.status, headers, b"", address)
        return Answer(response.status, headers, read_body(response, limit=self.limit), address)


def _next_address(here: Address, answer: Answer, request: _Request, *, may_leave_tls: bool) -> Address:
    if request.method not in _READING or "location" not in answer.headers:
        raise RedirectRefused
    there = here.join(answer.headers["location"])
    if (here.scheme, there.scheme) == ("https", "http") and not may_leave_tls:
        raise RedirectRefused
    return there
