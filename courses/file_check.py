"""„Kursliste prüfen“: anyone may see what an import would make of a file. Nothing of it is stored."""

from __future__ import annotations

from threading import BoundedSemaphore
from typing import cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from courses.catalogue.apart import check_apart
from courses.catalogue.checking import MOST_CHECKED, MOST_SHOWN, Report
from courses.catalogue.columns import COLUMNS
from courses.catalogue.records import CourseRecord, FileRefused
from courses.catalogue.writing import HEADINGS
from courses.models.price import price_in_words
from courses.selectors import way_to_courses
from foundation.limits import Limit
from foundation.origin import from_own_pages
from foundation.public_files import public_file
from foundation.public_forms import PublicForm
from foundation.spreadsheets import MARK, csv_line

MOST_BYTES = 5 * 1024 * 1024
_ROUND_IT = 64 * 1024
"""What a form adds to the file that it sends."""

CHECKS = Limit("course-file-check", times=30, seconds=3600)
AT_ONCE = BoundedSemaphore(2)
"""Checks of one process of the web server: its other threads stay with the pages."""


class FileForm(PublicForm):
    file = forms.FileField(
        label="Ihre Datei",
        help_text=f"CSV, XLSX oder XML (open-Q-cat, Open-vhs), höchstens {MOST_BYTES // 1024 // 1024} MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xml,.zip"}),
        error_messages={
            "required": "Bitte wählen Sie eine Datei aus.",
            "empty": "Die Datei ist leer.",
            "invalid": "Bitte wählen Sie eine Datei aus.",
            "missing": "Bitte wählen Sie eine Datei aus.",
        },
    )


class _InMemory(MemoryFileUploadHandler):
    """Files of visitors are never written to the disk, whatever their size; the whole request is bounded before."""

    def handle_raw_input(self, *args: object, **kwargs: object) -> None:
        self.activated = True


@require_http_methods(["GET", "HEAD", "POST"])
@from_own_pages
def check_course_file(request: HttpRequest) -> HttpResponse:
    """The form; after it is sent, the same page with the report. 413 for a file too large, 422 for one not read, 429
    and 503 where there are too many."""
    if request.method != "POST":
        return _page(request, FileForm())
    now = timezone.now()
    if CHECKS.is_reached(request, now=now):
        refused = _told(
            "Von Ihrem Anschluss kamen gerade viele Dateien. Bitte versuchen Sie es in einer Stunde wieder."
        )
        response = _page(request, refused, status=429)
        response.headers["Retry-After"] = CHECKS.retry_after(now)
        return response
    if _length(request) > MOST_BYTES + _ROUND_IT:
        too_large = _told(
            f"Die Datei ist größer als {MOST_BYTES // 1024 // 1024} MB. Bitte prüfen Sie einen Teil davon."
        )
        return _page(request, too_large, status=413)
    CHECKS.count(request, now=now)
    request.upload_handlers = [_InMemory(request)]
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    if not AT_ONCE.acquire(blocking=False):
        busy = _told("Gerade werden viele Dateien geprüft. Bitte versuchen Sie es in einer Minute wieder.")
        response = _page(request, busy, status=503)
        response.headers["Retry-After"] = "60"
        return response
    try:
        return _checked(request, form)
    finally:
        AT_ONCE.release()


def _checked(request: HttpRequest, form: FileForm) -> HttpResponse:
    upload = cast("UploadedFile", form.cleaned_data["file"])
    try:
        report = check_apart(upload.read(), today=timezone.localdate())
    except FileRefused as refusal:
        form.add_error("file", str(refusal))
        return _page(request, form, status=422)
    return _page(request, FileForm(), report=report, name=upload.name or "")


@csrf_exempt
@require_safe
def course_file_template(request: HttpRequest) -> HttpResponseBase:
    """All columns and one example."""
    lines = (HEADINGS, [column.example for column in COLUMNS])
    body = (MARK + "".join(map(csv_line, lines))).encode()
    name = "kursliste-vorlage.csv"
    response = public_file(request, body, content_type="text/csv; charset=utf-8", name=name)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _told(sentence: str) -> FileForm:
    """A form that says why nothing was read."""
    form = FileForm({}, {})
    form.errors.clear()
    form.add_error(None, sentence)
    return form


def _length(request: HttpRequest) -> int:
    """Without a length nothing is read at all; that is how WSGI works."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _page(
    request: HttpRequest, form: FileForm, *, report: Report | None = None, name: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "breadcrumbs": way_to_courses(request),
        "address": settings.BASE_URL + request.path,
        "columns": COLUMNS,
        "report": report,
        "name": name,
        "first": [(course, _facts(course)) for course in report.first] if report else [],
        "most_checked": MOST_CHECKED,
        "most_shown": MOST_SHOWN,
    }
    response = render(request, "courses/file_check.html", context, status=status)
    if request.method == "POST":
        response.headers["Cache-Control"] = "no-store, private"
    return response


def _facts(course: CourseRecord) -> str:
    """When, where and for how much, as it was read."""
    dates = ", ".join(f"{run.starts_on:%d.%m.%Y} {run.town}".strip() for run in course.runs[:3])
    more = f" und {len(course.runs) - 3} weitere" if len(course.runs) > 3 else ""
    beginning = "jederzeit" if course.flexible_start and not dates else dates or "ohne Termin"
    return f"{beginning}{more} · {price_in_words(course.price_state, course.price)}"
