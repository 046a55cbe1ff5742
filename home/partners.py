"""The readers of the partners page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.http import HttpRequest
from wagtail.blocks import StructValue

from courses.models import Provider
from foundation.pictures import fetch_renditions, render_picture
from offices.models import District, Office

if TYPE_CHECKING:
    from home.models import PartnersPage


@dataclass(frozen=True, slots=True)
class Partner:
    """`url` leads to a page here or to the partner's own site; `link_label` says which. `credit`: of the logo."""

    name: str
    role: str = ""
    text: str = ""
    url: str = ""
    link_label: str = ""
    logo: str = ""
    credit: str = ""
    is_example: bool = False


def sponsors(page: PartnersPage) -> list[Partner]:
    """Two queries where there are logos."""
    values = [block.value for block in page.sponsors]
    fetch_renditions(value["logo"] for value in values if value["logo"])
    return [sponsor(value) for value in values]


def sponsor(value: StructValue) -> Partner:
    """What a PartnerBlock says."""
    return Partner(
        name=value["name"],
        role=value["role"],
        text=value["text"],
        url=value["website"],
        link_label="Zur Website" if value["website"] else "",
        logo=render_picture(value["logo"], "logos", alt="") if value["logo"] else "",
        credit=value["logo"].shown_credit if value["logo"] else "",
    )


def district_partners(request: HttpRequest | None) -> list[Partner]:
    """The districts from north-west to south-east, each with the office that serves it. Two queries."""
    serving = Prefetch("offices", queryset=Office.objects.in_operation().select_related("page"), to_attr="serving")
    return [_district(district, request) for district in District.objects.prefetch_related(serving)]


def _district(district: District, request: HttpRequest | None) -> Partner:
    office = next(iter(district.serving), None)
    page = getattr(office, "page", None) if office else None
    url = (page.get_url(request) or "") if page and page.live else ""
    return Partner(
        name=f"Landkreis {district.name}",
        role=f"Kreisstadt {district.seat}",
        text=district.sectors,
        url=url,
        link_label=office.name if office and url else "",
    )


def provider_partners() -> list[Partner]:
    """By name. One query."""
    return [
        Partner(
            name=provider.name,
            role=provider.town,
            url=provider.website,
            link_label="Zur Website" if provider.website else "",
            is_example=provider.is_example,
        )
        for provider in Provider.objects.all()
    ]
