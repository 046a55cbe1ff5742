"""Puts pages on the site and takes them off at the times that editors have set."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from wagtail.models import Page, Revision


def publish_scheduled(*, now: datetime) -> int:
    """How many pages were put on the site or taken off it.

    Wagtail's command of this name reads a list and works through it: two at once publish twice, and a version that an
    editor replaces meanwhile comes back. Here each page is locked and looked at again. Nothing but pages has schedules.

    A page that fails keeps no other from its time; after all of them ExceptionGroup says what failed.
    """
    due = set(Page.objects.filter(live=True, expire_at__lt=now).values_list("pk", flat=True))
    versions = Revision.page_revisions.filter(approved_go_live_at__lt=now)
    due |= {int(key) for key in versions.values_list("object_id", flat=True)}
    changed, faults = 0, []
    for key in sorted(due):
        try:
            changed += _follow_schedule(key, now=now)
        except Exception as fault:  # noqa: BLE001  # raised below
            faults.append(fault)
    if faults:
        raise ExceptionGroup("Pages could not follow their schedules", faults)
    return changed


@transaction.atomic
def _follow_schedule(key: int, *, now: datetime) -> bool:
    """Publishes first: the new version brings its own end, and taking the old one off would end all schedules."""
    page = Page.objects.select_for_update(of=("self",), no_key=True).filter(pk=key).first()
    if page is None:
        return False
    version = page.revisions.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at").last()
    if version is not None:
        version.publish(log_action="wagtail.publish.scheduled")
        page.refresh_from_db()
    if is_over := bool(page.live and page.expire_at and page.expire_at < now):
        page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return is_over or version is not None
