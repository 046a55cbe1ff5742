"""Who writes for the whole site, and who for some offices only."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from offices.models import Office


def writes_for_all(user: Any, index: Page) -> bool:
    """Whether the user may change the page below which offices add their own: the editors of the site may."""
    return bool(page_permission_policy.user_has_permission_for_instance(user, "change", index))


def offices_of(user: Any) -> QuerySet[Office]:
    """In whose Büro-Redaktion the user is."""
    return Office.objects.filter(editors__group__user=user.pk)


def numbers_of_offices(user: Any) -> set[int]:
    """Of the same offices, asked once in a request."""
    if not hasattr(user, "_offices_written_for"):
        user._offices_written_for = set(offices_of(user).values_list("pk", flat=True))  # noqa: SLF001
    return user._offices_written_for  # noqa: SLF001


def pages_of_offices(user: Any) -> QuerySet[Page]:
    """What was written for the offices in whose Büro-Redaktion the user is, by whomever."""
    return Page.objects.filter(written_for__group__user=user.pk)


def pages_to_change(user: Any) -> QuerySet[Page]:
    own = page_permission_policy.instances_user_has_permission_for(user, "change")
    return Page.objects.filter(Q(pk__in=own.values("pk")) | Q(pk__in=pages_of_offices(user).values("pk")))
