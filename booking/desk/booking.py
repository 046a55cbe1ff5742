"""„Neuer Termin“: booking for a firm on the phone, on one page that works without JavaScript."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from booking.desk.actions import AppointmentRows, told
from booking.desk.appointments import FOLLOWED
from booking.desk.booking_form import DeskFirmForm, WishForm
from booking.desk.free_times import TimeChoice, desk_times
from booking.desk.refusals import sentence
from booking.domain.errors import BookingRefused, SlotNotOffered
from booking.enums import Kind
from booking.models import Appointment, ServiceQuestion
from booking.permissions import advisor_of
from booking.selectors import free_times
from booking.services.book_for_firm import book_for_firm
from booking.services.hold import Wish
from booking.services.refresh import refresh_for_booking
from booking.views.said import said

_WISH = ("anliegen", "dauer", "art", "plz", "buero", "beratung", "folge")


class BookView(AppointmentRows, WagtailAdminTemplateMixin, TemplateView):
    template_name = "booking/desk/book.html"
    page_title = "Neuer Termin"
    header_icon = "plus"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(firm_form=self._firm_form()))

    def post(self, request: HttpRequest) -> HttpResponse:
        """The wish is in the address, the firm and its time in the body; what was typed is never lost."""
        wish_form = self._wish_form()
        firm_form = self._firm_form(request.POST)
        if not firm_form.is_valid() or not wish_form.is_valid():
            return self.render_to_response(self.get_context_data(firm_form=firm_form), status=422)
        try:
            booked = self._book(wish_form, firm_form)
        except BookingRefused as refusal:
            messages.error(request, sentence(refusal))
            return self.render_to_response(self.get_context_data(firm_form=firm_form), status=409)
        messages.success(request, f"Der Termin ist gebucht. {told(booked)}")
        return self.back(booked)

    def _book(self, wish_form: WishForm, firm_form: DeskFirmForm) -> Appointment:
        wanted = wish_form.cleaned_data
        try:
            choice = TimeChoice.parse(self.request.POST.get("zeit", ""))
        except ValueError as error:
            raise SlotNotOffered from error
        wish = Wish(
            service=wanted["anliegen"],
            office=wanted["buero"],
            kind=wanted["art"],
            starts_at=choice.starts_at,
            advisor=wanted["beratung"],
            minutes=wanted["dauer"],
        )
        refresh_for_booking(offices=[wish.office], advisor=wish.advisor, now=timezone.now())
        return book_for_firm(
            wish,
            firm_form.details,
            visit=self.request.POST.get("besuch", "")[:32] or secrets.token_urlsafe(12),
            actor=self.request.user,
            now=timezone.now(),
            note=firm_form.cleaned_data["note"],
        )

    def _firm_form(self, data: Any = None) -> DeskFirmForm:
        """Asks what the wished service asks; before there is a wish, nothing of its own."""
        questions = ServiceQuestion.objects.filter(service__slug=said(self.request.GET, "anliegen", 80))
        before = self._before
        known = {name: getattr(before, name) for name in FOLLOWED} if before else {}
        if postcode := said(self.request.GET, "plz", 5):
            known["postcode"] = postcode
        return DeskFirmForm(data, kind=self.request.GET.get("art") or Kind.OFFICE, questions=questions, initial=known)

    @cached_property
    def _before(self) -> Appointment | None:
        """The appointment that a follow-up continues; 404 for one on which the user may not act."""
        number = said(self.request.GET, "folge", 18)
        if not number:
            return None
        if not (number.isascii() and number.isdigit()):
            raise Http404
        return self.appointment(int(number))

    def _wish_form(self) -> WishForm:
        """Bound once the address says something; before that with what suits the own desk."""
        user = self.request.user
        if any(name in self.request.GET for name in ("anliegen", "art")):
            return WishForm(self.request.GET, user=user)
        me = advisor_of(user)
        initial = {"buero": me.office.slug, "beratung": me.pk} if me else {}
        return WishForm(user=user, initial=initial | self.request.GET.dict())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = self._wish_form()
        context = super().get_context_data(**kwargs) | {
            "wish_form": form,
            "visit": self.request.POST.get("besuch") or secrets.token_urlsafe(12),
            "chosen": self.request.POST.get("zeit", ""),
            "before": self._before,
        }
        if not form.is_bound or not form.is_valid():
            return context
        wanted = form.cleaned_data
        slots = free_times(
            wanted["anliegen"],
            now=timezone.now(),
            offices=[wanted["buero"]],
            kind=wanted["art"],
            advisor=wanted["beratung"],
            minutes=wanted["dauer"],
            postcode=wanted["plz"],
        )
        chosen = {name: self.request.GET[name] for name in (*_WISH, "tag") if self.request.GET.get(name)}
        return (
            context
            | desk_times(slots, wanted_day=chosen.get("tag", ""), advisors=form.people, by_name=False)
            | {"has_asked": True, "post_url": f"{self.request.path}?{urlencode(chosen)}"}
        )
