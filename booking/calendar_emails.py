"""Letters to advisors and offices about what does not reach its calendar or its firm, and about what does again; and to
an advisor about the way that somebody else has chosen for her.

Everything new for one reader stands in one letter: an advisor, or an office. Two who share an address get one each:
its link leads to the page of one of them. An office reads whose and which kind, not how an advisor calls her
calendars, and nothing of links: those are read by their owner's programs alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from booking.enums import Channel
from booking.health.troubles import Trouble
from booking.models import CalendarChannel, Outage
from booking.wording import day_and_time
from foundation.models import BrandSettings, User
from foundation.outbox.message import Letter
from foundation.outbox.queue import enqueue_all
from offices.models import Advisor

_ADVICE = {
    Channel.BUSY: "Danach bieten wir die Zeiten nur noch auf Anfrage an, damit niemand eine Zeit bucht, die schon "
    "belegt ist. Wir versuchen es weiter.",
    Channel.PUSH: "Neue, verschobene und abgesagte Termine stehen dort nicht. Wir versuchen es weiter und tragen alles "
    "nach.",
    Channel.FEED: "Kein Kalenderprogramm hat diesen Link abgerufen. Dort fehlen vielleicht Termine. Brauchen Sie ihn "
    "nicht mehr, schalten Sie ihn ab.",
    Channel.MAIL: "E-Mails zu Terminen bleiben liegen. Wir versuchen es weiter.",
}
_REFUSED = (
    "Der Server verweigert uns den Zugang, wir versuchen es nicht weiter. Neue, verschobene und abgesagte Termine "
    "stehen dort nicht. Mit einem neuen App-Passwort tragen wir alles nach."
)
_LOST = {
    Channel.MAIL: "Eine E-Mail zu diesem Termin wurde nicht angenommen. Ging sie an den Betrieb, rufen Sie ihn bitte "
    "an.",
    Channel.PUSH: "Dieser Termin steht im eigenen Kalender nicht so wie hier.",
}
_TITLES = {
    Channel.BUSY: "Belegte Zeiten lassen sich nicht lesen",
    Channel.PUSH: "Termine lassen sich nicht eintragen",
    Channel.FEED: "Kalender-Link wird nicht abgerufen",
    Channel.MAIL: "E-Mails zu Terminen kommen nicht an",
}
_TITLES_OF_LOST = {
    Channel.PUSH: "Ein Termin steht nicht im eigenen Kalender",
    Channel.MAIL: "Eine E-Mail zu einem Termin kam nicht an",
}
_WORKS = {
    Channel.BUSY: "Belegte Zeiten werden wieder gelesen.",
    Channel.PUSH: "Termine werden wieder eingetragen.",
    Channel.FEED: "Der Kalender-Link wird wieder abgerufen.",
    Channel.MAIL: "E-Mails zu künftigen Terminen bleiben nicht mehr liegen.",
}
_ARRIVED = {
    Channel.PUSH: "Der Termin {reference} steht jetzt im eigenen Kalender wie hier.",
    Channel.MAIL: "Die E-Mail zum Termin {reference} wurde jetzt angenommen.",
}


_FROM_NOW_ON = {
    CalendarChannel.Way.FEED: "Ein Kalenderprogramm holt die Termine über einen Kalender-Link ab. Haben Sie noch "
    "keinen abonniert, legen Sie einen an: Sonst kommen keine Termine mehr in Ihren Kalender.",
    CalendarChannel.Way.INVITATION: "Zu jedem Termin bekommen Sie eine Einladung an diese Adresse, auch zu denen, die "
    "schon gebucht sind. Nehmen Sie sie in Ihrem Kalenderprogramm an.",
    CalendarChannel.Way.PUSH: "Wir tragen die Termine in den verbundenen Kalender ein.",
}


class _Of(Protocol):
    @property
    def advisor(self) -> Advisor: ...


Told = TypeVar("Told", bound=_Of)


@dataclass(frozen=True, slots=True)
class _Reader:
    """An address, and whether it is the advisor's own."""

    address: str
    advisor: Advisor
    is_owner: bool

    @property
    def page(self) -> str:
        if self.is_owner:
            return reverse("abgleich:advisor", args=[self.advisor.pk])
        return f"{reverse('abgleich:index')}?buero={self.advisor.office.slug}"


def send_outages(troubles: Iterable[Trouble], *, now: datetime) -> None:
    _send(
        troubles,
        kind="sync_outage",
        subject="Nicht alles kommt an: Bitte sehen Sie nach",
        entry=_trouble_in_words,
        for_office=lambda trouble: trouble.channel.channel != Channel.FEED,
        now=now,
    )


