"""Two editors in one page: whoever saves second hears what the first has saved, and where it still is.

Wagtail warns in the open editor, but asks the server only now and then and needs JavaScript for it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page, PageLogEntry, Revision

from courses.models import CoursePage


def tell_of_version_between(request: HttpRequest, page: Page) -> None:
    """After saving. What the editor keeps by itself is refused by Wagtail instead where there is a newer version."""
    if not request.accepts("text/html"):
        return
    between = _version_between(page, request.user, request.POST.get("loaded_revision_created_at", ""))
    if between is None:
        return
    saved = timezone.localtime(between.created_at)
    who = get_user_display_name(between.user) if between.user else "die Website selbst"
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, between.pk, page.latest_revision_id])
    messages.warning(
        request,
        f"Während Sie „{page.get_admin_display_title()}“ bearbeitet haben, hat {who} am {saved:%d.%m.%Y um %H:%M} Uhr "
        "eine andere Fassung gespeichert. Es gilt die zuletzt gespeicherte; verloren ist keine. Vergleichen Sie beide "
        "und übernehmen Sie, was fehlt.",
        buttons=[messages.button(compare, "Fassungen vergleichen")],
    )


def _version_between(page: Page, user: Any, loaded: str) -> Revision | None:
    """The newest of somebody else that is younger than the one that the editor was opened with. What the editor has
    kept by itself meanwhile is the user's own, and the form does not say so. A page that had no version yet when it
    was opened sends no time."""
    others = page.revisions.exclude(user=user).select_related("user").defer("content")
    if isinstance(page, CoursePage):
        # What files and providers have changed is taken over and told of by courses. They note no version in the log.
        saved_by_people = PageLogEntry.objects.filter(page=page.pk, revision__isnull=False)
        others = others.filter(pk__in=saved_by_people.values("revision"))
    if loaded:
        try:
            others = others.filter(created_at__gt=datetime.fromisoformat(loaded))
        except ValueError:
            return None
    return others.order_by("created_at", "pk").last()
