"""Which machines may be asked: those of the public internet, and nothing inside a network.

The one list of addresses that a name stands for is both what is checked and what is connected to. A name that
resolves anew between check and connection (DNS rebinding) thereby gains nothing.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable, Collection, Sequence

from foundation.fetching.refusals import AddressRefused, TimedOut

PORTS = frozenset({80, 443, 8443})
"""8443: Posteo's CalDAV."""

Endpoint = tuple[str, int]
Resolver = Callable[[str, int], Sequence[str]]

_IP = ipaddress.IPv4Address | ipaddress.IPv6Address

# Beyond what the standard library knows to be private: IETF protocol assignments (Oracle's metadata service is among
# them), the former 6to4 relays, and the wire server of Azure, which has a public address.
_INSIDE = [ipaddress.ip_network(text) for text in ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32")]
_GLOBAL_V6 = ipaddress.ip_network("2000::/3")
_DOCUMENTATION_V6 = ipaddress.ip_network("3fff::/20")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(text: str) -> bool:
    """Global unicast. An IPv6 address that only wraps an IPv4 one (mapped, 6to4, NAT64) is what it wraps."""
    try:
        address = _unwrapped(ipaddress.ip_address(text))
    except ValueError:
        return False
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _INSIDE)
    return address in _GLOBAL_V6 and address not in _DOCUMENTATION_V6


def _unwrapped(address: _IP) -> _IP:
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def checked_endpoints(
    host: str, port: int, *, resolve: Resolver, allowed_inside: Collection[Endpoint], seconds: float
) -> list[Endpoint]:
    """What `host` stands for, resolved once. A single address that is not public refuses them all."""
    found = [(address, port) for address in _resolve_within(seconds, resolve, host, port)]
    if not found or not all(
        endpoint in allowed_inside or (port in PORTS and is_public(endpoint[0])) for endpoint in found
    ):
        raise AddressRefused
    return found


def system_resolver(host: str, port: int) -> list[str]:
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def _resolve_within(seconds: float, resolve: Resolver, host: str, port: int) -> Sequence[str]:
    """The system's resolver knows no deadline: it is asked by a thread that nobody waits for longer than allowed."""
    answers: queue.SimpleQueue[Sequence[str]] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolve(host, port))
        except (OSError, UnicodeError):
            answers.put([])

    threading.Thread(target=ask, name="resolver", daemon=True).start()
    try:
        return answers.get(timeout=max(seconds, 0.001))
    except queue.Empty:
        raise TimedOut from None
