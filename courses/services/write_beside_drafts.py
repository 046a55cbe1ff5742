"""Changes a course for the public without losing what editors have prepared: newer drafts, submitted and scheduled
versions take on the same change and stay what they were."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Revision, TaskState

from courses.models import CoursePage

Change = Callable[[CoursePage], None]


def write_beside_drafts(course: CoursePage, change: Change) -> None:
    """Inside a transaction that holds the row of the course, which is live.

    Not Wagtail's own publishing, which would end a workflow and the schedule of a draft. Whoever has the draft open in
    the editor is warned by Wagtail: there is a newer version.
    """
    had_draft = course.has_unpublished_changes
    pending = _pending(course)
    draft = course.latest_revision if had_draft else None
    change(course)
    course.save(clean=False)  # type: ignore[call-arg]  # before its version, so that new dates have their numbers in it
    public = course.save_revision(clean=False)
    CoursePage.objects.filter(pk=course.pk).update(
        live_revision=public, last_published_at=timezone.now(), has_unpublished_changes=had_draft
    )
    for revision in pending:
        _take_on(revision, change)
    if draft is not None:
        _stay_latest(draft)


def _pending(course: CoursePage) -> list[Revision]:
    """The draft, and what a schedule or a workflow will publish. One query."""
    waiting = Q(approved_go_live_at__isnull=False) | Q(task_states__status=TaskState.STATUS_IN_PROGRESS)
    if course.has_unpublished_changes:
        waiting |= Q(pk=course.latest_revision_id)
    return list(course.revisions.filter(waiting).distinct().order_by("created_at", "pk"))


def _take_on(revision: Revision, change: Change) -> None:
    version = revision.as_object()
    change(version)
    revision.content = version.serializable_data()
    revision.save(update_fields=["content"])


def _stay_latest(draft: Revision) -> None:
    """The draft once more, after the version that is public now, with its author, schedule and place in a workflow."""
    draft.refresh_from_db()
    go_live_at = draft.approved_go_live_at
    later = draft.as_object().save_revision(user=draft.user, clean=False, approved_go_live_at=go_live_at)
    if go_live_at:
        Revision.objects.filter(pk=draft.pk).update(approved_go_live_at=None)
    TaskState.objects.filter(revision=draft, status=TaskState.STATUS_IN_PROGRESS).update(revision=later)
