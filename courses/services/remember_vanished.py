"""Keeps the old addresses of courses that are public no more (F35), and forgets them when they are public again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from courses.models import CoursePage, VanishedCourse


def remember_vanished(*, courses: Collection[CoursePage], now: datetime) -> None:
    """Of courses that were public; the first moment counts. Five queries, however many they are."""
    by_key = {course.pk: course for course in courses}
    links = CoursePage.topics.through.objects.filter(coursepage__in=by_key)
    with transaction.atomic():
        known = VanishedCourse.objects.filter(slug__in=[course.slug for course in courses])
        moments = dict(known.values_list("slug", "vanished_at"))
        VanishedCourse.objects.filter(Q(slug__in=[course.slug for course in courses]) | Q(page__in=by_key)).delete()
        kept = VanishedCourse.objects.bulk_create(
            VanishedCourse(
                slug=course.slug,
                title=course.title,
                provider_id=course.provider_id,
                page_id=course.pk,
                vanished_at=moments.get(course.slug, now),
            )
            for course in courses
        )
        numbers = {each.page_id: each.pk for each in kept}
        through = VanishedCourse.topics.through
        through.objects.bulk_create(
            through(vanishedcourse_id=numbers[course], topic_id=topic)
            for course, topic in links.values_list("coursepage", "topic")
        )


def forget_vanished(*, courses: Collection[CoursePage]) -> None:
    """They are public. An older address of theirs that vanished stays known."""
    VanishedCourse.objects.filter(slug__in=[course.slug for course in courses]).delete()
    VanishedCourse.objects.filter(page__in=[course.pk for course in courses]).update(page=None)


def let_go_of_page(*, course: CoursePage) -> None:
    """The page is being deleted; its address stays."""
    VanishedCourse.objects.filter(slug=course.slug).update(page=None)
