"""A provider says of its courses: So stimmt es."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import PageLogEntry

from courses.models import CoursePage, Provider, ProviderLink
from courses.provider_link.facts import mark_of

CONFIRMED = "courses.confirmed_by_provider"


def confirm_courses(*, link: ProviderLink, seen: Mapping[int, str], now: datetime) -> tuple[int, int]:
    """How many are confirmed now, and how many are not, because they have changed or gone since the provider saw them.

    `seen` are the marks of what it saw, by the ids of its courses. As many statements for many
    courses as for one.
    """
    with transaction.atomic():
        # An import of this provider holds the same lock: else each could wait for courses that the other holds.
        Provider.objects.select_for_update().get(pk=link.provider_id)
        found = CoursePage.objects.of_provider(link.provider_id).filter(pk__in=seen)
        courses = list(found.select_for_update(of=("self",)).prefetch_related("runs"))
        good = [course for course in courses if mark_of(course, course.runs.all()) == seen[course.pk]]
        CoursePage.objects.filter(pk__in=[course.pk for course in good]).update(confirmed_at=now)
        _log(good, now)
        ProviderLink.objects.filter(pk=link.pk).update(last_used_at=now)
    return len(good), len(seen) - len(good)


def _log(courses: Collection[CoursePage], now: datetime) -> None:
    kind = ContentType.objects.get_for_model(CoursePage)
    PageLogEntry.objects.bulk_create(
        PageLogEntry(content_type=kind, page=course, label=course.title, action=CONFIRMED, timestamp=now)
        for course in courses
    )
