"""Who writes for the whole site, and who for some offices only."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from offices.models import Office


def writes_for_all(user: Any, index: Page) -> bool:
    """Whether the user may change the page below which offices add their own: the editors of the site may."""
    return bool(page_permission_policy.user_has_permission_for_instance(user, "change", index))


def offices_of(user: Any) -> QuerySet[Office]:
    """In whose Büro-Redaktion the user is."""
    return Office.objects.filter(editors__group__user=user.pk)
