"""„Bedarf melden“: from a search that found nothing to the form, and from there to the advisors."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.finder import found_by
from courses.selectors import way_to_courses
from foundation.limits import Limit
from foundation.networks import network_of
from foundation.origin import from_own_pages
from home.demand.carried import carried
from home.demand.forms import DemandForm, first_answers
from home.demand.report import count_unmet_search, district_of, report_demand, unmet_stems
from home.refusals import told_of
from home.sent_forms import FormRefused
from home.stamps import new_stamp, read_stamp
from offices.nearby import nearby

_AN_HOUR = Limit("unmet_searches", times=20, seconds=3600)
_A_DAY = Limit("unmet_search", times=1, seconds=24 * 3600)
"""The same words of the same network."""


@require_POST
@from_own_pages
def searched_in_vain(request: HttpRequest) -> HttpResponse:
    """Counts the search of a list without hits, and leads to the form with all that it asked for."""
    now = timezone.now()
    found = found_by(request.POST, timezone.localdate(now))
    stems = unmet_stems(found)
    if stems and not any(limit.is_reached(request, now=now, of=of) for limit, of in _limits(stems)):
        count_unmet_search(stems, district_of(found), day=timezone.localdate(now))
        for limit, of in _limits(stems):
            limit.count(request, now=now, of=of)
    return redirect(_with(reverse("home:report_demand"), found.selection.query))


@require_http_methods(["GET", "HEAD", "POST"])
@from_own_pages
def report(request: HttpRequest) -> HttpResponse:
    """Takes the form; wrong answers come back to be corrected, with all that was typed."""
    if request.method != "POST":
        found = found_by(request.GET, timezone.localdate())
        return _page(request, DemandForm(initial=first_answers(carried(found))))
    form = DemandForm(request.POST)
    stamp = read_stamp(request.POST.get("stempel", ""))
    if not form.is_valid():
        return _page(request, form, stamp=request.POST["stempel"] if stamp else "", status=422)
    need, order = form.said, form.order(timezone.localdate())
    try:
        report_demand(need, order=order, stamp=stamp, network=network_of(request), now=timezone.now())
    except FormRefused as refusal:
        told = told_of(refusal)
        form.add_error(None, told.sentence)
        return _page(request, form, stamp=request.POST["stempel"] if told.keeps_stamp else "", status=told.status)
    place = need.place.postcode or (need.place.district.seat if need.place.district else "")
    shown = ({"ort": place} if place else {}) | ({"mail": "1"} if order else {})
    return redirect(_with(reverse("home:demand_reported"), urlencode(shown)))


@require_safe
def reported(request: HttpRequest) -> HttpResponse:
    """Thanks, and the advisors: those for the place, else the way to choose an office."""
    near = nearby(request.GET.get("ort", ""), request)
    context = {
        "office": near.offices[0] if near and near.offices else None,
        "is_ordered": "mail" in request.GET,
        "breadcrumbs": way_to_courses(request),
    }
    return _unlisted(render(request, "home/demand/reported.html", context))


def _limits(stems: list[str]) -> list[tuple[Limit, str]]:
    """Words and network stand side by side in the cache: as a mark under the key of the site, never as they are."""
    return [(_AN_HOUR, ""), (_A_DAY, salted_hmac("home.unmet_search", " ".join(stems)).hexdigest())]


def _page(request: HttpRequest, form: DemandForm, *, stamp: str = "", status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "stamp": stamp or new_stamp(now=timezone.now()),
        "breadcrumbs": way_to_courses(request),
    }
    response = _unlisted(render(request, "home/demand/form.html", context, status=status))
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _unlisted(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _with(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path
