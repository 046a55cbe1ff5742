"""„Betroffene Termine“ of a closure: offer all of them other times in one go, and see who has not answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from booking.affected import Affected, affected_by
from booking.desk.actions import AppointmentRows
from booking.desk.ready_mail import ready_mail
from booking.domain.errors import BookingRefused
from booking.enums import Kind, OfferAnswer, Status
from booking.models import Closure
from booking.permissions import OfficePolicy
from booking.services.close_offers import withdraw_offer
from booking.services.offer import send_again
from booking.services.offer_for_closure import Offered, offer_for_closure
from booking.wording import day_and_time, when

ALL = "alle"
_STATES = {
    # Run out, and not yet ended by the worker.
    OfferAnswer.OPEN: "keine Antwort: bitte anrufen",
    OfferAnswer.EXPIRED: "keine Antwort: bitte anrufen",
    OfferAnswer.DECLINED: "keine der Zeiten passt: bitte anrufen",
    OfferAnswer.WITHDRAWN: "Angebot zurückgenommen",
    OfferAnswer.ACCEPTED: "hatte gewählt und steht wieder in der Schließzeit",
}
"""Of appointments that still stand in the closure, by the answer to their latest offer."""


@dataclass(frozen=True, slots=True)
class Row:
    """One appointment in words. `actions` are among `offer`, `again`, `withdraw`; an open one can be moved too."""

    appointment: Any
    when: str
    how: str
    state: str
    actions: frozenset[str]
    is_open: bool


class ClosurePage(AppointmentRows, WagtailAdminTemplateMixin, TemplateView):
    """Of a closure that the user may change; any other is not found, and neither are appointments of others."""

    header_icon = "no-view"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()

    @cached_property
    def closure(self) -> Closure:
        closures = OfficePolicy(Closure).instances_user_has_any_permission_for(self.request.user, ["change"])
        return get_object_or_404(closures.select_related("office", "advisor"), pk=self.kwargs["pk"])

    @cached_property
    def affected(self) -> list[Affected]:
        return affected_by(self.closure, rows=self.own_rows(), now=self.now)

    def one(self, pk: str | int) -> Affected:
        for each in self.affected:
            if str(each.appointment.pk) == str(pk):
                return each
        raise Http404

    @property
    def list_url(self) -> str:
        return reverse("termine:affected", args=[self.closure.pk])

    def get_page_subtitle(self) -> str:
        return str(self.closure)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("schliesszeiten:index"), "label": "Schließzeiten"},
            *self.crumbs(),
        ]

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": "Betroffene Termine"}]


class AffectedView(ClosurePage):
    template_name = "booking/desk/affected.html"
    page_title = "Betroffene Termine"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self._act(request.POST)
        except BookingRefused:
            messages.error(request, "Das hat sich inzwischen geändert. Sie sehen jetzt den neuen Stand.")
        return redirect(self.list_url)

    def _act(self, said: Any) -> None:
        if "anbieten" in said:
            wanted = self.affected if said["anbieten"] == ALL else [self.one(said["anbieten"])]
            keys = [each.appointment.pk for each in wanted if "offer" in _actions(each, self.now)]
            self._tell(offer_for_closure(self.closure, keys, actor=self.request.user, now=self.now))
        elif "erneut" in said:
            offer = self._offer(said["erneut"])
            if send_again(offer, actor=self.request.user, now=self.now):
                messages.success(self.request, "Die E-Mail geht noch einmal an den Betrieb.")
            else:
                messages.warning(self.request, "Die E-Mail ist gerade erst geschrieben worden.")
        elif "zurueck" in said:
            withdraw_offer(self._offer(said["zurueck"]), actor=self.request.user, now=self.now)
            messages.success(self.request, "Das Angebot ist zurückgenommen, die Zeiten sind wieder frei.")
        else:
            raise Http404

    def _offer(self, pk: str) -> Any:
        offer = self.one(pk).offer
        if offer is None:
            raise Http404
        return offer

    def _tell(self, done: Offered) -> None:
        if done.offered:
            firms = "Ein Betrieb bekommt" if done.offered == 1 else f"{done.offered} Betriebe bekommen"
            messages.success(self.request, f"{firms} eine E-Mail mit reservierten Zeiten.")
        if done.left:
            messages.success(
                self.request,
                f"{done.left} weitere folgen in den nächsten Minuten von selbst. Laden Sie die Seite neu, um zu sehen, "
                "wie weit es ist.",
            )
        if done.without_times:
            firms = "einen Betrieb" if done.without_times == 1 else f"{done.without_times} Betriebe"
            messages.warning(self.request, f"Für {firms} ist keine andere Zeit frei. Bitte rufen Sie dort an.")
        if not (done.offered or done.left or done.without_times):
            messages.warning(self.request, "Es ist nichts mehr anzubieten.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = [each for each in self.affected if each.is_waiting(now=self.now)]
        settled = [each for each in self.affected if each.is_settled]
        to_do = [each for each in self.affected if each not in waiting and each not in settled]
        rows = {name: list(self._rows(part)) for name, part in (("to_do", to_do), ("waiting", waiting))}
        return super().get_context_data(**kwargs) | {
            "closure": self.closure,
            **rows,
            "settled": list(self._rows(settled)),
            "offerable": sum("offer" in row.actions for row in rows["to_do"]),
        }

    def _rows(self, part: list[Affected]) -> Iterator[Row]:
        for each in part:
            appointment = each.appointment
            yield Row(
                appointment,
                when(appointment.starts_at, appointment.ends_at),
                f"{Kind(appointment.kind).label}, mit {appointment.advisor.name}",
                _state(each, self.now),
                _actions(each, self.now),
                not each.is_settled,
            )


def _actions(each: Affected, now: datetime) -> frozenset[str]:
    if each.is_settled or not each.appointment.email:
        return frozenset()
    return frozenset({"again", "withdraw"} if each.is_waiting(now=now) else {"offer"})


def _state(each: Affected, now: datetime) -> str:
    if each.is_settled:
        return _outcome(each)
    if not each.appointment.email:
        return "ohne E-Mail-Adresse: bitte anrufen"
    if each.found_none:
        return "keine andere Zeit frei: bitte anrufen"
    if each.offer is None:
        return "noch nichts angeboten"
    if each.is_waiting(now=now):
        return f"wartet auf Antwort bis {day_and_time(each.offer.expires_at)}"
    return _STATES[OfferAnswer(each.offer.answer)]


def _outcome(each: Affected) -> str:
    if each.appointment.status == Status.CANCELLED:
        return "abgesagt"
    return "hat eine der Zeiten gewählt" if each.has_accepted else "hat eine andere Zeit"


class OfferMailView(ClosurePage):
    """The mail as it would leave now, or as it has left: nothing is written or held."""

    template_name = "booking/desk/offer_mail.html"
    page_title = "E-Mail mit Ersatzterminen"

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": self.list_url, "label": "Betroffene Termine"}, {"url": "", "label": "E-Mail"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        each = self.one(kwargs["appointment"])
        if each.is_settled or not each.appointment.email:
            raise Http404
        offer = each.offer if each.is_waiting(now=self.now) else None
        return super().get_context_data(**kwargs) | {
            "appointment": each.appointment,
            "when": when(each.appointment.starts_at, each.appointment.ends_at),
            "offer": offer,
            "letter": ready_mail(each.appointment, offer=offer, now=self.now),
            "action": self.list_url,
            "back": {"url": self.list_url, "label": "Zu den betroffenen Terminen"},
        }
