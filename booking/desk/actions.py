"""What the desk does with one appointment: each a POST through a service, then back to the appointment."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from booking.desk.refusals import sentence
from booking.desk.views import OwnRows
from booking.domain.errors import AlreadyCancelled, AppointmentOver, BookingRefused, FirmWithoutAddress, HoldExpired
from booking.enums import Outcome
from booking.models import Appointment
from booking.services.book import book_requested
from booking.services.cancel import cancel_appointment
from booking.services.record import record_note, record_outcome
from booking.services.request import withdraw_request
from booking.services.same_entry import recognise_entry
from booking.services.wish import end_wish, wish_earlier
from foundation.public_forms import without_controls

REASON_LENGTH = 300
_TOLD = "Der Betrieb bekommt eine E-Mail."
_NOT_TOLD = "Der Betrieb hat keine E-Mail-Adresse hinterlassen: Bitte rufen Sie ihn an."


_RUN_OUT = "Die Frist zum Bestätigen ist um, die Zeit ist wieder frei. Bitte buchen Sie sie unter „Neuer Termin“."
_NOTHING_TO_RELEASE = "Hier gibt es nichts freizugeben: Der Termin ist gebucht, oder die Frist ist schon um."

_NOT_ASKED = "Ohne E-Mail-Adresse können wir den Betrieb nicht fragen: Bitte rufen Sie ihn an, wenn etwas frei wird."


def told(appointment: Appointment) -> str:
    """Whether the firm learns of a change by mail or must be called."""
    return _TOLD if appointment.email else _NOT_TOLD


class AppointmentRows(OwnRows, PermissionCheckedMixin):
    """The appointments on which the user may act; any other is not found."""

    permission_required = "act"
    actions = frozenset({"act"})
    model: Any = None
    inspect_url_name = ""
    index_url_name = ""
    related = ("advisor", "office", "office_day", "service")

    def appointment(self, pk: int) -> Appointment:
        return get_object_or_404(self.own_rows(), pk=pk)

    def back(self, appointment: Appointment) -> HttpResponse:
        """To the appointment, or to the list where it has left the user's reach."""
        policy, user = self.permission_policy, self.request.user
        if policy.user_has_permission_for_instance(user, "view", appointment):
            return redirect(reverse(self.inspect_url_name, args=[appointment.pk]))
        return redirect(reverse(self.index_url_name))


class _Action(AppointmentRows, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        appointment = self.appointment(pk)
        try:
            done = self.act(appointment)
        except BookingRefused as refusal:
            messages.error(request, self.refused(refusal))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, done)
        return self.back(appointment)

    def act(self, appointment: Appointment) -> str:
        """Calls the service and says in a sentence what is done."""
        raise NotImplementedError

    def refused(self, refusal: BookingRefused) -> str:
        return sentence(refusal)


class CancelView(_Action):
    """The firm is told by mail, as if it were cancelled by a link."""

    def act(self, appointment: Appointment) -> str:
        reason = self.request.POST.get("reason", "").strip()[:REASON_LENGTH]
        cancel_appointment(appointment, now=timezone.now(), actor=self.request.user, reason=reason)
        return f"Der Termin ist abgesagt. {told(appointment)}"

    def refused(self, refusal: BookingRefused) -> str:
        if isinstance(refusal, AppointmentOver):
            return "Dieser Termin lässt sich nicht mehr absagen: Er ist vorbei oder nie gebucht worden."
        return "Dieser Termin war schon abgesagt." if isinstance(refusal, AlreadyCancelled) else sentence(refusal)


class ConfirmOnCallView(_Action):
    """„Auf Zuruf bestätigen“: the firm has said on the phone that it comes, so its address need not answer."""

    def act(self, appointment: Appointment) -> str:
        book_requested(appointment, actor=self.request.user, now=timezone.now())
        return f"Der Termin ist gebucht. {told(appointment)}"

    def refused(self, refusal: BookingRefused) -> str:
        return _RUN_OUT if isinstance(refusal, HoldExpired) else sentence(refusal)


class ReleaseView(_Action):
    """The time of an unconfirmed request is free at once, and what the firm told is forgotten."""

    def act(self, appointment: Appointment) -> str:
        if not withdraw_request(appointment, actor=self.request.user, now=timezone.now()):
            raise AppointmentOver
        return "Die Zeit ist wieder frei, die Angaben des Betriebs sind gelöscht."

    def refused(self, refusal: BookingRefused) -> str:
        return _NOTHING_TO_RELEASE if isinstance(refusal, AppointmentOver) else sentence(refusal)


class EarlierView(_Action):
    """For a firm that says on the phone that it would rather come earlier, or that it no longer minds."""

    def act(self, appointment: Appointment) -> str:
        now, user = timezone.now(), self.request.user
        if "end" in self.request.POST:
            end_wish(appointment, now=now, actor=user)
            return "Der Betrieb wird nicht mehr nach früheren Zeiten gefragt."
        wish_earlier(appointment, day_part="", same_advisor=False, now=now, actor=user)
        return "Wird früher eine Zeit frei, fragen wir den Betrieb per E-Mail, der Reihe nach."

    def refused(self, refusal: BookingRefused) -> str:
        return _NOT_ASKED if isinstance(refusal, FirmWithoutAddress) else sentence(refusal)


class SameEntryView(_Action):
    """„Das ist derselbe Termin“: the entry in the own calendar is a copy made by hand."""

    def act(self, appointment: Appointment) -> str:
        recognise_entry(appointment, actor=self.request.user, now=timezone.now())
        return (
            "Der Eintrag gilt als dieser Termin. Ändert sich einer von beiden oder wird der Eintrag neu angelegt, "
            "steht der Hinweis wieder da."
        )

    def refused(self, refusal: BookingRefused) -> str:
        is_gone = isinstance(refusal, AppointmentOver)
        return "Im eigenen Kalender ist in dieser Zeit nichts mehr eingetragen." if is_gone else sentence(refusal)


class OutcomeView(_Action):
    """„hat stattgefunden“, „nicht erschienen“, or neither of them again."""

    def act(self, appointment: Appointment) -> str:
        text = self.request.POST.get("outcome", "")
        if text and text not in Outcome.values:
            raise Http404
        outcome = Outcome(text) if text else None
        record_outcome(appointment, outcome, actor=self.request.user, now=timezone.now())
        return f"Festgehalten: {outcome.label}." if outcome else "Das Ergebnis ist zurückgenommen."


class NoteView(_Action):
    def act(self, appointment: Appointment) -> str:
        field = Appointment._meta.get_field("note")
        text = self.request.POST.get("note", "").replace("\r\n", "\n").strip()[: field.max_length]
        record_note(appointment, without_controls(text, lines=True), actor=self.request.user, now=timezone.now())
        return "Die Notiz ist gespeichert."
