"""Contacts to take along: a vCard 3.0 (RFC 2426), which every phone and Outlook read, as a file and as a QR code."""

from __future__ import annotations

from functools import lru_cache

from django.utils.safestring import SafeString
from icalendar.parser import Contentline, Parameters
from icalendar.prop import vAdr, vN, vOrg, vText

from foundation.qr import qr_code
from offices.models import Advisor, Office

CONTENT_TYPE = "text/vcard; charset=utf-8"

drawn = lru_cache(maxsize=128)(qr_code)
"""Drawing takes longer than the rest of a page, and the same card is drawn again and again."""


def card_of_office(office: Office, *, network: str, url: str) -> str:
    return _card(
        ("FN", {}, vText(office.name)),
        ("N", {}, vN((office.name, "", "", "", ""))),
        ("ORG", {}, vOrg((network, office.name))),
        *_place(office),
        *_ways(office.phone, office.email),
        ("URL", {}, vText(url)),
    )


def card_of_advisor(advisor: Advisor, *, network: str, url: str) -> str:
    """The last word of a name counts as the family name."""
    given, _, family = advisor.name.rpartition(" ")
    return _card(
        ("FN", {}, vText(advisor.name)),
        ("N", {}, vN((family, given, "", "", ""))),
        ("ORG", {}, vOrg((network, advisor.office.name))),
        ("TITLE", {}, vText(advisor.role)),
        *_place(advisor.office),
        *_ways(advisor.phone or advisor.office.phone, advisor.email or advisor.office.email),
        ("URL", {}, vText(url)),
    )


def qr_of(card: str) -> SafeString:
    return drawn(card)


Line = tuple[str, dict[str, str], vText | vN | vOrg | vAdr]


def _place(office: Office) -> list[Line]:
    return [("ADR", {"TYPE": "WORK"}, vAdr(("", "", office.street, office.town, "", office.postcode, "Deutschland")))]


def _ways(phone: str, email: str) -> list[Line]:
    return [("TEL", {"TYPE": "WORK"}, vText(phone)), ("EMAIL", {"TYPE": "WORK"}, vText(email))]


def _card(*lines: Line) -> str:
    """What is empty is left out; the library escapes and folds."""
    written = [
        Contentline.from_parts(name, Parameters(parameters), value).to_ical().decode()
        for name, parameters, value in lines
        if value.to_ical().strip(b";")
    ]
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *written, "END:VCARD", ""])
