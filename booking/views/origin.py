"""What the booking's private pages answer to links that open nothing any more."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from booking.links import LinkExpired, LinkForgotten, LinkInvalid, LinkReplaced
from foundation.origin import View, sealed


def private(view: View) -> View:
    """A page that belongs to one firm.

    A link that is none answers 404, one that has had its time, was replaced or whose data are deleted 410, all with a
    way on.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
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
        return sealed(response)

    return answered
