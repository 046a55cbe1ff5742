"""Letters to providers about their courses, and to the editors about what providers wish. Subjects name nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from courses.models import CoursePage, Provider
from foundation.models import BrandSettings
from foundation.outbox.message import Letter

SHOWN = 30
"""Titles in a mail; its link leads to all."""


def link_letter(
    provider: Provider, address: str, *, due: Sequence[str], number: int, expires_at: datetime, is_reminder: bool
) -> Letter:
    """`due` are the titles of what is to be looked at, out of `number` courses."""
    brand = BrandSettings.in_force()
    subject = f"{brand.wordmark}: {'Stimmen Ihre Kurse noch?' if is_reminder else 'Bitte prüfen Sie Ihre Kurse'}"
    context = {
        "provider": provider,
        "address": address,
        "due": due[:SHOWN],
        "more": max(0, len(due) - SHOWN),
        "number": number,
        "until": date_format(timezone.localtime(expires_at), "j. F Y"),
        "is_reminder": is_reminder,
    }
    return _letter("provider_link", provider.address_of_link, brand.contact_email, subject, context)


def wish_letter(provider: Provider, course: CoursePage, wish: str) -> Letter:
    """To the editors; answering writes to the provider."""
    brand = BrandSettings.in_force()
    context = {
        "provider": provider,
        "course": course,
        "wish": wish,
        "edit_url": settings.BASE_URL + reverse("wagtailadmin_pages:edit", args=[course.pk]),
    }
    subject = "Ein Anbieter wünscht eine Änderung an einem Kurs"
    return _letter(
        "provider_wish", brand.contact_email, provider.address_of_link or brand.contact_email, subject, context
    )


def _letter(kind: str, to: str, reply_to: str, subject: str, context: dict[str, object]) -> Letter:
    """`kind` names the templates, too."""
    shared = {
        "brand": BrandSettings.in_force(),
        "title": subject,
        "imprint_url": f"{settings.BASE_URL}/impressum/",
        "privacy_url": f"{settings.BASE_URL}/datenschutz/",
    }
    return Letter(
        kind=kind,
        to=to,
        subject=subject,
        text=render_to_string(f"emails/courses/{kind}.txt", context | shared),
        html=render_to_string(f"emails/courses/{kind}.html", context | shared),
        reply_to=reply_to,
    )
