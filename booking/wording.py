"""How times and places read in German, on pages, in mails and in calendars alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from django.utils.formats import date_format

from booking.domain.clock import BERLIN
from booking.domain.errors import FirmTooFar, PlaceUnknown
from booking.domain.travel import LONGEST_WAY
from booking.enums import Kind
from booking.models import Appointment
from foundation.languages import MAIN, Language
from foundation.recurrences.wording import listed
from offices.models import Advisor, Office


def local(moment: datetime) -> datetime:
    return moment.astimezone(BERLIN.zone)


@lru_cache(maxsize=1024)
def day_label(day: date) -> str:
    """„Dienstag, 1. Dezember“"""
    # Kept: a page names the same few days dozens of times, in the only language of the site.
    return date_format(day, "l, j. F")


@lru_cache(maxsize=1024)
def short_day(day: date) -> tuple[str, str, str]:
    """„Di.“, „1.“, „Dez.“"""
    return f"{date_format(day, 'D')}.", f"{day.day}.", date_format(day, "M")


def day_and_year(moment: datetime) -> str:
    """„01.12.2026“"""
    return f"{local(moment):%d.%m.%Y}"


def time_label(moment: datetime) -> str:
    """„9:30 Uhr“"""
    shown = local(moment)
    return f"{shown.hour}:{shown:%M} Uhr"


def day_and_time(moment: datetime) -> str:
    """„Dienstag, 1. Dezember, 9:30 Uhr“"""
    return f"{day_label(local(moment).date())}, {time_label(moment)}"


def until(moment: datetime, *, now: datetime) -> str:
    """„14:35 Uhr“ for today, „Dienstag, 1. Dezember, 9:30 Uhr“ for another day."""
    return time_label(moment) if local(moment).date() == local(now).date() else day_and_time(moment)


def call_us(office: Office) -> str:
    """„rufen Sie uns an: 05151 900“, to end a sentence with."""
    return f"rufen Sie uns an: {office.phone}" if office.phone else "rufen Sie uns an"


def on_request(advisors: Iterable[Advisor], office: Office) -> str:
    """The sentence about those (of `selectors.advisors_at`) who offer no times at present; empty for none."""
    names = [advisor.name for advisor in advisors if advisor.is_on_request]
    return f"Termine bei {listed(names)} gibt es zurzeit nur auf Anfrage: Bitte {call_us(office)}." if names else ""


_MOMENTS = {
    "de": ("D., j. F, G:i \\U\\h\\r", "D., j.n., G:i"),
    "de-simple": ("l, j. F, G:i \\U\\h\\r", "D., j.n., G:i"),
    "en": ("D j F, G:i", "D j M, G:i"),
}
"""For pages that tell of free times in other languages: with some room, and with little."""


def short_moment(moment: datetime, language: Language = MAIN) -> str:
    """„Di., 1. Dezember, 14:30 Uhr“, on an English page “Tue 1 December, 14:30”; names are those of the language in
    which the page is made."""
    return date_format(local(moment), _MOMENTS[language.code][0])


def brief_moment(moment: datetime, language: Language = MAIN) -> str:
    """„Di., 1.12., 14:30“, “Tue 1 Dec, 14:30”"""
    return date_format(local(moment), _MOMENTS[language.code][1])


def when(starts_at: datetime, ends_at: datetime) -> str:
    """„Dienstag, 1. Dezember 2026, 9:30 bis 10:30 Uhr“"""
    return f"{date_format(local(starts_at), 'l, j. F Y, G:i')} bis {date_format(local(ends_at), 'G:i')} Uhr"


def span_label(starts_at: datetime, ends_at: datetime) -> str:
    """„9:30 bis 10:30 Uhr“; over midnight „1. Dezember, 9:30 Uhr bis 2. Dezember, 10:30 Uhr“"""
    first, last = local(starts_at), local(ends_at)
    if first.date() == last.date():
        return f"{date_format(first, 'G:i')} bis {date_format(last, 'G:i')} Uhr"
    return f"{date_format(first, 'j. F, G:i')} Uhr bis {date_format(last, 'j. F, G:i')} Uhr"


def where(appointment: Appointment) -> str:
    """Where the meeting is, in one line; for a calendar's location and a mail's text."""
    match appointment.kind:
        case Kind.OFFICE_DAY if appointment.office_day:
            return f"{appointment.office_day.venue}, {appointment.office_day.address_line}"
        case Kind.FIRM:
            return "bei Ihnen im Betrieb" + (
                f", {appointment.street}, {appointment.postcode}" if appointment.street else ""
            )
        case Kind.PHONE:
            return "am Telefon" + (f": Wir rufen Sie an unter {appointment.phone}" if appointment.phone else "")
        case Kind.VIDEO:
            return "per Video: Den Link schicken wir Ihnen vor dem Gespräch"
        case _:
            return f"{appointment.office.name}, {appointment.office.address_line}"


def time_and_place(appointment: Appointment) -> str:
    """A time to choose: when, how, where it is not plain from that, and with whom."""
    place = f" ({where(appointment)})" if appointment.kind in (Kind.OFFICE, Kind.OFFICE_DAY) else ""
    how = f"{Kind(appointment.kind).label}{place}"
    return f"{when(appointment.starts_at, appointment.ends_at)}, {how}, mit {appointment.advisor.public_name}"


def arrival(appointment: Appointment) -> str:
    """How to get there, for meetings that have an address of ours."""
    if appointment.kind not in (Kind.OFFICE, Kind.OFFICE_DAY):
        return ""
    place = appointment.place
    return f"{place.arrival} Stufenlos erreichbar.".strip() if place.step_free else place.arrival


def journey(appointment: Appointment) -> str:
    """Of a visit, for those who drive: „31860, Fahrt 15 Min. hin, 15 Min. danach“; of all else nothing.

    The way from one visit to the next stands with the later one.
    """
    if appointment.kind != Kind.FIRM:
        return ""
    ways = ((appointment.travel_before, "hin"), (appointment.travel_after, "danach"))
    driven = ", ".join(f"{minutes} Min. {which}" for minutes, which in ways if minutes)
    return ", Fahrt ".join(filter(None, (appointment.postcode, driven)))


def place_refused(refusal: PlaceUnknown | FirmTooFar) -> str:
    """Why nobody can drive there, and what to do instead."""
    if isinstance(refusal, FirmTooFar):
        return (
            f"Dorthin sind es etwa {refusal.minutes} Minuten Fahrt; mehr als {LONGEST_WAY} fahren wir nicht. Wählen "
            "Sie bitte Telefon oder Video, oder ein näheres Büro."
        )
    return (
        "Diese Postleitzahl kennen wir nicht. Bitte geben Sie die Postleitzahl der Straße ein, in der Ihr Betrieb "
        "liegt, nicht die eines Postfachs."
    )
