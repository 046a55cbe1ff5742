"""Addresses that people type in: read strictly, spelled in one way, compared by origin."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

import idna

from foundation.fetching.refusals import AddressRefused

LONGEST = 2000
SCHEMES = {"https": 443, "http": 80, "webcal": 443}
"""With their ports. A webcal address is fetched by https."""

_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
_NUMBER = re.compile(r"(?:\d+|0[xX][0-9a-fA-F]*)\Z")
_KEEP = "/%:=&?~#+!$,;'@()*[]"

Origin = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https address without user info and fragment. `host` is ASCII, an IPv6 address has no brackets."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> Origin:
        return self.scheme, self.host, self.port

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == SCHEMES[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host_header}{self.target}"

    def join(self, reference: str) -> Address:
        """Where a reference in an answer points, read as strictly as what people type."""
        try:
            return parse_address(urljoin(self.url, reference.strip()))
        except ValueError as error:
            raise AddressRefused from error


def parse_address(text: str) -> Address:
    """Raises AddressRefused for everything that is not plainly an http, https or webcal address."""
    text = text.strip()
    if len(text) > LONGEST or _UNSAFE.search(text):
        raise AddressRefused
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise AddressRefused from error
    scheme = parts.scheme.lower()
    if scheme not in SCHEMES or not parts.hostname or "@" in parts.netloc:
        raise AddressRefused
    target = quote(parts.path or "/", safe=_KEEP) + (f"?{quote(parts.query, safe=_KEEP)}" if parts.query else "")
    return Address(
        scheme="http" if scheme == "http" else "https",
        host=_ascii_host(parts.hostname),
        port=SCHEMES[scheme] if port is None else port,
        target=target,
    )


def _ascii_host(host: str) -> str:
    """IDNA 2008 with the mapping of browsers (UTS 46). Numbers must be a plain IPv4 address: 2130706433, 0177.1 and
    0x7f.1 mean 127.0.0.1 to some resolvers and nothing to others."""
    if "%" in host:
        raise AddressRefused  # the zone of an IPv6 address names an interface of our own machine
    if ":" in host:
        try:
            return str(ipaddress.IPv6Address(host))
        except ValueError as error:
            raise AddressRefused from error
    try:
        name = idna.encode(host.rstrip("."), uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        # Underscores and the like stand in real host names; they are no letters to IDNA.
        name = host.rstrip(".").lower()
        if not re.fullmatch(r"[a-z0-9_.-]+", name):
            raise AddressRefused from None
    labels = name.split(".")
    if not all(labels) or len(name) > 253:
        raise AddressRefused
    if _NUMBER.match(labels[-1]):
        try:
            return str(ipaddress.IPv4Address(name))
        except ValueError as error:
            raise AddressRefused from error
    return name
