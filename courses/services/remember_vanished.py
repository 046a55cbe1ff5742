"""Keeps the old addresses of courses that are public no more (F35), and forgets them when they are public again."""

from __future__ import annotations

from datetime import datetime

from courses.models import CoursePage, VanishedCourse


def remember_vanished(*, course: CoursePage, now: datetime) -> None:
    """Of a course that was public; the first moment counts."""
    facts = {"title": course.title, "provider_id": course.provider_id, "page_id": course.pk}
    kept, _ = VanishedCourse.objects.update_or_create(
        slug=course.slug, defaults=facts, create_defaults=facts | {"vanished_at": now}
    )
    kept.topics.set(course.topics.all())


def forget_vanished(*, course: CoursePage) -> None:
    """The course is public, or another one under its address."""
    VanishedCourse.objects.filter(slug=course.slug).delete()
    VanishedCourse.objects.filter(page=course).update(page=None)


def let_go_of_page(*, course: CoursePage) -> None:
    """The page is being deleted; its address stays."""
    VanishedCourse.objects.filter(slug=course.slug).update(page=None)
