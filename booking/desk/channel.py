"""Choosing by which way an advisor's appointments come into her own calendar: she herself or the administration on
„Mein Kalender“, the head of her office on the page that tells how her channels fare.

A head learns neither names nor addresses of her calendars and links, and connects none for her.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import View
from wagtail.admin import messages
from wagtail.models import ModelLogEntry

from booking.desk.own_pages import TOP, back_to, chosen_advisor, is_for_all, key_in
from booking.models import AdvisorFeed, Appointment, CalendarChannel
from booking.permissions import leads
from booking.services.channels import FeedsThen, NoAddress
from booking.services.choose_channel import CalendarMissing, choose_channel
from booking.services.note_way import CHOSEN
from offices.models import Advisor

Way = CalendarChannel.Way

_WORDS = {
    Way.FEED: "Das Kalenderprogramm holt die Termine selbst ab, je nach Programm alle paar Minuten oder einmal am Tag. "
    "Geht überall.",
    Way.INVITATION: "Jeder neue, verschobene oder abgesagte Termin kommt als Einladung, die Outlook und andere in den "
    "Kalender übernehmen. Geht überall, wo E-Mails ankommen.",
    Way.PUSH: "Wir schreiben die Termine in den Kalender, meist innerhalb einer Minute. Geht mit Nextcloud, Posteo, "
    "mailbox.org und anderen, nicht mit Microsoft 365 und Google.",
}

_DONE = {
    Way.FEED: "Die Termine kommen jetzt über einen Kalender-Link. Fehlt er noch, legen Sie ihn unten an.",
    Way.INVITATION: "Die Termine kommen jetzt als Einladungen an {0.email}.",
    Way.PUSH: "Die Termine werden weiter eingetragen.",
}

_DONE_FOR_COLLEAGUE = _DONE | {
    Way.FEED: "Die Termine kommen jetzt über einen Kalender-Link. Fehlt er noch, legt ihn {0.name} selbst an."
}


def doubling_feeds(advisor: Advisor) -> list[AdvisorFeed]:
    """The links that another way would make say everything twice."""
    return list(AdvisorFeed.objects.doubling().filter(advisor=advisor))


def choice_context(advisor: Advisor) -> dict[str, Any]:
    """Three queries, two where nobody has chosen yet."""
    channel = CalendarChannel.objects.of(advisor)
    ahead = Appointment.objects.booked().filter(advisor=advisor, starts_at__gt=timezone.now()).count()
    lacks = {} if advisor.email else {Way.INVITATION: f"Dafür fehlt bei {advisor.name} eine E-Mail-Adresse."}
    return {
        "way": channel.way,
        "ways": _ways(lacks),
        "chosen": _last_choice(channel),
        "ahead": ahead,
        "has_other_way": channel.way != Way.FEED,
        "feeds_then": FeedsThen.choices,
    }


def choice_for_colleague(advisor: Advisor) -> dict[str, Any]:
    """What the head of her office may choose from. Two queries more."""
    context = choice_context(advisor)
    if context["way"] != Way.PUSH:
        lacks = f"Dafür verbindet {advisor.name} unter „Mein Kalender“ selbst einen Kalender."
        context["ways"] = [each | {"lacks": lacks} if each["value"] == Way.PUSH else each for each in context["ways"]]
    return context | {"links": AdvisorFeed.objects.doubling().filter(advisor=advisor).count()}


def _ways(lacks: Mapping[str, str]) -> list[dict[str, str]]:
    return [
        {"value": way.value, "label": way.label, "words": words, "lacks": lacks.get(way, "")}
        for way, words in _WORDS.items()
    ]


def _last_choice(channel: CalendarChannel) -> dict[str, Any] | None:
    """When and by whom, so that nobody wonders who has changed her own calendar; None for a way that came about by
    connecting a calendar or letting one go."""
    if channel.chosen_at is None:
        return None
    entry = ModelLogEntry.objects.for_instance(channel.advisor).filter(action=CHOSEN).select_related("user").first()
    if entry is None or entry.data["way"] != channel.way:
        return None
    return {"at": entry.timestamp, "by": entry.user_display_name if entry.user_id else ""}


def feeds_then(values: Mapping[str, Any]) -> FeedsThen:
    """What was chosen for the links; switched off where nothing was."""
    wanted = values.get("links", FeedsThen.OFF.value)
    if wanted not in FeedsThen.values:
        raise Http404
    return FeedsThen(wanted)


class ChooseChannelView(View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        chosen = request.POST.get("beratungsperson")
        colleague = _led_colleague(request, chosen)
        advisor, wanted = colleague or chosen_advisor(request, chosen), request.POST.get("weg", "")
        if advisor is None or wanted not in Way.values:
            raise Http404
        way = Way(wanted)
        try:
            choose_channel(
                advisor=advisor, way=way, now=timezone.now(), feeds=feeds_then(request.POST), actor=request.user
            )
        except NoAddress:
            messages.error(request, f"Für {advisor.name} ist keine E-Mail-Adresse eingetragen.")
        except CalendarMissing:
            if colleague:
                messages.error(request, f"Den Kalender verbindet {advisor.name} selbst, unter „Mein Kalender“.")
            else:
                messages.info(request, "Verbinden Sie jetzt den Kalender. Bis dahin bleibt es beim bisherigen Weg.")
                return back_to("push_calendar", advisor, request)
        else:
            messages.success(request, (_DONE_FOR_COLLEAGUE if colleague else _DONE)[way].format(advisor))
        return redirect("abgleich:advisor", advisor.pk) if colleague else back_to(TOP, advisor, request)


def _led_colleague(request: HttpRequest, wanted: str | None) -> Advisor | None:
    """For whom the head of an office chooses; None for the own choice and that of the administration."""
    if not wanted or is_for_all(request):
        return None
    advisor = Advisor.objects.active().filter(pk=key_in(wanted)).first()
    return advisor if advisor and leads(request.user, advisor) else None
