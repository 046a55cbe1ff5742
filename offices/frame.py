"""What is told of an office wherever it is told: place, hours, open or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from foundation.caching.shelf import kept
from offices.maps import map_address, route_address
from offices.models import OfficePage
from offices.opening import OpeningNow, opening_now
from offices.selectors import OfficeDetail, office_detail

Taken = Callable[[str, Callable[[], Any]], Any]
"""`foundation.caching.shelf.kept`, or what stands in its place for previews."""


@dataclass(frozen=True, slots=True)
class OfficeFrame:
    detail: OfficeDetail
    opening: OpeningNow | None
    map_url: str
    route_url: str


def office_frame(page: OfficePage, *, now: datetime, taken: Taken = kept) -> OfficeFrame:
    """Seven queries until it is kept."""
    day = timezone.localdate(now)
    detail: OfficeDetail = taken(f"offices.detail.{page.office_id}", lambda: office_detail(page, today=day))
    place = detail.office.latitude, detail.office.longitude
    return OfficeFrame(detail, opening_now(detail.opening, now=now), map_address(*place), route_address(*place))
