"""Bringing what a group may do in line with what it is meant to do, in few queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Model
from wagtail.models import GroupCollectionPermission, GroupPagePermission


@dataclass(frozen=True, slots=True, kw_only=True)
class Grants:
    """Permissions by label, such as „wagtailcore.add_page“: on the whole site, on pages and on collections by their id
    with all that lies below. What is in `may_keep` is nobody's fault where it is held.
    """

    site: Iterable[str]
    may_keep: Iterable[str] = ()
    pages: Iterable[tuple[int, str]] = ()
    files: Iterable[tuple[int, str]] = ()


def permissions_by_label() -> dict[str, int]:
    rows = Permission.objects.values_list("content_type__app_label", "codename", "pk")
    return {f"{app}.{codename}": pk for app, codename, pk in rows}


def align(group: Group, grants: Grants, ids: Mapping[str, int]) -> bool:
    """Give the group these grants and no others; whether anything had to be changed."""
    changed = [
        _align_site(group, grants, ids),
        _align_rows(GroupPagePermission, "page_id", group, {(page, ids[label]) for page, label in grants.pages}),
        _align_rows(
            GroupCollectionPermission, "collection_id", group, {(at, ids[label]) for at, label in grants.files}
        ),
    ]
    return any(changed)


def _align_site(group: Group, grants: Grants, ids: Mapping[str, int]) -> bool:
    held = set(group.permissions.values_list("pk", flat=True))
    wanted = {ids[label] for label in grants.site} | ({ids[label] for label in grants.may_keep} & held)
    if held == wanted:
        return False
    group.permissions.remove(*(held - wanted))
    group.permissions.add(*(wanted - held))
    return True


def _align_rows(model: type[Model], place: str, group: Group, wanted: set[tuple[int, int]]) -> bool:
    rows: Any = model._default_manager
    held = {
        (at, permission): pk for at, permission, pk in rows.filter(group=group).values_list(place, "permission", "pk")
    }
    surplus = [pk for key, pk in held.items() if key not in wanted]
    missing = [
        model(group=group, permission_id=permission, **{place: at}) for at, permission in sorted(wanted - held.keys())
    ]
    if surplus:
        rows.filter(pk__in=surplus).delete()
    if missing:
        rows.bulk_create(missing)
    return bool(surplus or missing)