def send_restored(outages: Iterable[Outage], *, now: datetime) -> None:
    _send(
        outages,
        kind="sync_restored",
        subject="Störung vorbei: Das kommt wieder an",
        entry=_end_in_words,
        for_office=lambda outage: outage.channel != Channel.FEED,
        now=now,
    )


def send_way_chosen(
    advisor: Advisor, *, former: CalendarChannel.Way, way: CalendarChannel.Way, by: User, now: datetime
) -> None:
    """Nothing to who has no address."""
    if not advisor.email:
        return
    context = {
        "advisor": advisor,
        "chosen_by": str(by),
        "facts": [{"term": "Bisher", "value": former.label}, {"term": "Jetzt", "value": way.label}],
        "consequence": _FROM_NOW_ON[way],
        "page_url": settings.BASE_URL + reverse("advisor_calendar"),
    }
    subject = "Ihre Termine kommen auf einem anderen Weg in Ihren Kalender"
    enqueue_all([_rendered("way_chosen", advisor.email, subject, advisor, context)], now=now)


def _trouble_in_words(trouble: Trouble, reader: _Reader) -> dict[str, Any]:
    channel, lost = trouble.channel, trouble.lost
    facts = [] if reader.is_owner else [("Beratung", trouble.advisor.name)]
    if lost:
        facts += [
            ("Vorgangsnummer", lost.appointment.reference),
            ("Es fehlt", lost.what),
            ("Seit", day_and_time(trouble.since)),
        ]
    else:
        if reader.is_owner and channel.name:
            facts.append(("Name", channel.name))
        last = channel.working_at or channel.succeeded_at
        facts.append(("Hat zuletzt geklappt", day_and_time(last)) if last else ("Seit", day_and_time(trouble.since)))
    if error := lost.reason if lost else channel.error:
        facts.append(("Was wir hören", error))
    if channel.valid_until:
        facts.append(("Die letzte Kopie gilt bis", day_and_time(channel.valid_until)))
    advice = _LOST[channel.channel] if lost else _REFUSED if channel.is_refused else _ADVICE[channel.channel]
    return {
        "title": (_TITLES_OF_LOST if lost else _TITLES)[channel.channel],
        "facts": [{"term": term, "value": value} for term, value in facts],
        "advice": advice,
    }


def _end_in_words(outage: Outage, reader: _Reader) -> dict[str, Any]:
    channel = Channel(outage.channel)
    facts = [] if reader.is_owner else [("Beratung", outage.advisor.name)]
    facts.append(("Gestört seit", day_and_time(outage.began_at)))
    arrived = outage.appointment and _ARRIVED[channel].format(reference=outage.appointment.reference)
    return {
        "title": arrived or _WORKS[channel],
        "facts": [{"term": term, "value": value} for term, value in facts],
        "advice": "",
    }


def _send(
    told: Iterable[Told],
    *,
    kind: str,
    subject: str,
    entry: Callable[[Told, _Reader], dict[str, Any]],
    for_office: Callable[[Told], bool],
    now: datetime,
) -> None:
    """To advisor and office, once where they have one address; nothing to those without."""
    letters: dict[tuple[str, str], tuple[_Reader, list[dict[str, Any]]]] = {}
    for each in told:
        for reader in _readers(each.advisor, with_office=for_office(each)):
            letters.setdefault((reader.address, reader.page), (reader, []))[1].append(entry(each, reader))
    enqueue_all([_letter(reader, entries, kind, subject) for reader, entries in letters.values()], now=now)


def _readers(advisor: Advisor, *, with_office: bool) -> list[_Reader]:
    found = [_Reader(advisor.email, advisor, is_owner=True)] if advisor.email else []
    office = advisor.office.email if with_office else ""
    if office and office != advisor.email:
        found.append(_Reader(office, advisor, is_owner=False))
    return found


def _letter(reader: _Reader, entries: list[dict[str, Any]], kind: str, subject: str) -> Letter:
    context = {
        "greeting": f"Guten Tag {reader.advisor.name}," if reader.is_owner else "Guten Tag,",
        "subject": subject,
        "entries": entries,
        "page_url": settings.BASE_URL + reader.page,
    }
    return _rendered(kind, reader.address, subject, reader.advisor, context)


def _rendered(kind: str, to: str, subject: str, advisor: Advisor, context: dict[str, Any]) -> Letter:
    """In the frame of all mails, from the advisor's office."""
    context = context | {
        "brand": BrandSettings.in_force(),
        "sender": advisor.office,
        "imprint_url": f"{settings.BASE_URL}/impressum/",
        "privacy_url": f"{settings.BASE_URL}/datenschutz/",
    }
    return Letter(
        kind=kind,
        to=to,
        subject=subject,
        text=render_to_string(f"emails/booking/{kind}.txt", context),
        html=render_to_string(f"emails/booking/{kind}.html", context),
    )
