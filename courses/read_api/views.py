"""The read API: GET, HEAD and OPTIONS for programs and scripts of any site, without login, cookie or key."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

import msgspec
from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from courses.finder import found_in
from courses.read_api import answers, reading
from courses.read_api.given import unless_given
from courses.read_api.parameters import LARGEST_ID, Paging, Reader, paging_in, selection_and_paging_in
from courses.read_api.problems import Refused, problem
from courses.stock import stock
from foundation.public_files import public_file

_READING = "GET, HEAD, OPTIONS"
_DAY = 24 * 60 * 60
View = Callable[..., HttpResponseBase]
Entry = TypeVar("Entry")


def for_reading(view: View) -> View:
    """What goes wrong is said as JSON, too, and any page may read it by script."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _answer(view, request, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return answer


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return _preflight()
    if request.method not in {"GET", "HEAD"}:
        response = problem(request, 405)
        response.headers["Allow"] = _READING
        return response
    try:
        return view(request, *args, **kwargs)
    except Refused as refused:
        return problem(request, 400, refused.wrong)
    except Http404:
        return problem(request, 404)


def _preflight() -> HttpResponse:
    """A script that asks whether its copy still holds (If-None-Match) has the browser ask first."""
    headers = {
        "Allow": _READING,
        "Access-Control-Allow-Methods": _READING,
        "Access-Control-Allow-Headers": "If-None-Match",
        "Access-Control-Max-Age": str(_DAY),
    }
    return HttpResponse(status=204, headers=headers)


@for_reading
@unless_given
def courses(request: HttpRequest) -> HttpResponseBase:
    """In the order of the list of courses: the best first, then the soonest."""
    today = timezone.localdate()
    whole = stock(today)
    selection, paging = selection_and_paging_in(request, whole.labels)
    found = found_in(whole, selection, today)
    page = Paginator([whole.keys[number] for number in found.ordered()], paging.size)
    keys = list(page.page(_existing(page, paging)))
    known = reading.public_courses(keys, today, request) if keys else {}
    items = [known[key] for key in keys if key in known]
    return _json(request, answers.Courses(**_place(request, page, paging), items=items))


@for_reading
@unless_given
def course(request: HttpRequest, pk: int) -> HttpResponseBase:
    Reader(request.GET, ()).refuse_if_wrong()
    found = reading.public_courses([pk], timezone.localdate(), request) if pk <= LARGEST_ID else {}
    if pk not in found:
        raise Http404
    return _json(request, found[pk])


@for_reading
@unless_given
def providers(request: HttpRequest) -> HttpResponseBase:
    found = reading.public_providers(timezone.localdate())
    return _listed(request, found, reading.provider_answer, answers.Providers)


@for_reading
@unless_given
def topics(request: HttpRequest) -> HttpResponseBase:
    return _listed(request, reading.public_topics(), reading.topic_answer, answers.Topics)


@for_reading
@unless_given
def fundings(request: HttpRequest) -> HttpResponseBase:
    return _listed(request, reading.public_fundings(), reading.funding_answer, answers.Fundings)


@for_reading
@unless_given
def target_groups(request: HttpRequest) -> HttpResponseBase:
    return _listed(request, reading.public_target_groups(), reading.named, answers.TargetGroups)


@for_reading
def nothing(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Any other address below."""
    raise Http404


def _listed(
    request: HttpRequest,
    found: QuerySet[Any],
    told: Callable[[Any], Entry],
    kind: Callable[..., answers.Listed],
) -> HttpResponseBase:
    paging = paging_in(request)
    page = Paginator(found, paging.size)
    entries: Iterable[Any] = page.page(_existing(page, paging))
    return _json(request, kind(**_place(request, page, paging), items=[told(entry) for entry in entries]))


def _existing(page: Paginator[Any], paging: Paging) -> int:
    """Raises Http404 for a page behind the last one; an empty list has one page."""
    if paging.page > page.num_pages:
        raise Http404
    return paging.page


def _place(request: HttpRequest, page: Paginator[Any], paging: Paging) -> dict[str, Any]:
    """All that a list says but its entries."""

    def address(number: int) -> str | None:
        if not 1 <= number <= page.num_pages:
            return None
        query = request.GET.copy()
        query["page"] = str(number)
        return f"{settings.BASE_URL}{request.path}?{query.urlencode()}"

    return {
        "total": page.count,
        "page": paging.page,
        "pages": page.num_pages,
        "next": address(paging.page + 1),
        "previous": address(paging.page - 1),
    }


def _json(request: HttpRequest, answer: answers.Listed | answers.Course) -> HttpResponseBase:
    body = msgspec.json.encode(answer)
    return public_file(request, body, content_type="application/json", name=f"{request.path.rsplit('/', 1)[-1]}.json")
