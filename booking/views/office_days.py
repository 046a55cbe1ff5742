"""The calendar of an office's days elsewhere, for everyone: no secret, no cookie, no trace of who reads it."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from booking.services.publish_days import office_days_document
from booking.views.calendar_answer import calendar_answer
from offices.models import Office


@csrf_exempt
@require_safe
def office_days(request: HttpRequest, office: str) -> HttpResponseBase:
    """200 with the calendar, 304 where the client has it already, 404 for an office that is none or closed down."""
    place = get_object_or_404(Office.objects.in_operation(), slug=office)
    body = office_days_document(place, now=timezone.now()).encode()
    response = calendar_answer(
        request, body, filename=f"sprechtage-{place.slug}.ics", cache_control="public, max-age=900"
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response
