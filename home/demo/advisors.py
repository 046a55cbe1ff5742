"""Ten advisors, all invented and marked as examples, with the times at which they can be booked."""

from __future__ import annotations

from dataclasses import dataclass

from booking.enums import Kind
from home.demo.dates import FR, MO, TH, TU, WE, Rhythm, every_second_week, monthly, weekly

AT_DESK = (Kind.OFFICE, Kind.PHONE, Kind.VIDEO)
ON_THE_ROAD = (Kind.FIRM, Kind.VIDEO)
ANYWHERE = (Kind.OFFICE, Kind.FIRM, Kind.PHONE, Kind.VIDEO)


@dataclass(frozen=True, slots=True)
class Hours:
    """Times of one advisor at the own office; `services` narrows them, empty means all."""

    days: Rhythm
    start: str
    end: str
    kinds: tuple[Kind, ...]
    services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AdvisorText:
    slug: str
    name: str
    office: str
    role: str
    focus: str
    phone: str
    face: int
    hours: tuple[Hours, ...]
    about: str = ""


@dataclass(frozen=True, slots=True)
class ClosureText:
    """Days without consultations, in weeks ahead; for an office, an advisor, or (both empty) the whole network."""

    reason: str
    first: tuple[int, int]
    last: tuple[int, int]
    office: str = ""
    advisor: str = ""
    start: str = ""
    end: str = ""


