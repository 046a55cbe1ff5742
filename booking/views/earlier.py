"""„Früher kommen“: a firm asks to be told when a time before its own becomes free."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from booking.domain.clock import BERLIN, minute_of
from booking.domain.errors import AlreadyCancelled, AppointmentOver, FirmWithoutAddress
from booking.enums import Status
from booking.links import Purpose, path_to
from booking.models import Appointment, BookingSettings, EarlierWish
from booking.models.waiting import DAY_PARTS
from booking.selectors import free_times
from booking.services.wish import end_wish, wish_earlier
from booking.views.linked import booked_by, shown
from booking.views.origin import private
from booking.wording import call_us, day_and_time
from foundation.origin import from_own_pages

SHOWN = 3
NOT_ASKED = "Ohne E-Mail-Adresse können wir Sie nicht fragen. Bitte {}."


class WishForm(forms.Form):
    tageszeit = forms.ChoiceField(
        label="Wann passt es Ihnen?",
        choices=[("", "zu jeder Tageszeit"), *DAY_PARTS],
        required=False,
        widget=forms.RadioSelect,
    )
    person = forms.ChoiceField(
        label="Mit wem möchten Sie sprechen?",
        choices=[("", "egal, wer berät"), ("gleiche", "nur mit derselben Person")],
        required=False,
        widget=forms.RadioSelect,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@from_own_pages
@private
def wish(request: HttpRequest, token: str) -> HttpResponse:
    """Shows the wish and what is free already; only a button puts the firm on the list or takes it off."""
    now = timezone.now()
    appointment = booked_by(token, Purpose.EARLIER, now=now)
    stored = EarlierWish.objects.filter(appointment=appointment).first()
    form = WishForm(request.POST if request.method == "POST" else None, initial=_values(stored), label_suffix="")
    if request.method == "POST":
        if "zurueck" in request.POST:
            end_wish(appointment, now=now)
            return redirect(path_to(appointment, Purpose.EARLIER))
        if form.is_valid():
            try:
                wish_earlier(
                    appointment,
                    day_part=form.cleaned_data["tageszeit"],
                    same_advisor=form.cleaned_data["person"] == "gleiche",
                    now=now,
                )
            except (AlreadyCancelled, AppointmentOver):
                appointment.refresh_from_db(fields=["status", "starts_at", "ends_at"])
            except FirmWithoutAddress:
                form.add_error(None, NOT_ASKED.format(call_us(appointment.office)))
            else:
                return redirect(path_to(appointment, Purpose.EARLIER))
    if appointment.status == Status.CANCELLED:
        return render(request, "booking/cancelled.html", shown(appointment) | {"already": True})
    if appointment.starts_at <= now:
        return render(request, "booking/too_late.html", shown(appointment), status=409)
    context = shown(appointment) | {
        "form": form,
        "is_waiting": stored is not None,
        "already_free": _already_free(appointment, now=now),
        "minutes": BookingSettings.in_force().minutes_for_earlier,
        "view_url": path_to(appointment, Purpose.VIEW),
        "move_url": path_to(appointment, Purpose.MOVE),
    }
    return render(request, "booking/earlier.html", context, status=422 if form.errors else 200)


def _values(wish: EarlierWish | None) -> dict[str, str]:
    if wish is None:
        return {}
    return {"tageszeit": wish.day_part, "person": "gleiche" if wish.same_advisor else ""}


def _already_free(appointment: Appointment, *, now: datetime) -> list[str]:
    """The first times before the firm's own, of the same office and kind: whoever sees them need not wait."""
    last = BERLIN.local(minute_of(appointment.starts_at))[0]
    slots = free_times(
        appointment.service,
        now=now,
        offices=[appointment.office],
        kind=appointment.kind,
        last=last,
        own=[appointment.pk],
        minutes=appointment.minutes,
        postcode=appointment.postcode,
    )
    starts = sorted({slot.start for slot in slots if slot.start < minute_of(appointment.starts_at)})
    return [day_and_time(BERLIN.moment(start)) for start in starts[:SHOWN]]
