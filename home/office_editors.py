"""Büro-Redaktion: for each office a group that writes on the office's own page and submits news and events of its own,
with a collection for its pictures and documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page

from home.approval import SHARED_INDEXES, approval_workflow
from home.grants import Grants, align, permissions_by_label
from home.groups import ACCESS_ADMIN, CHOOSE, FILES
from home.models import OfficeEditors
from home.turns import wait_for_turn
from home.writers import writes_for_all
from offices.models import Office, OfficePage

PREFIX = "Büro-Redaktion"
KEEP_CONTACTS = "home.keep_contacts"
SHARED = "Für alle Büros"
"""The collection from which the editors of every office choose; the editors of the site fill it."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """What all offices share."""

    ids: Mapping[str, int]
    indexes: list[int]
    shared: Collection


def is_set_up() -> bool:
    """Whether `ensure_groups` was ever run here; before, there is nothing to be kept in step with the offices."""
    return approval_workflow() is not None


def ensure_office_editors(offices: Iterable[Office] | None = None) -> list[str]:
    """Make or repair group and collection of these offices, without argument of all; says what was done.

    Group and collection are named after the office and follow it; rights that were added by hand go.
    """
    with transaction.atomic():
        wait_for_turn()
        shared, told = shared_collection()
        indexes = [pk for model in SHARED_INDEXES for pk in model.objects.order_by("pk").values_list("pk", flat=True)]
        ground = _Ground(permissions_by_label(), indexes, shared)
        for office in Office.objects.order_by("name") if offices is None else offices:
            told += _equip(office, ground)
    return told


def shared_collection() -> tuple[Collection, list[str]]:
    """The one for all offices, made if it is missing; and what was done."""
    root = Collection.get_first_root_node()
    found = root.get_children().filter(name=SHARED).first()
    if found is not None:
        return found, []
    return root.add_child(name=SHARED), [f"Sammlung „{SHARED}“ angelegt."]


def _equip(office: Office, ground: _Ground) -> list[str]:
    OfficeEditors.objects.get_or_create(office=office)
    own = OfficeEditors.objects.select_related("group", "collection").get(office=office)
    own.office = office  # which so forgets the row without group that it was given first
    told = [*_name_group(own, office), *_name_collection(own, office)]
    is_new = bool(told)
    is_changed = align(own.group, _grants(own, ground), ground.ids)
    if is_changed and not is_new:
        told.append(f"Rechte der Gruppe „{own.group.name}“ wiederhergestellt.")
    return told


def _grants(own: OfficeEditors, ground: _Ground) -> Grants:
    """Whoever may add below a page edits there what is the own work, and nothing else."""
    own_pages = OfficePage.objects.filter(office=own.office_id).values_list("pk", flat=True)
    return Grants(
        site=[ACCESS_ADMIN, KEEP_CONTACTS],
        pages=[
            *((page, "wagtailcore.change_page") for page in own_pages),
            *((index, "wagtailcore.add_page") for index in ground.indexes),
        ],
        files=[
            *((own.collection_id, label) for label in FILES),
            *((ground.shared.pk, label) for label in CHOOSE),
        ],
    )


def _name_group(own: OfficeEditors, office: Office) -> list[str]:
    """A group of that name that belongs to nobody here is not taken over: it has members of its own."""
    name = f"{PREFIX} {office.name}"
    if Group.objects.filter(name=name).exclude(pk=own.group_id).exists():
        name = f"{name} ({office.slug})"
    if own.group is None:
        own.group = Group.objects.create(name=name)
        own.save(update_fields=["group"])
        return [f"Gruppe „{name}“ angelegt."]
    if own.group.name == name:
        return []
    former, own.group.name = own.group.name, name
    own.group.save(update_fields=["name"])
    return [f"Gruppe „{former}“ heißt jetzt „{name}“."]


def _name_collection(own: OfficeEditors, office: Office) -> list[str]:
    if own.collection is None:
        own.collection = Collection.get_first_root_node().add_child(name=office.name)
        own.save(update_fields=["collection"])
        return [f"Sammlung „{office.name}“ angelegt."]
    if own.collection.name == office.name:
        return []
    former, own.collection.name = own.collection.name, office.name
    own.collection.save(update_fields=["name"])
    return [f"Sammlung „{former}“ heißt jetzt „{office.name}“."]


def follow_office(office: Office) -> None:
    """After an office was made or renamed."""
    if is_set_up():
        ensure_office_editors([office])


def follow_page(page: Page) -> None:
    """After a page was saved on which editors of offices hold rights or should do so."""
    if not is_set_up():
        return
    held = set(OfficeEditors.objects.filter(group__page_permissions__page=page).values_list("office", flat=True))
    concerned = Office.objects.filter(pk=page.office_id) if isinstance(page, OfficePage) else Office.objects.all()
    wanted = set(concerned.values_list("pk", flat=True))
    if held != wanted:
        ensure_office_editors(Office.objects.filter(pk__in=held ^ wanted))


def give_to_offices(page: Page) -> None:
    """After a page was added below a shared index: whose it is. Whoever writes for the whole site adds none for one."""
    editors = OfficeEditors.objects.filter(group__user=page.owner_id) if page.owner_id else ()
    if editors and not writes_for_all(page.owner, page.get_parent()):
        for own in editors:
            own.pages.add(page)


def release(editors: OfficeEditors) -> None:
    """After its office was deleted: the group goes with all its rights; a collection goes when nothing lies in it."""
    Group.objects.filter(pk=editors.group_id).delete()
    collection = Collection.objects.filter(pk=editors.collection_id).first()
    if collection is not None and not _holds_anything(collection):
        collection.delete()


def _holds_anything(collection: Collection) -> bool:
    within = collection.get_descendants(inclusive=True)
    return any(
        model.objects.filter(collection__in=within).exists() for model in (get_image_model(), get_document_model())
    )
