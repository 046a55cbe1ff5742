"""The firm's own data (Art. 15, 17, 20 DSGVO): what is kept and until when, as a file, and the button that deletes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from booking.enums import Status
from booking.links import LinkForgotten, Purpose, path_to, token_for
from booking.own_data import answers, as_document
from booking.services.erase import erase_data
from booking.services.retention import kept_until
from booking.views.linked import booked_by, shown
from booking.views.origin import private
from booking.wording import local
from foundation.origin import from_own_pages


@require_safe
@private
def view(request: HttpRequest, token: str) -> HttpResponse:
    """What is kept and until when. Once all is deleted, the page says so, as often as it is opened."""
    try:
        appointment = booked_by(token, Purpose.DATA, now=timezone.now())
    except LinkForgotten:
        return render(request, "booking/data_deleted.html")
    token = token_for(appointment, Purpose.DATA)
    context = shown(appointment) | {
        "token": token,
        "answers": [
            *({"term": term, "value": value} for term, value in answers(appointment).items() if value),
            *({"term": answer["question"], "value": answer["answer"]} for answer in appointment.answers),
        ],
        "kept_until": local(kept_until(appointment)),
    }
    return render(request, "booking/data.html", context)


@require_safe
@private
def download(_request: HttpRequest, token: str) -> HttpResponse:
    """All of it as JSON with German keys (Art. 20 DSGVO: structured, commonly used, machine-readable)."""
    appointment = booked_by(token, Purpose.DATA, now=timezone.now())
    document = as_document(appointment, kept_until=kept_until(appointment))
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = 'attachment; filename="ihre-daten.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@from_own_pages
@private
def erase(request: HttpRequest, token: str) -> HttpResponse:
    """Asks once more, then deletes at once; an appointment still ahead is cancelled with it."""
    now = timezone.now()
    try:
        appointment = booked_by(token, Purpose.DATA, now=now)
    except LinkForgotten:
        # A second click, or the same page in another tab: what was asked for is done.
        return render(request, "booking/data_deleted.html")
    if request.method == "POST":
        erase_data(appointment, now=now)
        # The old link now leads to the page that says so.
        return redirect(path_to(appointment, Purpose.DATA))
    is_ahead = appointment.status == Status.BOOKED and appointment.starts_at > now
    return render(request, "booking/data_erase.html", shown(appointment) | {"is_ahead": is_ahead})
