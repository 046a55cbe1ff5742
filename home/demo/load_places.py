"""Districts, postcodes, offices and office days."""

from __future__ import annotations

from datetime import time

from home.demo.dates import LoadDay
from home.demo.districts import CROSSING, DISTRICTS, DistrictText
from home.demo.municipalities import PLACES
from home.demo.offices import OFFICE_DAYS, OFFICES, OfficeText
from offices.holidays import PublicHoliday
from offices.models import Advisor, District, Office, OfficeDay, OpeningHours, Postcode


def load_districts() -> None:
    known = set(Postcode.objects.values_list("code", flat=True))
    name_places()
    for position, text in enumerate(DISTRICTS):
        district, _ = District.objects.get_or_create(
            slug=text.slug,
            defaults={
                "name": text.name,
                "ags": text.ags,
                "seat": text.seat,
                "latitude": text.latitude,
                "longitude": text.longitude,
                "position": position,
                "sectors": text.sectors,
            },
        )
        Postcode.objects.bulk_create(code for code in _postcodes(district, text) if code.code not in known)


def _postcodes(district: District, text: DistrictText) -> list[Postcode]:
    return [
        Postcode(
            code=code,
            district=district,
            kind=kind,
            crosses_border=code in CROSSING,
            places=PLACES.get(code, ""),
        )
        for codes, kind in ((text.postcodes, Postcode.Kind.REGULAR), (text.bulk, Postcode.Kind.BULK))
        for code in codes.split()
    ]


def name_places() -> int:
    """Of a site that was set up before postcodes had names; how many got one. Leaves alone what has names."""
    named = [row for row in Postcode.objects.filter(places="") if row.code in PLACES]
    for row in named:
        row.places = PLACES[row.code]
    return Postcode.objects.bulk_update(named, ["places"])


def load_offices() -> dict[str, Office]:
    for text in OFFICES:
        if not Office.objects.filter(slug=text.slug).exists():
            _new_office(text).save()
    return {office.slug: office for office in Office.objects.all()}


def _new_office(text: OfficeText) -> Office:
    office = Office(
        slug=text.slug,
        name=text.name,
        street=text.street,
        postcode=text.postcode,
        town=text.town,
        step_free=text.step_free,
        arrival=text.arrival,
        latitude=text.latitude,
        longitude=text.longitude,
        phone=text.phone,
        email=f"{text.slug}@mehrwert.example",
    )
    if text.holidays_by_custom:
        office.holidays = PublicHoliday.values
    office.districts = list(District.objects.filter(slug__in=text.districts))
    office.opening_hours = [
        OpeningHours(weekday=weekday, opens_at=time.fromisoformat(opens), closes_at=time.fromisoformat(closes))
        for weekday, opens, closes in text.hours
    ]
    return office


def load_office_days(clock: LoadDay, offices: dict[str, Office], advisors: dict[str, Advisor]) -> None:
    for text in OFFICE_DAYS:
        if OfficeDay.objects.filter(title=text.title).exists():
            continue
        series = OfficeDay.objects.create(
            title=text.title,
            office=offices[text.office],
            venue=text.venue,
            street=text.street,
            postcode=text.postcode,
            town=text.town,
            step_free=text.step_free,
            arrival=text.arrival,
            days=text.days.days(clock),
            start_time=time.fromisoformat(text.start),
            end_time=time.fromisoformat(text.end),
            valid_from=text.days.starting(clock),
        )
        series.advisors.set([advisors[slug] for slug in text.advisors])
