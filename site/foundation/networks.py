"""Where a request comes from, without keeping its address."""

from __future__ import annotations

import base64
import hashlib
import hmac
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def network_of(request: HttpRequest) -> str:
    """A keyed hash of the visitor's network: one IPv4 address, or the first 64 bits of an IPv6 address.

    Behind `TRUSTED_PROXIES` proxies the visitor's address is that many places from the right in X-Forwarded-For;
    without proxies that header is a claim that anybody can make, and is ignored.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        if len(hops) >= settings.TRUSTED_PROXIES:
            address = hops[-settings.TRUSTED_PROXIES]
    return _mark(_network(address))


def _network(address: str) -> str:
    try:
        known = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(known, IPv6Address):
        if known.ipv4_mapped is not None:
            return str(known.ipv4_mapped)
        return str(ip_network((known, 64), strict=False))
    return str(known)


def _mark(network: str) -> str:
    mark = hmac.new(settings.SECRET_KEY.encode(), f"booking.network.{network}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(mark.digest()[:15]).decode()
