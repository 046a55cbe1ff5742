"""Courses around an office, for its page."""

from __future__ import annotations

from django.utils import timezone

from courses.selectors import courses_near
from foundation.caching.shelf import kept
from offices.models import Office


def near_office(office: Office) -> dict[str, object]:
    here = (office.latitude, office.longitude)
    return {"courses": kept(f"courses.near.{office.pk}", lambda: courses_near(here, timezone.localdate()))}
