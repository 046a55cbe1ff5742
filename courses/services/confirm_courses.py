"""A provider says of its courses: So stimmt es."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from courses.models import CoursePage, ProviderLink
from courses.provider_facts import mark_of

CONFIRMED = "courses.confirmed_by_provider"


def confirm_courses(*, link: ProviderLink, seen: Mapping[int, str], now: datetime) -> tuple[int, int]:
    """How many are confirmed now, and how many have changed since the provider saw them and are not.

    `seen` are the marks of what it saw, by the ids of its courses; others are passed over.
    """
    with transaction.atomic():
        found = CoursePage.objects.of_provider(link.provider_id).filter(pk__in=seen)
        courses = list(found.select_for_update(of=("self",)).prefetch_related("runs"))
        good = [course for course in courses if mark_of(course, course.runs.all()) == seen[course.pk]]
        CoursePage.objects.filter(pk__in=[course.pk for course in good]).update(confirmed_at=now)
        for course in good:
            log(instance=course, action=CONFIRMED)
        ProviderLink.objects.filter(pk=link.pk).update(last_used_at=now)
    return len(good), len(courses) - len(good)
