"""The third step: a time is reserved, the form is filled in, the appointment is booked (or asked for first)."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from booking.answers import PREFIX, as_typed, typed_answers
from booking.domain.errors import (
    AlreadyCancelled,
    BookingRefused,
    FilledInTooFast,
    FirmTooFar,
    HoldExpired,
    PlaceUnknown,
    SlotTaken,
    TooManyAppointments,
    TooManyMails,
)
from booking.enums import Kind, Status
from booking.forms import TYPED_FIELDS, FirmForm, typed_details
from booking.links import Purpose, appointment_of, path_to, token_for
from booking.models import Appointment, Service
from booking.selectors import advisors_at
from booking.services.book import book_appointment
from booking.services.hold import Wish, extend_hold, hold_time, release_hold
from booking.services.refresh import refresh_for_booking
from booking.services.request import withdraw_request
from booking.times import Query, moment_from
from booking.views.origin import private
from booking.views.refusals import refused
from booking.views.request import too_late, too_many_mails, waiting_page
from booking.views.said import said
from booking.views.start import steps
from booking.views.times import chosen_advisor, chosen_course, chosen_minutes
from booking.wording import arrival, call_us, local, place_refused, when, where
from foundation.networks import network_of
from foundation.origin import from_own_pages
from offices.models import Office


@require_POST
@from_own_pages
def reserve(request: HttpRequest, office: str) -> HttpResponse:
    """Holds the chosen time and goes on to the form."""
    place = get_object_or_404(Office, slug=office, is_active=True)
    now = timezone.now()
    wish = _wish(request, place)
    refresh_for_booking(offices=[place], advisor=wish.advisor, now=now)
    visit = said(request.POST, "besuch", 32) or secrets.token_urlsafe(12)
    try:
        hold = hold_time(wish, visit=visit, network=network_of(request), now=now)
    except BookingRefused as refusal:
        return refused(request, wish, refusal, visit=visit, now=now)
    return redirect(path_to(hold, Purpose.HOLD) + _person_query(wish.advisor.slug if wish.advisor else ""))


def _person_query(slug: str) -> str:
    return f"?{urlencode({'person': slug})}" if slug else ""


def _wish(request: HttpRequest, office: Office) -> Wish:
    service = get_object_or_404(Service, slug=said(request.POST, "anliegen", 80), is_active=True)
    kind = request.POST.get("art", "")
    if kind not in service.kinds:
        raise Http404
    try:
        starts_at = moment_from(request.POST.get("zeit", ""))
    except ValueError as error:
        raise Http404 from error
    details = typed_details(request.POST)
    if not details["postcode"]:
        details["postcode"] = said(request.POST, "plz", 5)
    details["answers"] = typed_answers(service, request.POST)
    return Wish(
        service=service,
        office=office,
        kind=kind,
        starts_at=starts_at,
        advisor=chosen_advisor(
            advisors_at(office, now=timezone.now()) if request.POST.get("person") else [],
            request.POST.get("person"),
        ),
        course=chosen_course(said(request.POST, "kurs", 255)),
        details=details,
        minutes=chosen_minutes(service, request.POST.get("dauer")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@from_own_pages
@private
def fill_in(request: HttpRequest, token: str) -> HttpResponse:
    """Shows the form of a reserved time; posting it books. Once booked, it leads to the booked appointment."""
    now = timezone.now()
    hold = appointment_of(token, Purpose.HOLD, now=now)
    if hold.status in {Status.BOOKED, Status.CANCELLED}:
        return redirect(path_to(hold, Purpose.VIEW))
    if not hold.is_held_at(now):
        return _run_out(request, hold, HoldExpired(), now=now)
    if request.method != "POST":
        if hold.awaits_verification and "aendern" not in request.GET:
            return waiting_page(request, hold, now=now)
        return _form_page(request, hold, _empty_form(hold, _typed_before(hold)))
    form = FirmForm(request.POST, kind=hold.kind, questions=hold.service.questions.all())
    return _book(request, hold, form, now=now)


def _book(request: HttpRequest, hold: Appointment, form: FirmForm, *, now: datetime) -> HttpResponse:
    if not form.is_valid():
        return _form_page(request, hold, form, status=422)
    try:
        hold = book_appointment(hold, form.details, now=now)
    except HoldExpired as refusal:
        return _run_out(request, hold, refusal, now=now)
    except SlotTaken as refusal:
        return refused(request, _again(hold, request), refusal, visit=hold.visit, now=now)
    except AlreadyCancelled:
        pass
    except BookingRefused as refusal:
        form.add_error(*_objection(refusal, hold))
    if form.errors:
        return _form_page(request, hold, form, status=422)
    if hold.awaits_verification:
        return redirect(path_to(hold, Purpose.HOLD) + _person_query(_named_person(request, hold)))
    return redirect(path_to(hold, Purpose.VIEW))


def _run_out(request: HttpRequest, hold: Appointment, refusal: HoldExpired, *, now: datetime) -> HttpResponse:
    if hold.is_unconfirmed and request.method != "POST":
        return too_late(request, hold, now=now)
    return refused(request, _again(hold, request), refusal, visit=hold.visit, now=now)


@require_POST
@from_own_pages
@private
def extend(request: HttpRequest, token: str) -> HttpResponse:
    """Begins the minutes of the reservation anew (WCAG 2.2.1). What was typed comes along."""
    now = timezone.now()
    hold = appointment_of(token, Purpose.HOLD, now=now)
    former_end = hold.hold_expires_at
    try:
        hold = extend_hold(hold, now=now)
    except HoldExpired as refusal:
        if _is_settled(hold):
            return redirect(path_to(hold, Purpose.VIEW))
        return _run_out(request, hold, refusal, now=now)
    typed = {name: text for name, text in request.POST.items() if name in TYPED_FIELDS or name.startswith(PREFIX)}
    is_extended = hold.hold_expires_at != former_end
    return _form_page(request, hold, _empty_form(hold, typed or _typed_before(hold)), is_extended=is_extended)


@require_POST
@from_own_pages
@private
def release(request: HttpRequest, token: str) -> HttpResponse:
    """Gives the reserved time back and returns to the free times; what another tab has booked stays booked."""
    now = timezone.now()
    hold = appointment_of(token, Purpose.HOLD, now=now)
    released = withdraw_request(hold, now=now) if hold.is_unconfirmed else release_hold(hold, now=now)
    if not released and _is_settled(hold):
        return redirect(path_to(hold, Purpose.VIEW))
    return redirect(_times_url(request, hold))


def _objection(refusal: BookingRefused, hold: Appointment) -> tuple[str | None, str]:
    """The field that the refusal is about, and its sentence."""
    match refusal:
        case PlaceUnknown() | FirmTooFar():
            return "postcode", place_refused(refusal)
        case TooManyAppointments(limit=limit):
            return "email", _too_many(limit, hold.office)
        case TooManyMails():
            return "email", too_many_mails(refusal, hold)
        case FilledInTooFast():
            return None, "Das ging sehr schnell. Bitte prüfen Sie Ihre Angaben, und senden Sie sie noch einmal."
        case _:
            raise refusal


def _too_many(limit: int, office: Office) -> str:
    """Tells the rule, and nothing of what is booked under the address."""
    number = "ist höchstens ein Termin" if limit == 1 else f"sind höchstens {limit} Termine"
    return f"Je E-Mail-Adresse {number} im Voraus möglich. Sagen Sie einen ab, oder {call_us(office)}."


def _is_settled(hold: Appointment) -> bool:
    """Whether it has become an appointment since, in another tab."""
    hold.refresh_from_db(fields=["status"])
    return hold.status in {Status.BOOKED, Status.CANCELLED}


def _typed_before(hold: Appointment) -> dict[str, str]:
    return {name: getattr(hold, name) for name in TYPED_FIELDS} | as_typed(hold.answers)


def _empty_form(hold: Appointment, typed: dict[str, str]) -> FirmForm:
    """Not yet judged; shows what was typed before."""
    return FirmForm(kind=hold.kind, questions=hold.service.questions.all(), initial=typed)


def _named_person(request: HttpRequest, hold: Appointment) -> str:
    """The advisor's short name where the visitor asked for that person, else nothing.

    The address of the form carries it, and the form's own buttons do: the reservation knows only who gives the time.
    """
    slug = said(request.POST, "person", 50) or said(request.GET, "person", 50)
    return slug if slug == hold.advisor.slug else ""


def _times_url(request: HttpRequest, hold: Appointment) -> str:
    """Back to the free times, with all that was chosen there."""
    state = {
        "anliegen": hold.service.slug,
        "art": hold.kind,
        "dauer": str(hold.chosen_minutes or ""),
        "person": _named_person(request, hold),
        "kurs": hold.course.slug if hold.course else "",
    }
    if hold.kind == Kind.FIRM:
        state["plz"] = hold.postcode
    return Query(reverse("booking:times", args=[hold.office.slug]), state).url()


def _again(hold: Appointment, request: HttpRequest) -> Wish:
    """The same wish once more, with what was typed."""
    return Wish.again(
        hold,
        details=typed_details(request.POST) | {"answers": typed_answers(hold.service, request.POST)},
        advisor=hold.advisor if _named_person(request, hold) else None,
    )


def _form_page(
    request: HttpRequest, hold: Appointment, form: FirmForm, *, status: int = 200, is_extended: bool | None = None
) -> HttpResponse:
    """`is_extended` answers whoever asked for more time; None: nobody did."""
    times = _times_url(request, hold)
    context = {
        "hold": hold,
        "token": token_for(hold, Purpose.HOLD),
        "form": form,
        "facts": [
            {"term": "Wann", "value": when(hold.starts_at, hold.ends_at)},
            {"term": "Wo", "value": where(hold), "note": arrival(hold)},
            {"term": "Anliegen", "value": hold.service.name},
            {"term": "Beratung", "value": hold.advisor.public_name},
        ],
        "held_until": local(hold.hold_expires_at) if hold.hold_expires_at else None,
        "is_extended": is_extended,
        "times_url": times,
        "named_person": _named_person(request, hold),
        "steps": steps("Angaben", Zeit=times),
        "books_at_once": not hold.service.confirm_email_first,
        "is_visit": hold.kind == Kind.FIRM,
    }
    return render(request, "booking/form.html", context, status=status)
