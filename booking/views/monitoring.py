"""The state of the channels for programs that watch the site. `/healthz` is open to all and says nothing of it."""

from __future__ import annotations

import binascii
from base64 import b64decode
from typing import Any

from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.http.response import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from booking.health.figures import Thresholds, as_document, checks
from booking.permissions import WATCH_SYNC
from foundation.limits import Limit

GUESSES = Limit("monitoring", times=10, seconds=900)
"""Refused logins of one network, whatever names they tried. Not of one name: then anybody could shut out its owner."""


@require_safe
@cache_control(private=True, no_store=True)
def sync_state(request: HttpRequest) -> HttpResponse:
    """200 whenever the question could be answered, whatever the answer; 401 without a login, 403 without the right.

    Programs log in by HTTP Basic. A wrong password and a right one of somebody without the right are answered alike,
    and count alike: after too many of them no password is looked at, 429.
    """
    now = timezone.now()
    by_header = request.headers.get("Authorization")
    if by_header and GUESSES.is_reached(request, now=now):
        wait = {"Retry-After": GUESSES.retry_after(now)}
        return JsonResponse({"error": "too many requests"}, status=429, headers=wait)
    user = _user_of(request, by_header) if by_header else request.user
    if user is not None and user.has_perm(WATCH_SYNC):
        return JsonResponse(as_document(checks(now=now, thresholds=Thresholds()), now=now))
    if by_header:
        GUESSES.count(request, now=now)
    elif request.user.is_authenticated:
        return JsonResponse({"error": "forbidden"}, status=403)
    challenge = {"WWW-Authenticate": 'Basic realm="MehrWert", charset="UTF-8"'}
    return JsonResponse({"error": "unauthorized"}, status=401, headers=challenge)


@sensitive_variables()
def _user_of(request: HttpRequest, header: str) -> Any:
    """RFC 7617; None for whatever is no valid login."""
    scheme, _, credentials = header.partition(" ")
    try:
        name, colon, password = b64decode(credentials, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
    if scheme.lower() != "basic" or not colon or "\0" in name:
        return None
    return authenticate(request, username=name, password=password)
