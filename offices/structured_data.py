"""What search engines may read of an office (schema.org); nothing that its page does not show.

The e-mail address is left out. One rule for all addresses: what stands in a page is hidden from harvesters, these data
like the text around them; a file that somebody asks for, as the vCard, says them plainly.
"""

from __future__ import annotations

from typing import Any

from offices.opening import OpeningTimes
from offices.selectors import OfficeDetail

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def government_office(detail: OfficeDetail, *, address: str, map_url: str) -> dict[str, Any]:
    office = detail.office
    return {
        "@context": "https://schema.org",
        "@type": "GovernmentOffice",
        "@id": f"{address}#buero",
        "name": office.name,
        "url": address,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": office.street,
            "postalCode": office.postcode,
            "addressLocality": office.town,
            "addressCountry": "DE",
        },
        **({"telephone": office.phone} if office.phone else {}),
        "hasMap": map_url,
        "areaServed": [{"@type": "AdministrativeArea", "name": district.name} for district in detail.districts],
        **_hours(detail.opening),
    }


def _hours(times: OpeningTimes) -> dict[str, Any]:
    """A day that is closed opens and closes at midnight, as schema.org wants it."""
    usual = [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"https://schema.org/{_DAYS[day.weekday]}",
            "opens": opens,
            "closes": closes,
        }
        for day in times.week
        for opens, closes in day.iso
    ]
    special = [
        {
            "@type": "OpeningHoursSpecification",
            "validFrom": changed.day.isoformat(),
            "validThrough": changed.day.isoformat(),
            "opens": opens,
            "closes": closes,
        }
        for changed in times.special
        for opens, closes in changed.iso or (("00:00", "00:00"),)
    ]
    found = {"openingHoursSpecification": usual, "specialOpeningHoursSpecification": special}
    return {name: hours for name, hours in found.items() if hours}
