"""Which forms of visitors the site accepts, and what pages behind a secret address forbid.

Visitors have no session and no authority that a foreign page could borrow, so such forms need no cookie: what a form
may do is in the signed link that it is posted to. Posts from other sites are refused all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]


def from_own_pages(view: View) -> View:
    """Lets GET and HEAD pass, and posts that come from the site itself or from a browser that does not say."""

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD", "OPTIONS"} and not _is_own(request):
            return render(request, "foundation/foreign_form.html", status=403)
        return view(request, *args, **kwargs)

    return checked


def _is_own(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin", "null")
    try:
        return origin == "null" or urlsplit(origin).netloc == request.get_host()
    except ValueError:
        return False


def sealed(response: HttpResponse) -> HttpResponse:
    """Kept by nobody, found by nobody, its address told to nobody.

    A calendar, which programs compare with their own copy, says itself how it is kept.
    """
    response.headers.setdefault("Cache-Control", "no-store, private")
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