ADVISORS = (
    AdvisorText(
        slug="ayla-musterfeld",
        name="Ayla Musterfeld",
        office="vechta",
        role="Weiterbildungsberatung",
        focus="Lebensmittel, Deutsch am Arbeitsplatz",
        phone="04441 000-101",
        face=1,
        hours=(
            Hours(weekly(MO, TU, TH), "09:00", "12:30", AT_DESK),
            Hours(weekly(TU), "13:00", "17:00", ANYWHERE),
        ),
        about=(
            "<p>Ayla Musterfeld hat selbst in einer Molkerei gelernt und weiß, wie eng Schichtpläne sind. Sie rechnet "
            "mit Ihnen aus, wann Lernen in die Woche passt.</p><p>Fragen Sie nach Sprachkursen, die im Betrieb "
            "stattfinden.</p>"
        ),
    ),
    AdvisorText(
        slug="bent-mustermoor",
        name="Bent Mustermoor",
        office="vechta",
        role="Weiterbildungsberatung",
        focus="Kunststoff, Landtechnik, Anlernen",
        phone="04441 000-102",
        face=10,
        hours=(
            Hours(weekly(WE, FR), "08:30", "12:30", AT_DESK),
            Hours(every_second_week(MO, TH), "13:00", "17:00", ANYWHERE),
            Hours(monthly(TU, 1), "16:00", "19:00", (Kind.OFFICE, Kind.PHONE)),
        ),
    ),
    AdvisorText(
        slug="carla-beispielbach",
        name="Carla Beispielbach",
        office="diepholz",
        role="Leitung des Büros",
        focus="Fahrzeugteile, Förderung",
        phone="05441 000-201",
        face=16,
        hours=(
            Hours(weekly(MO, TU, WE), "09:00", "13:00", AT_DESK),
            Hours(weekly(TH), "14:00", "18:00", ON_THE_ROAD),
        ),
    ),
    AdvisorText(
        slug="deniz-musterwald",
        name="Deniz Musterwald",
        office="diepholz",
        role="Weiterbildungsberatung",
        focus="Maschinenbau, Digitalisierung",
        phone="05441 000-202",
        face=7,
        hours=(
            Hours(weekly(TH, FR), "09:00", "12:30", AT_DESK),
            Hours(every_second_week(MO, TU, WE, phase=1), "13:00", "17:00", ANYWHERE),
        ),
    ),
    AdvisorText(
        slug="enno-beispielberg",
        name="Enno Beispielberg",
        office="nienburg",
        role="Weiterbildungsberatung",
        focus="Glas, Chemie, Wissen weitergeben",
        phone="05021 000-301",
        face=2,
        hours=(
            Hours(weekly(MO, WE, TH, skipped=((2, WE),)), "09:00", "12:30", AT_DESK),
            Hours(weekly(MO), "14:00", "17:00", ANYWHERE),
        ),
    ),
    AdvisorText(
        slug="frauke-musterhof",
        name="Frauke Musterhof",
        office="nienburg",
        role="Weiterbildungsberatung",
        focus="Handwerk, Wiedereinstieg",
        phone="05021 000-302",
        face=14,
        hours=(
            Hours(weekly(TU, FR), "08:30", "12:30", AT_DESK),
            Hours(every_second_week(WE, TH), "13:00", "16:30", ANYWHERE),
            Hours(monthly(TU, 1), "16:00", "18:30", (Kind.OFFICE, Kind.PHONE)),
        ),
    ),
    AdvisorText(
        slug="goran-beispieltal",
        name="Goran Beispieltal",
        office="stadthagen",
        role="Leitung des Büros",
        focus="Gesundheit und Pflege, Schichtarbeit",
        phone="05721 000-401",
        face=12,
        hours=(
            Hours(weekly(MO, TU, TH), "09:00", "13:00", AT_DESK),
            Hours(weekly(WE), "13:00", "17:00", ON_THE_ROAD),
            Hours(weekly(FR), "09:00", "11:00", (Kind.PHONE,), services=("kurzanruf",)),
        ),
        about=(
            "<p>Goran Beispieltal kommt aus der Pflege. Er hört erst zu, dann zeichnet er mit Ihnen auf, wer was kann "
            "und wer was lernen möchte.</p>"
        ),
    ),
    AdvisorText(
        slug="hanne-mustersee",
        name="Hanne Mustersee",
        office="stadthagen",
        role="Weiterbildungsberatung",
        focus="Glas, Ausbildung, Führung",
        phone="05721 000-402",
        face=4,
        hours=(
            Hours(weekly(WE, FR), "09:00", "13:00", AT_DESK),
            Hours(every_second_week(MO, TU), "13:30", "17:30", ANYWHERE),
        ),
    ),
    AdvisorText(
        slug="imke-beispielau",
        name="Imke Beispielau",
        office="hameln",
        role="Weiterbildungsberatung",
        focus="Kliniken, generationenübergreifendes Arbeiten",
        phone="05151 000-501",
        face=8,
        hours=(
            Hours(weekly(MO, TU, WE), "09:00", "12:30", AT_DESK),
            Hours(weekly(TU), "13:30", "17:00", ANYWHERE),
        ),
    ),
    AdvisorText(
        slug="jonas-musterkamp",
        name="Jonas Musterkamp",
        office="hameln",
        role="Weiterbildungsberatung",
        focus="Elektrotechnik, Heizung, Förderung",
        phone="05151 000-502",
        face=5,
        hours=(
            Hours(weekly(TH, FR), "09:00", "13:00", AT_DESK),
            Hours(every_second_week(MO, WE, phase=1), "13:00", "17:00", ANYWHERE),
        ),
    ),
)

CLOSURES = (
    ClosureText("Urlaub", first=(5, MO), last=(5, FR), advisor="ayla-musterfeld"),
    ClosureText("Fortbildung", first=(2, TU), last=(2, TU), advisor="carla-beispielbach", start="09:00", end="11:00"),
    ClosureText("Urlaub", first=(6, MO), last=(6, WE), advisor="enno-beispielberg"),
    ClosureText("Betriebsausflug", first=(3, FR), last=(3, FR), office="hameln"),
    ClosureText("Stadtfest, die Straße ist gesperrt", first=(4, FR), last=(4, FR), office="stadthagen"),
)

NETWORK_BREAK = "Zwischen den Jahren geschlossen"
"""Reason of the closure from 24 to 31 December for the whole network."""

DESK_ACCOUNT = "imke-beispielau"
"""The advisor whom the account `beratung` belongs to."""
