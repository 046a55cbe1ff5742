"""„Prüfung“ in the editor of a page: what to look at again, in the side panel and after publishing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Page

from courses.course_details import lacks_postcode
from courses.models import CoursePage
from home.domain.editing import ease_of, findings
from home.domain.page_pieces import Finding, Place
from home.domain.reading_ease import FEWEST_WORDS, Ease
from home.page_content import content_of


@dataclass(frozen=True, slots=True)
class Report:
    findings: list[Finding]
    ease: Ease | None
    reason_of_no_ease: str
    """Why there is none, in words for the editor."""


def report_of(page: Page) -> Report:
    content = content_of(page)
    reason = f"unter {FEWEST_WORDS} Wörtern keine Aussage"
    return Report([*findings(content), *_dates_without_postcode(page)], ease_of(content), reason)


def _dates_without_postcode(page: Page) -> Iterator[Finding]:
    if not isinstance(page, CoursePage):
        return
    for number, run in enumerate(page.runs.all()):
        if run.starts_on >= timezone.localdate() and lacks_postcode(page, run):
            place = Place(f"Durchführungen › PLZ ({number + 1}. Durchführung)", f"id_runs-{number}-postcode")
            advice = "Tragen Sie sie ein: Wer in der Nähe sucht, findet den Termin sonst nicht."
            yield Finding(place, f"Die PLZ zu „{run.town}“ fehlt.", advice)


@require_safe
def report(request: HttpRequest, number: int) -> HttpResponse:
    """The newest version of a page, as a piece of the side panel: the editor saves by itself, without a new page."""
    page = get_object_or_404(Page, pk=number)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    newest = page.get_latest_revision_as_object()
    return render(request, "home/checks/report.html", {"report": report_of(newest), "page": newest})


def remind_after_publishing(request: HttpRequest, page: Page) -> None:
    number = len(report_of(page.specific).findings)
    if number:
        hints = "einen Hinweis; er steht" if number == 1 else f"{number} Hinweise; sie stehen"
        messages.warning(request, f"Die Prüfung von „{page.title}“ hat {hints} beim Bearbeiten unter „Überprüfungen“.")
