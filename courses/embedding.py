"""The list of courses in the pages of others: plain HTML for a frame, and the page that puts its address together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from urllib.parse import urlencode

from csp.decorators import csp
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from courses.finder import Finder, found_by
from courses.known_teasers import known_teasers
from courses.selectors import CourseTeaser, way_to_courses
from courses.stock import stock
from foundation.models import BrandSettings
from foundation.public_files import public_file

NUMBERS = (3, 6, 12)
USUAL = 6
_NAMED = {"thema", "kreis"}
"""Facets by which the editors of other sites choose; the frame heeds all that the list of courses does."""


@dataclass(frozen=True, slots=True)
class EmbeddedList:
    """`chosen` are names of what is chosen; `query` leads to the same choice in the whole list."""

    courses: list[CourseTeaser]
    total: int
    chosen: str
    query: str


def embedded_courses(query: QueryDict, today: date, request: HttpRequest) -> EmbeddedList:
    """Three queries beside those of the stock, none where all of it was shown before. What it does not know it does not
    heed, as the list of courses: an old address in the page of somebody else shall go on showing courses."""
    found = found_by(query, today)
    keys = found.stock.keys
    shown = found.ordered()[: _number(query)]
    dates = {keys[course]: [row.key for row in found.dates(course) if row.key] for course in shown}
    teasers = known_teasers(found.stock, dates, today, request)
    return EmbeddedList(
        courses=[teasers[keys[course]] for course in shown if keys[course] in teasers],
        total=found.number,
        chosen=", ".join(_chosen(found)),
        query=found.selection.query,
    )


def _chosen(found: Finder) -> list[str]:
    words = [found.selection.text] if found.selection.text else []
    return [*words, *(found.stock.labels[choice] for choice in found.selection.choices)]


def _number(query: QueryDict) -> int:
    given = query.get("anzahl", "")
    return int(given) if given in {str(number) for number in NUMBERS} else USUAL


@require_safe
@xframe_options_exempt
@csp(settings.EMBEDDED_CONTENT_SECURITY_POLICY)
def embedded_list(request: HttpRequest) -> HttpResponseBase:
    """The one page that others may show in a frame. It does not know who does, and leaves no cookie."""
    way = way_to_courses(request)
    context = {
        "list": embedded_courses(request.GET, timezone.localdate(), request),
        "all_url": way[-1].url if way else "/",
        "wordmark": BrandSettings.as_shown().wordmark,
    }
    body = render_to_string("courses/embedded_list.html", context).encode()
    return public_file(request, body, content_type="text/html; charset=utf-8", name="kurse.html")


class EmbeddingForm(forms.Form):
    """What the frame shall show. Nothing in it can be wrong but by hand; then the usual counts."""

    thema = forms.ChoiceField(label="Thema", required=False)
    kreis = forms.ChoiceField(label="Landkreis", required=False)
    anzahl = forms.TypedChoiceField(
        label="Höchstens so viele Kurse", choices=[(number, number) for number in NUMBERS], coerce=int, initial=USUAL
    )

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        labels = stock(today).labels
        for name, otherwise in (("thema", "alle Themen"), ("kreis", "alle Landkreise")):
            values = [(choice.value, label) for choice, label in labels.items() if choice.facet == name]
            self.fields[name].choices = [("", otherwise), *values]

    @property
    def parameters(self) -> dict[str, str]:
        """Those that are not the usual."""
        self.full_clean()
        chosen = {name: str(value) for name, value in self.cleaned_data.items() if value}
        return {name: value for name, value in chosen.items() if name in _NAMED or value != str(USUAL)}


@require_safe
def composer(request: HttpRequest) -> HttpResponse:
    """Each choice is one address, so it works without script."""
    asked = {name: value.replace("\x00", "") for name, value in request.GET.items()}
    form = EmbeddingForm({"anzahl": USUAL, **asked}, today=timezone.localdate())
    query = urlencode(form.parameters)
    address = settings.BASE_URL + reverse("courses:embedded_list") + (f"?{query}" if query else "")
    context = {
        "form": form,
        "frame_url": address,
        "code": _frame(address),
        "sites": _sites(),
        "is_any_site": "https:" in settings.EMBEDDING_SITES,
        "breadcrumbs": way_to_courses(request),
        "address": settings.BASE_URL + request.path,
    }
    return render(request, "courses/embedding.html", context)


def _sites() -> list[str]:
    """As people write them; with and without `www.` they are one."""
    return list(dict.fromkeys(site.removeprefix("https://").removeprefix("www.") for site in settings.EMBEDDING_SITES))


def _frame(address: str) -> str:
    """HTML for the page of somebody else, which our page shows as text."""
    wordmark = escape(BrandSettings.as_shown().wordmark)
    return (
        f'<iframe src="{escape(address)}" title="Kurse von {wordmark}" width="100%" height="800" loading="lazy" '
        'style="border: 0"></iframe>'
    )
