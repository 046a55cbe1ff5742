"""Contacts as files for address books."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from foundation.public_files import public_file
from offices.models import Advisor, Office
from offices.people import Contact, advisor_contact, office_contact
from offices.vcards import CONTENT_TYPE


@csrf_exempt
@require_safe
def office_card(request: HttpRequest, slug: str) -> HttpResponseBase:
    """404 for an office that is none or closed down."""
    contact = office_contact(get_object_or_404(Office.objects.select_related("page"), slug=slug))
    if contact is None:
        raise Http404
    return _file(request, contact, slug)


@csrf_exempt
@require_safe
def advisor_card(request: HttpRequest, slug: str) -> HttpResponseBase:
    """404 for somebody who is not shown."""
    advisor = get_object_or_404(Advisor.objects.shown().select_related("office__page"), slug=slug)
    return _file(request, advisor_contact(advisor), slug)


def _file(request: HttpRequest, contact: Contact, name: str) -> HttpResponseBase:
    return public_file(request, contact.card.encode(), content_type=CONTENT_TYPE, name=f"{name}.vcf")
