"""Which forms the booking accepts, and what its private pages forbid.

Visitors have no session and no authority that a foreign page could borrow, so the booking needs no cookie: what a
form may do is in the signed link that it is posted to. Posts from other sites are refused all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from booking.links import LinkExpired, LinkForgotten, LinkInvalid, LinkReplaced

View = Callable[..., HttpResponse]


def from_own_pages(view: View) -> View:
    """Lets GET and HEAD pass, and posts that come from the site itself or from a browser that does not say."""

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD", "OPTIONS"} and not _is_own(request):
            return render(request, "booking/foreign_form.html", status=403)
        return view(request, *args, **kwargs)

    return checked


def _is_own(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin", "null")
    return origin == "null" or urlsplit(origin).netloc == request.get_host()


def private(view: View) -> View:
    """A page that belongs to one firm: kept by nobody, found by nobody, its address told to nobody.

    A calendar, which programs compare with their own copy, says itself how it is kept. A link that is none answers 404,
    one that has had its time, was replaced or whose data are deleted 410, all with a way on.
    """

    @wraps(view)
    def sealed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except LinkForgotten:
            response = render(request, "booking/data_deleted.html", status=410)
        except LinkReplaced:
            response = render(request, "booking/link_replaced.html", status=410)
        except LinkInvalid:
            response = render(request, "booking/link_invalid.html", status=404)
        except LinkExpired:
            response = render(request, "booking/link_expired.html", status=410)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return sealed
