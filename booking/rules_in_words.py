"""How the rules of the booking read in German: one sentence each, for whoever sets them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from booking.enums import Kind
from booking.models import AvailabilityRule, Closure, Service
from foundation.recurrences.wording import clock_label, describe, listed


def rule_in_words(rule: AvailabilityRule, services: Iterable[Service], *, today: date) -> str:
    """„Nora Nord, Büro Hameln: jeden Dienstag, 9:00 bis 12:00 Uhr, ab 01.01.2027 bis auf Weiteres; im Büro oder am
    Telefon; für alle Anliegen. Die nächsten Tage: …“
    """
    named = [service.name for service in services]
    return (
        f"{rule.advisor.name}, {rule.office.name}: {rule.in_words}; {kinds_in_words(rule.kinds)}; "
        f"{f'nur für {listed(named)}' if named else 'für alle Anliegen'}. {days_in_words(rule.next_days(today))}"
    )


def closure_in_words(closure: Closure) -> str:
    """„Büro Hameln: jeden Monat am ersten Montag, vom 01.12.2026 bis 31.03.2027, ganze Tage.“"""
    who = "Ganzes Netzwerk"
    if closure.advisor is not None:
        who = closure.advisor.name
    elif closure.office is not None:
        who = closure.office.name
    if closure.first_day == closure.last_day:
        span = f"am {closure.first_day:%d.%m.%Y}"
    else:
        span = f"vom {closure.first_day:%d.%m.%Y} bis {closure.last_day:%d.%m.%Y}"
    days = f"{describe(closure.days)}, {span}" if closure.recurs else span
    hours = "ganze Tage"
    if closure.start_time is not None and closure.end_time is not None:
        hours = f"{clock_label(closure.start_time)} bis {clock_label(closure.end_time)} Uhr"
    elif closure.first_day == closure.last_day:
        hours = "ganztägig"
    return f"{who}: {days}, {hours}."


def service_in_words(service: Service) -> str:
    """What the rules of its times come to: „60 Minuten, im Büro oder am Telefon. Ein Gespräch kann alle 30 …“"""
    sentences = [
        f"{service.duration_label}, {kinds_in_words(service.kinds)}",
        f"Ein Gespräch kann alle {service.step} Minuten beginnen, gezählt vom Beginn der Beratungszeit",
    ]
    buffers = [
        f"{minutes} Minuten {side}"
        for minutes, side in ((service.buffer_before, "davor"), (service.buffer_after, "danach"))
        if minutes
    ]
    if buffers:
        sentences.append(f"Frei bleiben {listed(buffers)}")
    sentences.append(f"Buchbar {_notice(service)} und höchstens {service.horizon_days} Tage im Voraus")
    caps = [
        f"{cap} {span}"
        for cap, span in ((service.cap_per_day, "am Tag"), (service.cap_per_week, "in der Woche"))
        if cap is not None
    ]
    if caps:
        sentences.append(f"Je Beratungsperson höchstens {listed(caps)}")
    if not service.is_active:
        sentences.append("Zurzeit ist das Anliegen nicht buchbar")
    return ". ".join(sentences) + "."


def _notice(service: Service) -> str:
    if service.notice_working_days is not None:
        days = "Arbeitstag" if service.notice_working_days == 1 else "Arbeitstagen"
        return f"mit mindestens {service.notice_working_days} {days} Vorlauf"
    return f"mit mindestens {service.notice_hours} Stunden Vorlauf" if service.notice_hours else "ohne Vorlauf"


def kind_in_words(kind: str) -> str:
    """As the team says it: what the firm reads as „in Ihrem Betrieb“ is „im Betrieb“."""
    return "im Betrieb" if kind == Kind.FIRM else str(Kind(kind).label)


def kinds_in_words(kinds: Sequence[str]) -> str:
    return listed([kind_in_words(kind) for kind in kinds], last="oder")


def days_in_words(days: Sequence[date]) -> str:
    if not days:
        return "In den nächsten zwei Jahren trifft das keinen Tag."
    begin = "Der nächste Tag" if len(days) == 1 else "Die nächsten Tage"
    return f"{begin}: {listed([f'{day:%d.%m.%Y}' for day in days])}."
