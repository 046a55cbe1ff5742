"""What follows courses that appear and disappear. `courses.apps` connects it."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, pre_delete
from django.utils import timezone
from wagtail.signals import page_published, page_unpublished

from courses.models import CoursePage
from courses.services.remember_vanished import forget_vanished, let_go_of_page, remember_vanished


def connect() -> None:
    page_published.connect(_published, sender=CoursePage, dispatch_uid="courses.published")
    page_unpublished.connect(_unpublished, sender=CoursePage, dispatch_uid="courses.unpublished")
    pre_delete.connect(_being_deleted, sender=CoursePage, dispatch_uid="courses.deleting")
    post_delete.connect(_deleted, sender=CoursePage, dispatch_uid="courses.deleted")


def _published(instance: CoursePage, **_: Any) -> None:
    forget_vanished(courses=[instance])


def _unpublished(instance: CoursePage, **_: Any) -> None:
    _keep(instance)


def _being_deleted(instance: CoursePage, **_: Any) -> None:
    """Its topics are known as long as it is there."""
    if _was_public(instance):
        _keep(instance)


def _keep(course: CoursePage) -> None:
    """Of one that was not for everybody no title is left once it is deleted."""
    if course.get_view_restrictions().exists():
        forget_vanished(courses=[course])
    else:
        remember_vanished(courses=[course], now=timezone.now())


def _deleted(instance: CoursePage, **_: Any) -> None:
    """Wagtail unpublishes what it deletes, with the page still there."""
    if _was_public(instance):
        let_go_of_page(course=instance)


def _was_public(course: CoursePage) -> bool:
    """A draft that nobody ever saw leaves nothing behind."""
    return course.live or course.first_published_at is not None
