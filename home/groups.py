"""Who may do what in the admin. Running it again repairs what was changed by hand; single grants to people stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Collection, Page

from home.grants import Grants, align, permissions_by_label
from home.models import SEE_DEMAND

EDITORS = "Redaktion"
ADVISORS = "Beratung"
LEADS = "Büroleitung"
DIRECTORS = "Leitung"
ADMINISTRATORS = "Administration"
MONITORS = "Überwachung"
UNUSED = ("Editors", "Moderators")

ACCESS_ADMIN = "wagtailadmin.access_admin"
_ALL = ("add", "change", "delete")
_PAGES = ("wagtailcore.add_page", "wagtailcore.change_page", "wagtailcore.publish_page")
_MORE_PAGES = ("wagtailcore.bulk_delete_page", "wagtailcore.lock_page", "wagtailcore.unlock_page")
# Wagtail keeps the rights over files under its own models, also where the site has others.
CHOOSE = ("wagtailimages.choose_image", "wagtaildocs.choose_document")
FILES = tuple(label.replace("choose", action) for label in CHOOSE for action in ("add", "change", "choose"))
_CONTENT = [
    *("offices.office", "offices.advisor", "offices.officeday", "offices.district", "offices.postcode"),
    *("courses.provider", "courses.topic", "courses.targetgroup", "courses.fundingkind", "courses.qualitymark"),
    *("courses.synonym", "courses.coursesource", "courses.courseimport"),
    *("booking.service", "home.fundingnotice"),
]
_BOOKING = [
    *("booking.availabilityrule", "booking.closure"),
    *("booking.advisorfeed", "booking.busycalendar", "booking.pushcalendar"),
]
_SETTINGS = [
    "foundation.change_brandsettings",
    "foundation.change_retentionsettings",
    "booking.change_bookingsettings",
    "courses.change_coursesettings",
    "booking.change_mailtext",
]
_TRANSLATING = "simple_translation.submit_translation"
_PEOPLE = ["foundation.user", "auth.group", "wagtailredirects.redirect"]
_WORKFLOWS = ["wagtailcore.workflow", "wagtailcore.task"]


def ensure_groups() -> list[str]:
    """Make or repair the groups of the whole site and say what was done; Wagtail's own two go where nobody is in them.

    Programs that watch the site have an account in the last of them and come no farther than their one address. Whether
    advisors see the appointments of their colleagues is each network's choice: granted to the group by hand,
    it stays.
    """
    with transaction.atomic():
        ids = permissions_by_label()
        told = [sentence for name, grants in _wanted().items() for sentence in _ensure(name, grants, ids)]
        Group.objects.filter(name__in=UNUSED, user=None).delete()
    return told


def _wanted() -> dict[str, Grants]:
    root = Page.get_first_root_node().pk
    files = Collection.get_first_root_node().pk
    return {
        EDITORS: Grants(
            site=[ACCESS_ADMIN, _TRANSLATING, SEE_DEMAND, *_each(_CONTENT, _ALL)],
            pages=[(root, label) for label in _PAGES],
            files=[(files, label) for label in FILES],
        ),
        ADVISORS: Grants(site=[ACCESS_ADMIN, "booking.use_desk"], may_keep=["booking.see_office"]),
        LEADS: Grants(site=[ACCESS_ADMIN, "booking.use_desk", "booking.see_office", "booking.lead_office"]),
        # To approve takes no page right; to read the reports takes the right to change what they tell of.
        DIRECTORS: Grants(
            site=[ACCESS_ADMIN, SEE_DEMAND],
            pages=[(root, label) for label in ("wagtailcore.change_page", "wagtailcore.publish_page")],
            files=[(files, label) for label in CHOOSE],
        ),
        ADMINISTRATORS: Grants(
            site=[
                ACCESS_ADMIN,
                *_each([*_CONTENT, *_BOOKING, *_PEOPLE, *_WORKFLOWS], _ALL),
                *_SETTINGS,
                _TRANSLATING,
                SEE_DEMAND,
                *_each(["booking.appointment"], ("view", "change")),
                "booking.watch_sync",
            ],
            pages=[(root, label) for label in (*_PAGES, *_MORE_PAGES)],
            # Wagtail asks for rights over collections at the collection, not on the whole site.
            files=[(files, label) for label in (*FILES, *_each(["wagtailcore.collection"], _ALL))],
        ),
        MONITORS: Grants(site=["booking.watch_sync"]),
    }


def _ensure(name: str, grants: Grants, ids: Mapping[str, int]) -> list[str]:
    group, is_new = Group.objects.get_or_create(name=name)
    is_changed = align(group, grants, ids)
    if is_new:
        return [f"Gruppe „{name}“ angelegt."]
    return [f"Rechte der Gruppe „{name}“ wiederhergestellt."] if is_changed else []


def _each(models: Iterable[str], actions: Iterable[str]) -> list[str]:
    pairs = [model.split(".") for model in models]
    return [f"{app}.{action}_{model}" for app, model in pairs for action in actions]
