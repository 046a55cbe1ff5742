"""Choosing by which way an advisor's appointments come into her own calendar: the part of „Mein Kalender“ for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.generic import View
from wagtail.admin import messages

from booking.desk.own_pages import TOP, back_to, chosen_advisor
from booking.models import AdvisorFeed, Appointment, CalendarChannel
from booking.services.channels import FeedsThen, NoAddress
from booking.services.choose_channel import CalendarMissing, choose_channel
from offices.models import Advisor

Way = CalendarChannel.Way

_WORDS = {
    Way.FEED: "Ihr Programm holt die Termine selbst ab, je nach Programm alle paar Minuten oder einmal am Tag. "
    "Geht überall.",
    Way.INVITATION: "Jeder neue, verschobene oder abgesagte Termin kommt als Einladung, die Outlook und andere in den "
    "Kalender übernehmen. Geht überall, wo Ihre E-Mails ankommen.",
    Way.PUSH: "Wir schreiben die Termine in Ihren Kalender, meist innerhalb einer Minute. Geht mit Nextcloud, Posteo, "
    "mailbox.org und anderen, nicht mit Microsoft 365 und Google.",
}

_DONE = {
    Way.FEED: "Die Termine kommen jetzt über einen Kalender-Link. Fehlt er noch, legen Sie ihn unten an.",
    Way.INVITATION: "Die Termine kommen jetzt als Einladungen an {}.",
    Way.PUSH: "Die Termine werden weiter eingetragen.",
}


def doubling_feeds(advisor: Advisor) -> list[AdvisorFeed]:
    """The links that another way would make say everything twice."""
    return list(AdvisorFeed.objects.doubling().filter(advisor=advisor))


def choice_context(advisor: Advisor) -> dict[str, Any]:
    """Two queries."""
    channel = CalendarChannel.objects.of(advisor)
    ahead = Appointment.objects.booked().filter(advisor=advisor, starts_at__gt=timezone.now()).count()
    ways = [
        {"value": way.value, "label": way.label, "words": words, "is_possible": way != Way.INVITATION or advisor.email}
        for way, words in _WORDS.items()
    ]
    return {
        "way": channel.way,
        "ways": ways,
        "ahead": ahead,
        "has_other_way": channel.way != Way.FEED,
        "feeds_then": FeedsThen.choices,
    }


def feeds_then(values: Mapping[str, Any]) -> FeedsThen:
    """What was chosen for the links; switched off where nothing was."""
    wanted = values.get("links", FeedsThen.OFF.value)
    if wanted not in FeedsThen.values:
        raise Http404
    return FeedsThen(wanted)


class ChooseChannelView(View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        advisor = chosen_advisor(request, request.POST.get("beratungsperson"))
        wanted = request.POST.get("weg", "")
        if advisor is None or wanted not in Way.values:
            raise Http404
        way = Way(wanted)
        try:
            choose_channel(advisor=advisor, way=way, now=timezone.now(), feeds=feeds_then(request.POST))
        except NoAddress:
            messages.error(request, f"Für {advisor.name} ist keine E-Mail-Adresse eingetragen.")
        except CalendarMissing:
            messages.info(request, "Verbinden Sie jetzt den Kalender. Bis dahin bleibt es beim bisherigen Weg.")
            return back_to("push_calendar", advisor, request)
        else:
            messages.success(request, _DONE[way].format(advisor.email))
        return back_to(TOP, advisor, request)
