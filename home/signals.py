"""What follows other things: groups and collections the offices, languages the places of pages. `home.apps` connects
it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.signals import post_page_move

from booking.services.erasure_ledger import note_erased_elsewhere
from courses.services.provider_links import links_ended
from home.approval import SHARED_INDEXES, follow_new_page
from home.languages_of_places import take_on_language
from home.models import EventPage, NewsPage, OfficeEditors
from home.office_editors import follow_office, follow_page, give_to_offices, release
from offices.models import Office, OfficePage

PROVIDER_LINK = "anbieterlink"
"""What stands before the digest of an ended link in the ledger of erasures; must never change."""


def connect() -> None:
    links_ended.connect(_links_ended, dispatch_uid="home.links_ended")
    post_page_move.connect(take_on_language, dispatch_uid="home.language_of_place")
    post_save.connect(_office_saved, sender=Office, dispatch_uid="home.editors_of_office")
    post_delete.connect(_office_gone, sender=OfficeEditors, dispatch_uid="home.editors_without_office")
    for model in (OfficePage, *SHARED_INDEXES):
        post_save.connect(_page_saved, sender=model, dispatch_uid=f"home.editors_of_page.{model.__name__}")
    for model in (NewsPage, EventPage):
        post_save.connect(_page_added, sender=model, dispatch_uid=f"home.office_of_page.{model.__name__}")


def _links_ended(digests: Collection[str], now: datetime, **_: Any) -> None:
    note_erased_elsewhere(PROVIDER_LINK, digests, now=now)


def _office_saved(instance: Office, raw: bool = False, **_: Any) -> None:
    if not raw:
        follow_office(instance)


def _office_gone(instance: OfficeEditors, **_: Any) -> None:
    release(instance)


def _page_saved(instance: Any, created: bool, raw: bool = False, **_: Any) -> None:
    if raw:
        return
    follow_page(instance)
    if created:
        follow_new_page(instance)


def _page_added(instance: Any, created: bool, raw: bool = False, **_: Any) -> None:
    if created and not raw:
        give_to_offices(instance)
