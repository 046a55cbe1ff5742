"""The page that says why a time cannot be had, keeps every answer, and offers what can be had instead."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from booking.alternatives import Offer, alternatives
from booking.answers import as_typed
from booking.domain.errors import (
    BookingRefused,
    ConfirmedTooLate,
    FirmTooFar,
    HoldExpired,
    PlaceUnknown,
    SlotNotOffered,
    SlotTaken,
    TooManyHolds,
    WayDoesNotFit,
)
from booking.services.hold import Wish
from booking.times import by_day, day_value
from booking.views.start import steps
from booking.wording import day_and_time, place_refused


def refused(request: HttpRequest, wish: Wish, refusal: BookingRefused, *, visit: str, now: datetime) -> HttpResponse:
    """409 (429 where a network holds too much, 410 for the link of a mail that came too late): the sentence, the
    nearest free times here, the ways beside, and all that was typed."""
    found = alternatives(
        wish.service,
        now=now,
        office=wish.office,
        kind=wish.kind,
        around=max(wish.starts_at, now),
        minutes=wish.minutes,
        advisor=wish.advisor,
        postcode=wish.postcode,
    )
    person = wish.advisor.slug if wish.advisor else ""
    course = wish.course.slug if wish.course else ""
    chosen = {
        "anliegen": wish.service.slug,
        "art": wish.kind,
        "dauer": wish.minutes,
        "person": person,
        "kurs": course,
        "plz": wish.postcode if wish.is_in_firm else "",
    }
    query = urlencode({name: value for name, value in chosen.items() if value})
    context = {
        "title": _title(refusal),
        "sentence": _sentence(refusal, wish),
        "wish": wish,
        "person": person,
        "visit": visit,
        "typed": _typed(wish.details),
        "days": _days(found.here),
        "offers": [_shown(offer, number) for number, offer in enumerate(found.beside)],
        "times_url": f"{reverse('booking:times', args=[wish.office.slug])}?{query}",
        "steps": steps("Zeit"),
    }
    return render(request, "booking/refused.html", context, status=_status(refusal))


def _status(refusal: BookingRefused) -> int:
    match refusal:
        case TooManyHolds():
            return 429
        case ConfirmedTooLate():
            return 410
        case _:
            return 409


def _typed(details: dict[str, Any]) -> dict[str, str]:
    """What the next form begins with, under the names of its fields."""
    plain = {name: value for name, value in details.items() if value and name != "answers"}
    return plain | as_typed(details.get("answers", ()))


def _days(offer: Offer) -> list[dict[str, Any]]:
    return [day_value(day, starts) for day, starts in by_day(slot.start for slot in offer.slots).items()]


def _shown(offer: Offer, number: int) -> dict[str, Any]:
    label = offer.kind.label
    title, note = label[0].upper() + label[1:], offer.office.name
    if offer.distance_km > 0:
        title, note = offer.office.name, f"{label}, etwa {offer.distance_km} km entfernt"
    elif offer.by_others:
        title, note = "Mit anderen Beraterinnen und Beratern", f"{label}, {offer.office.name}"
    elif offer.advisor:
        note = f"mit {offer.advisor.name}, {offer.office.name}"
    return {
        "title": title,
        "note": note,
        "person": offer.advisor.slug if offer.advisor else "",
        "url": reverse("booking:reserve", args=[offer.office.slug]),
        "kind": offer.kind.value,
        "days": _days(offer),
        "prefix": f"angebot-{number}",
    }


def _title(refusal: BookingRefused) -> str:
    match refusal:
        case ConfirmedTooLate():
            return "Diese Zeit ist nicht mehr für Sie reserviert"
        case HoldExpired():
            return "Die Reservierung ist abgelaufen"
        case TooManyHolds():
            return "Zu viele Zeiten gleichzeitig reserviert"
        case SlotNotOffered():
            return "Diese Zeit bieten wir nicht an"
        case WayDoesNotFit() | PlaceUnknown() | FirmTooFar():
            return "Der Besuch ist so nicht möglich"
        case _:
            return "Diese Zeit ist gerade vergeben worden"


def _sentence(refusal: BookingRefused, wish: Wish) -> str:
    time = day_and_time(wish.starts_at)
    match refusal:
        case WayDoesNotFit() | PlaceUnknown() | FirmTooFar():
            return _about_the_way(refusal, time)
        case ConfirmedTooLate():
            return f"{time}: Die Frist zum Bestätigen ist um, oder die Zeit wurde freigegeben. Es ist nichts gebucht."
        case HoldExpired():
            return f"{time} war für Sie reserviert, aber die Zeit ist um. Es ist nichts gebucht."
        case TooManyHolds(limit=limit):
            return (
                f"Von Ihrem Internetanschluss aus sind gerade {limit} Zeiten reserviert, mehr geht nicht auf einmal. "
                "Schließen Sie eine Buchung ab, oder versuchen Sie es in zehn Minuten noch einmal."
            )
        case SlotTaken():
            return f"{time} hat gerade jemand anders gewählt. Es ist nichts gebucht."
        case _:
            return f"{time} liegt außerhalb der Beratungszeiten, ist schon vorbei oder zu kurzfristig."


def _about_the_way(refusal: WayDoesNotFit | PlaceUnknown | FirmTooFar, time: str) -> str:
    if isinstance(refusal, WayDoesNotFit):
        return f"{time}: Die Fahrt zu Ihnen passt nicht zwischen die Termine davor und danach. Es ist nichts gebucht."
    return f"{place_refused(refusal)} Es ist nichts gebucht."
