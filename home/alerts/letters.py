"""Mails about new courses. Subjects, and the mail to an address not yet confirmed, hold nothing that anybody typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string

from foundation.models import BrandSettings
from foundation.outbox.message import Letter
from home.alerts.links import Purpose, link_to
from home.models import AlertSubscriber, CourseAlert

CONFIRM, DIGEST = "alert_confirm", "alert_digest"
Context = dict[str, object]


@dataclass(frozen=True, slots=True)
class NewCourse:
    title: str
    url: str
    provider: str
    when: str


@dataclass(frozen=True, slots=True)
class News:
    """Of one order. `more` courses stand in the list at `url` only; `lacking` are facets that are gone."""

    words: str
    url: str
    courses: Sequence[NewCourse]
    more: int = 0
    lacking: str = ""


def confirm_letter(alert: CourseAlert) -> Letter:
    context = _frame(BrandSettings.in_force()) | {"confirm_url": link_to(alert, Purpose.CONFIRM)}
    return _letter(alert.subscriber, CONFIRM, "Bitte bestätigen Sie Ihren Suchauftrag", context)


def digest_letter(subscriber: AlertSubscriber, news: Sequence[News], brand: BrandSettings) -> Letter:
    end_url = link_to(subscriber, Purpose.END)
    context = _frame(brand) | {
        "news": news,
        "rhythm": subscriber.get_rhythm_display(),
        "manage_url": link_to(subscriber, Purpose.MANAGE),
        "data_url": link_to(subscriber, Purpose.MANAGE),
        "end_url": end_url,
    }
    return _letter(subscriber, DIGEST, "Neue Kurse zu Ihren Suchaufträgen", context, unsubscribe=end_url)


def _letter(subscriber: AlertSubscriber, kind: str, subject: str, context: Context, *, unsubscribe: str = "") -> Letter:
    return Letter(
        kind=kind,
        to=subscriber.email,
        subject=subject,
        text=render_to_string(f"emails/home/{kind}.txt", context),
        html=render_to_string(f"emails/home/{kind}.html", context),
        thread=subscriber.thread,
        unsubscribe=unsubscribe,
    )


def _frame(brand: BrandSettings) -> Context:
    return {
        "brand": brand,
        "imprint_url": f"{settings.BASE_URL}/impressum/",
        "privacy_url": f"{settings.BASE_URL}/datenschutz/",
    }
