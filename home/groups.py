"""Who may do what in the admin. Running it again repairs what was changed by hand; single grants to people stay."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

EDITORS = "Redaktion"
ADVISORS = "Beratung"
LEADS = "Büroleitung"
ADMINISTRATORS = "Administration"
MONITORS = "Überwachung"
UNUSED = ("Editors", "Moderators")

_ADMIN = ["wagtailadmin.access_admin"]
_ALL = ("add", "change", "delete")
_PAGES = ("add_page", "change_page", "publish_page")
# Wagtail keeps the rights over files under its own models, also where the site has others.
_FILES = tuple(
    f"{app}.{action}_{model}"
    for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document"))
    for action in ("add", "change", "choose")
)
_CONTENT = [
    *("offices.office", "offices.advisor", "offices.officeday", "offices.district", "offices.postcode"),
    *("courses.provider", "courses.topic", "booking.service", "home.fundingnotice"),
]
_BOOKING = [
    *("booking.availabilityrule", "booking.closure"),
    *("booking.advisorfeed", "booking.busycalendar", "booking.pushcalendar"),
]
_SETTINGS = [
    "foundation.change_brandsettings",
    "foundation.change_retentionsettings",
    "booking.change_bookingsettings",
    "booking.change_mailtext",
]
_PEOPLE = ["foundation.user", "auth.group", "wagtailcore.collection", "wagtailredirects.redirect"]


def ensure_groups() -> None:
    """Make or repair the five groups; Wagtail's own two go where nobody is in them.

    Programs that watch the site have an account in the last of them and come no farther than their one address. Whether
    advisors see the appointments of their colleagues is each network's choice: granted to the group by hand,
    it stays.
    """
    with transaction.atomic():
        editors = _group(EDITORS, [*_ADMIN, *_each(_CONTENT, _ALL)])
        advisors = _group(ADVISORS, [*_ADMIN, "booking.use_desk"], may_keep=["booking.see_office"])
        leads = _group(LEADS, [*_ADMIN, "booking.use_desk", "booking.see_office", "booking.lead_office"])
        administrators = _group(
            ADMINISTRATORS,
            [
                *_ADMIN,
                *_each([*_CONTENT, *_BOOKING, *_PEOPLE], _ALL),
                *_SETTINGS,
                *_each(["booking.appointment"], ("view", "change")),
                "booking.watch_sync",
            ],
        )
        monitors = _group(MONITORS, ["booking.watch_sync"])
        root = Page.get_first_root_node()
        collection = Collection.get_first_root_node()
        _grant_pages(editors, root, _PAGES)
        _grant_pages(administrators, root, (*_PAGES, "bulk_delete_page", "lock_page", "unlock_page"))
        _grant_pages(advisors, root, ())
        _grant_pages(leads, root, ())
        _grant_pages(monitors, root, ())
        for group, labels in ((editors, _FILES), (administrators, _FILES), (advisors, ()), (leads, ()), (monitors, ())):
            _grant_files(group, collection, labels)
        Group.objects.filter(name__in=UNUSED, user=None).delete()


def _each(models: Iterable[str], actions: Iterable[str]) -> list[str]:
    pairs = [model.split(".") for model in models]
    return [f"{app}.{action}_{model}" for app, model in pairs for action in actions]


def _group(name: str, permissions: Iterable[str], *, may_keep: Iterable[str] = ()) -> Group:
    group, _ = Group.objects.get_or_create(name=name)
    wanted = {_permission(label) for label in permissions}
    wanted |= {_permission(label) for label in may_keep} & set(group.permissions.all())
    group.permissions.set(wanted)
    return group


def _permission(label: str) -> Permission:
    app, codename = label.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _grant_pages(group: Group, root: Page, codenames: Iterable[str]) -> None:
    GroupPagePermission.objects.filter(group=group).exclude(
        page=root, permission__codename__in=list(codenames)
    ).delete()
    for codename in codenames:
        permission = _permission(f"wagtailcore.{codename}")
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _grant_files(group: Group, collection: Collection, labels: Iterable[str]) -> None:
    permissions = [_permission(label) for label in labels]
    GroupCollectionPermission.objects.filter(group=group).exclude(
        collection=collection, permission__in=permissions
    ).delete()
    for permission in permissions:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
