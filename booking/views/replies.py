"""Where a mail server hands in the answers of calendar programs (iMIP REPLY), as it got them: docs/betrieb.md.

Off unless REPLY_WEBHOOK_TOKEN is set. A reply is shown and does nothing, so all that a stolen token buys is a wrong
sentence on the desk.
"""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt

from booking.ical.reply import LONGEST, NotAReply, read_letter
from booking.services.reply import ReplyKnown, ReplyRefused, record_reply
from foundation.limits import Limit

TYPES = frozenset({"message/rfc822", "text/calendar", "application/octet-stream"})
REQUESTS = Limit("replies", times=60, seconds=60)
"""Wrong tokens included. Without a shared cache nothing is counted, and the token still guards."""


@csrf_exempt
def take_reply(request: HttpRequest) -> HttpResponse:
    """200 for what is taken down or known; 422 for what never will be, so that the gateway drops it."""
    if not settings.REPLY_WEBHOOK_TOKEN:
        raise Http404
    now = timezone.now()
    refused = _refused_sender(request, now=now) or _refused_body(request)
    if refused is not None:
        return refused
    try:
        reply = record_reply(read_letter(request.body), now=now)
    except ReplyKnown as known:
        return _say(HTTPStatus.OK, str(known))
    except (NotAReply, ReplyRefused) as error:
        return _say(HTTPStatus.UNPROCESSABLE_ENTITY, f"Nicht übernommen: {error}")
    return _say(HTTPStatus.OK, f"Termin {reply.appointment.reference}: {reply}.")


def _refused_sender(request: HttpRequest, *, now: datetime) -> HttpResponse | None:
    if request.method != "POST":
        return _say(HTTPStatus.METHOD_NOT_ALLOWED, "Nur POST.", Allow="POST")
    if REQUESTS.is_reached(request, now=now):
        wait = {"Retry-After": REQUESTS.retry_after(now)}
        return _say(HTTPStatus.TOO_MANY_REQUESTS, "Zu viele Anfragen.", **wait)
    REQUESTS.count(request, now=now)
    if not constant_time_compare(_token(request), settings.REPLY_WEBHOOK_TOKEN):
        return _say(HTTPStatus.UNAUTHORIZED, "Das Token fehlt oder ist falsch.", **{"WWW-Authenticate": "Bearer"})
    return None


def _refused_body(request: HttpRequest) -> HttpResponse | None:
    """Before a byte of it is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or length == "0":
        return _say(HTTPStatus.LENGTH_REQUIRED, "Die Anfrage ist leer oder nennt ihre Länge nicht.")
    if int(length) > LONGEST:
        return _say(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Die E-Mail ist zu groß.")
    if request.content_type not in TYPES:
        return _say(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Erwartet wird die ganze E-Mail (message/rfc822).")
    return None


def _token(request: HttpRequest) -> str:
    """As a bearer token or, for gateways that know an address only, as the password of HTTP Basic."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.casefold() == "bearer":
        return value.strip()
    if scheme.casefold() != "basic":
        return ""
    try:
        return base64.b64decode(value, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _say(status: HTTPStatus, text: str, **headers: str) -> HttpResponse:
    headers |= {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow, noarchive"}
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8", headers=headers)
