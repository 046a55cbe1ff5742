"""The readers of places and people: what pages show, in a number of queries that does not grow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import F
from django.http import HttpRequest
from wagtail.models import Page

from foundation.caching.shelf import kept
from foundation.pictures import fetch_renditions, render_picture
from offices.models import Advisor, District, Office, OfficeDay, OfficePage
from offices.opening import OpeningTimes, opening_times
from offices.people import advisor_path, live_page
from offices.projection import LABEL_SIDES, position
from offices.querysets import AdvisorQuerySet
from offices.sections import next_free_times

_DAYS_AHEAD = 120


@dataclass(frozen=True, slots=True)
class MapNode:
    """A district's seat on the network map, placed by `offices.projection`. `page_key` is shared by all versions of the
    office's page; empty where there is none."""

    x: int
    y: int
    label: str
    side: str
    url: str
    office: str
    office_id: int | None = None
    page_key: UUID | None = None
    next_free: object = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Responsible:
    """A district and an office that serves it, None where none does; `page_path` is that of a live page, `page_key` is
    shared by all versions of it."""

    district: District
    office_id: int | None
    office_name: str
    page_path: str
    is_active: bool
    page_key: UUID | None = None


@dataclass(frozen=True, slots=True)
class OfficeTeaser:
    """`position` is latitude and longitude; `distance_km` is told where somebody has said from where."""

    title: str
    url: str
    district: str
    address: str
    office_id: int
    position: tuple[float, float]
    next_free: object = ""
    distance_km: int | None = None


@dataclass(frozen=True, slots=True)
class OfficeDayDates:
    """A series of office days and the next days of it."""

    series: OfficeDay
    dates: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class TeamMember:
    """`portrait` is rendered, empty where there is none; `credit` is its own. `url` is of the person's page,
    empty where the office has none that is live."""

    name: str
    url: str
    role: str
    focus: str
    phone: str
    email: str
    is_example: bool
    portrait: str
    credit: str


@dataclass(frozen=True, slots=True)
class OfficeDetail:
    """`picture` is rendered, empty where there is none."""

    office: Office
    districts: list[District]
    opening: OpeningTimes
    team: list[TeamMember]
    office_days: list[OfficeDayDates]
    picture: str
    credit: str


def network_map(request: HttpRequest | None, *, current: Office | None = None) -> list[MapNode]:
    """The seven seats from north-west to south-east, each leading to its office. One query until it is kept."""
    times = next_free_times.by_office()
    return [
        replace(
            node,
            next_free=times.get(node.office_id, "") if node.office_id else "",
            is_current=current is not None and node.office_id == current.pk,
        )
        for node in kept("offices.network_map", lambda: _seats(request))
    ]


def _seats(request: HttpRequest | None) -> list[MapNode]:
    nodes = []
    for number, (_, of_district) in enumerate(groupby(responsibilities(), key=lambda each: each.district.pk)):
        known = list(of_district)
        served = next((each for each in known if each.is_active), None)
        district = known[0].district
        x, y = position(district.latitude, district.longitude)
        nodes.append(
            MapNode(
                x=x,
                y=y,
                label=district.seat,
                side=LABEL_SIDES[number % len(LABEL_SIDES)],
                url=_url(Page(url_path=served.page_path) if served and served.page_path else None, request),
                office=f"{district.name}: {served.office_name}" if served else district.name,
                office_id=served.office_id if served else None,
                page_key=served.page_key if served else None,
            )
        )
    return nodes


def _url(page: Page | None, request: HttpRequest | None) -> str:
    return (page.get_url(request) if page else None) or "/termin/"


def responsibilities() -> list[Responsible]:
    """From north-west to south-east. One query until they are kept."""
    return kept("offices.responsibilities", _responsibilities)


def _responsibilities() -> list[Responsible]:
    facts = District.objects.order_by("position", "offices__name").annotate(
        office_pk=F("offices__pk"),
        office_name=F("offices__name"),
        office_is_active=F("offices__is_active"),
        page_path=F("offices__page__url_path"),
        page_is_live=F("offices__page__live"),
        page_key=F("offices__page__translation_key"),
    )
    return [
        Responsible(
            district,
            district.office_pk,
            district.office_name or "",
            district.page_path if district.page_is_live else "",
            is_active=bool(district.office_is_active),
            page_key=district.page_key,
        )
        for district in facts
    ]


def districts_of(office: Office) -> list[District]:
    return [each.district for each in responsibilities() if each.office_id == office.pk]


def office_teasers(request: HttpRequest | None) -> list[OfficeTeaser]:
    """All offices in operation, each with its next free time. Two queries until it is kept."""
    times = next_free_times.by_office()
    return [
        replace(teaser, next_free=times.get(teaser.office_id, ""))
        for teaser in kept("offices.teasers", lambda: _teasers(request))
    ]


def _teasers(request: HttpRequest | None) -> list[OfficeTeaser]:
    return [
        OfficeTeaser(
            title=office.name,
            url=_url(live_page(office), request),
            district=" · ".join(district.name for district in districts_of(office)),
            address=office.address_line,
            office_id=office.pk,
            position=(office.latitude, office.longitude),
        )
        for office in Office.objects.in_operation().select_related("page")
    ]


def office_detail(page: OfficePage, *, today: date) -> OfficeDetail:
    """Everything a visitor wants to know of an office. Six queries."""
    office = page.office
    people = list(Advisor.objects.filter(office=office).shown().select_related("portrait"))
    fetch_renditions([page.picture, *(person.portrait for person in people)])
    return OfficeDetail(
        office=office,
        districts=districts_of(office),
        opening=opening_times(office, today=today),
        team=[_member(person, page) for person in people],
        office_days=[
            OfficeDayDates(series, series.days_between(today, today + timedelta(days=_DAYS_AHEAD))[:3])
            for series in OfficeDay.objects.filter(office=office).running(today)
        ],
        picture=render_picture(page.picture, "wide", alt=page.picture_alt, lazy=False) if page.picture else "",
        credit=page.picture.shown_credit if page.picture else "",
    )


def team_of(people: AdvisorQuerySet) -> list[TeamMember]:
    """Those of them whom the site shows, by name, from whatever offices. Two queries where there are portraits."""
    found = people.shown().select_related("office__page").with_portraits()
    return [_member(person, getattr(person.office, "page", None)) for person in found]


def _member(person: Advisor, page: OfficePage | None) -> TeamMember:
    return TeamMember(
        name=person.name,
        url=advisor_path(page, person.slug) if page and page.live else "",
        role=person.role,
        focus=person.focus,
        phone=person.phone,
        email=person.email,
        is_example=person.is_example,
        portrait=render_picture(person.portrait, "portrait") if person.portrait else "",
        credit=person.portrait.shown_credit if person.portrait else "",
    )
