"""„Termine eintragen“: the advisor's own calendar that her appointments are written into, and what arrived there.

Her own requests may wait for her calendar, as on „Belegte Zeiten“; entering is the worker's.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin import messages

from booking.desk.channel import doubling_feeds, feeds_then
from booking.desk.own_pages import OwnAction, OwnPage, back_to, chosen_advisor, key_in
from booking.desk.push_form import ContentForm, PasswordForm, PushForm
from booking.models import PushCalendar, PushEntry
from booking.remote.answers import Unread
from booking.services.channels import FeedsThen
from booking.services.connect_push import (
    AlreadyConnected,
    NoSuchCalendar,
    choose_calendar,
    choose_content,
    compare_now,
    connect_push,
    disconnect_push,
    renew_access,
    repair,
)
from booking.wording import day_and_time
from foundation.sealing import Unsealable
from offices.models import Advisor

LINES = 30
"""Of the log, on the page."""


def facts_of(calendar: PushCalendar) -> list[dict[str, str]]:
    facts = [{"term": "Stand", "value": calendar.get_state_display()}]
    if calendar.succeeded_at:
        facts.append({"term": "Zuletzt erfolgreich", "value": day_and_time(calendar.succeeded_at)})
    if calendar.compared_at:
        facts.append({"term": "Zuletzt verglichen", "value": day_and_time(calendar.compared_at)})
    if calendar.last_error and calendar.failed_at:
        facts.append({"term": "Letzter Fehler", "value": calendar.last_error})
        facts.append({"term": "Zuletzt gescheitert", "value": day_and_time(calendar.failed_at)})
        if calendar.state != PushCalendar.State.REFUSED:
            facts.append({"term": "Nächster Versuch", "value": day_and_time(calendar.next_try_at)})
    return facts


@method_decorator(sensitive_post_parameters("url", "user", "password"), name="dispatch")
class PushCalendarView(OwnPage):
    page = "push_calendar"
    template_name = "booking/desk/push.html"
    page_title = "Termine eintragen"
    header_icon = "calendar-check"

    def context_of(self, advisor: Advisor) -> dict[str, Any]:
        calendar = PushCalendar.objects.filter(advisor=advisor).first()
        context: dict[str, Any] = {"form": PushForm()}
        if calendar is None or calendar.state == PushCalendar.State.CHOOSING:
            context |= {"doubling": doubling_feeds(advisor), "feeds_then": FeedsThen.choices}
        return context | (self._connected(calendar) if calendar else {})

    def _connected(self, calendar: PushCalendar) -> dict[str, Any]:
        """Two queries."""
        try:
            found = calendar.door["found"]
        except Unsealable:
            found = []
        return {
            "calendar": calendar,
            "facts": facts_of(calendar),
            "found": found,
            "is_refused": calendar.state == PushCalendar.State.REFUSED,
            "wrong": list(calendar.entries.not_there().with_appointment()),
            "lines": list(calendar.lines.all()[:LINES]),
            "password_form": PasswordForm(),
            "content_form": ContentForm(initial={"detail": calendar.detail, "reminder": calendar.reminder}),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        """Connects an account whose calendars could be found."""
        advisor = chosen_advisor(request, request.POST.get("beratungsperson"))
        if advisor is None:
            raise Http404
        form = PushForm(request.POST)
        if form.is_valid():
            try:
                calendar = connect_push(
                    advisor=advisor,
                    now=timezone.now(),
                    feeds=feeds_then(request.POST),
                    actor=request.user,
                    **form.cleaned_data,
                )
            except AlreadyConnected:
                form.add_error(None, "Es ist schon ein Kalender verbunden. Trennen Sie ihn erst.")
            except Unread as refusal:
                form.add_error(None, refusal.text)
            else:
                if calendar.state == PushCalendar.State.CHOOSING:
                    messages.success(request, "Das Konto ist lesbar. Wählen Sie jetzt den Kalender.")
                else:
                    messages.success(request, f"„{calendar.name}“ ist verbunden. Die Termine kommen gleich dort an.")
                return back_to(self.page, advisor, request)
        return self.render_to_response(self.get_context_data(form=form), status=422)


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class _PushAction(OwnAction):
    model = PushCalendar
    page = "push_calendar"

    def act(self, row: PushCalendar) -> None:
        try:
            messages.success(self.request, self.change(row))
        except _NotDone as refusal:
            messages.error(self.request, str(refusal))
        except (Unread, Unsealable) as refusal:
            messages.error(
                self.request, str(refusal) or "Die Zugangsdaten sind nicht mehr lesbar. Bitte neu verbinden."
            )

    def change(self, calendar: PushCalendar) -> str:
        """What was done, in a sentence. Raises _NotDone, Unread, Unsealable."""
        raise NotImplementedError


class _NotDone(Exception):
    """The sentence says why."""


class ChoosePushView(_PushAction):
    def change(self, calendar: PushCalendar) -> str:
        try:
            url, feeds = self.request.POST.get("kalender", ""), feeds_then(self.request.POST)
            choose_calendar(calendar, url=url, now=timezone.now(), feeds=feeds, actor=self.request.user)
        except NoSuchCalendar as error:
            raise _NotDone("Bitte wählen Sie einen der Kalender.") from error
        except AlreadyConnected as error:
            raise _NotDone("Der Kalender ist schon gewählt. Für einen anderen trennen Sie ihn erst.") from error
        return "Der Kalender ist gewählt. Die Termine kommen gleich dort an."


class ContentPushView(_PushAction):
    def change(self, calendar: PushCalendar) -> str:
        form = ContentForm(self.request.POST)
        if not form.is_valid():
            raise _NotDone("Bitte wählen Sie, was im Eintrag stehen soll und wann er erinnert.")
        if not choose_content(calendar, now=timezone.now(), **form.cleaned_data):
            return "So steht es schon im Kalender."
        return "Gespeichert. Die Einträge im Kalender werden gleich angepasst."


class RenewPushView(_PushAction):
    def change(self, calendar: PushCalendar) -> str:
        form = PasswordForm(self.request.POST)
        if not form.is_valid():
            raise _NotDone("Bitte geben Sie das neue App-Passwort ein.")
        renew_access(calendar, password=form.cleaned_data["password"], now=timezone.now())
        return "Das neue Passwort gilt. Was fehlt, wird jetzt nachgetragen."


class ComparePushView(_PushAction):
    def change(self, calendar: PushCalendar) -> str:
        if calendar.state != PushCalendar.State.ACTIVE:
            raise _NotDone("Verglichen wird nur, solange der Kalender verbunden ist.")
        number = compare_now(calendar, now=timezone.now())
        return "Alles steht im Kalender wie hier." if not number else "Unten steht, was im Kalender anders ist."


class RepairPushView(_PushAction):
    """One entry, or without `eintrag` all."""

    def change(self, calendar: PushCalendar) -> str:
        wanted = self.request.POST.get("eintrag", "")
        if not repair(calendar, now=timezone.now(), entry=key_in(wanted) if wanted else None):
            raise _NotDone("Da ist nichts neu einzutragen.")
        return "Wird gleich neu eingetragen, über das hinweg, was im Kalender steht."


class DisconnectPushView(_PushAction):
    def change(self, calendar: PushCalendar) -> str:
        is_removing = calendar.state == PushCalendar.State.REMOVING
        is_wished = bool(self.request.POST.get("entfernen")) and not is_removing
        remove = is_wished and calendar.entries.exclude(state=PushEntry.State.REMOVED).exists()
        disconnect_push(calendar, remove=remove, now=timezone.now(), actor=self.request.user)
        if remove:
            return "Die eingetragenen Termine werden jetzt entfernt, danach ist der Kalender getrennt."
        return "Der Kalender ist getrennt. Adresse und Passwort sind gelöscht."
