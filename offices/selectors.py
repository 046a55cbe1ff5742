"""The readers of places and people: what pages show, in a number of queries that does not grow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest

from foundation.caching.shelf import kept
from foundation.pictures import fetch_renditions, render_picture
from offices.models import Advisor, District, Office, OfficeDay, OfficePage
from offices.opening import OpeningTimes, opening_times
from offices.people import advisor_path
from offices.projection import LABEL_SIDES, position
from offices.querysets import AdvisorQuerySet
from offices.sections import next_free_times

_DAYS_AHEAD = 120


@dataclass(frozen=True, slots=True)
class MapNode:
    """A district's seat on the network map, placed by `offices.projection`."""

    x: int
    y: int
    label: str
    side: str
    url: str
    office: str
    office_id: int | None = None
    next_free: object = ""
    is_current: bool = False


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
    office: Office
    districts: list[District]
    opening: OpeningTimes
    team: list[TeamMember]
    office_days: list[OfficeDayDates]


def network_map(request: HttpRequest | None, *, current: Office | None = None) -> list[MapNode]:
    """The seven seats from north-west to south-east, each leading to its office. Two queries until it is kept."""
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
    serving = Prefetch("offices", queryset=Office.objects.in_operation().select_related("page"), to_attr="serving")
    for number, district in enumerate(District.objects.prefetch_related(serving)):
        office = district.serving[0] if district.serving else None
        x, y = position(district.latitude, district.longitude)
        nodes.append(
            MapNode(
                x=x,
                y=y,
                label=district.seat,
                side=LABEL_SIDES[number % len(LABEL_SIDES)],
                url=_url(office, request),
                office=f"{district.name}: {office.name}" if office else district.name,
                office_id=office.pk if office else None,
            )
        )
    return nodes


def _url(office: Office | None, request: HttpRequest | None) -> str:
    page = getattr(office, "page", None) if office else None
    return (page.get_url(request) if page and page.live else None) or "/termin/"


def office_teasers(request: HttpRequest | None) -> list[OfficeTeaser]:
    """All offices in operation, each with its next free time. Two queries until it is kept."""
    times = next_free_times.by_office()
    return [
        replace(teaser, next_free=times.get(teaser.office_id, ""))
        for teaser in kept("offices.teasers", lambda: _teasers(request))
    ]


def _teasers(request: HttpRequest | None) -> list[OfficeTeaser]:
    offices = Office.objects.in_operation().select_related("page").prefetch_related("districts")
    return [
        OfficeTeaser(
            title=office.name,
            url=_url(office, request),
            district=" · ".join(district.name for district in office.districts.all()),
            address=office.address_line,
            office_id=office.pk,
            position=(office.latitude, office.longitude),
        )
        for office in offices
    ]


def office_detail(page: OfficePage, *, today: date) -> OfficeDetail:
    """Everything a visitor wants to know of an office. Seven queries."""
    office = page.office
    prefetch_related_objects([office], "districts")  # whoever is told of the office asks for them no more
    return OfficeDetail(
        office=office,
        districts=list(office.districts.all()),
        opening=opening_times(office, today=today),
        team=[_member(person, page) for person in Advisor.objects.filter(office=office).shown().with_portraits()],
        office_days=[
            OfficeDayDates(series, series.days_between(today, today + timedelta(days=_DAYS_AHEAD))[:3])
            for series in OfficeDay.objects.filter(office=office).running(today)
        ],
    )


def team_of(people: AdvisorQuerySet) -> list[TeamMember]:
    """Those of them whom the site shows, by name, from whatever offices. Two queries where there are portraits."""
    found = people.shown().select_related("office__page").with_portraits()
    return [_member(person, getattr(person.office, "page", None)) for person in found]


def office_picture(page: OfficePage) -> dict[str, str]:
    """The rendered picture and its credit, nothing without one. Two queries."""
    if page.picture is None:
        return {}
    fetch_renditions([page.picture])
    picture = render_picture(page.picture, "wide", alt=page.picture_alt, lazy=False)
    return {"picture": picture, "credit": page.picture.shown_credit}


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
