"""The calendar of an office's days elsewhere, for everyone."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from booking.ical.envelope import CONTENT_TYPE
from booking.services.publish_days import office_days_document
from foundation.public_files import public_file
from offices.models import Office


@csrf_exempt
@require_safe
def office_days(request: HttpRequest, office: str) -> HttpResponseBase:
    """200 with the calendar, 304 where the client has it already, 404 for an office that is none or closed down."""
    place = get_object_or_404(Office.objects.in_operation(), slug=office)
    body = office_days_document(place, now=timezone.now()).encode()
    return public_file(request, body, content_type=CONTENT_TYPE, name=f"sprechtage-{place.slug}.ics")
