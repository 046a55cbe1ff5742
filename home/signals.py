"""When pages or settings change, what every page shows is read anew."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from foundation.models import BrandSettings
from home.context import forget_frame
from home.models import FundingNotice


def forget(**_: Any) -> None:
    transaction.on_commit(forget_frame)


def forget_deleted(instance: Any, **_: Any) -> None:
    if isinstance(instance, (Page, FundingNotice)):
        transaction.on_commit(forget_frame)


def connect() -> None:
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(forget, dispatch_uid="home.forget")
    for model in (BrandSettings, FundingNotice, Site):
        post_save.connect(forget, sender=model, dispatch_uid=f"home.forget.{model.__name__}")
    post_delete.connect(forget_deleted, dispatch_uid="home.forget_deleted")
