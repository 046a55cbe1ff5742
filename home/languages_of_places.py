"""A page that is moved takes on the language of its new place; `home.signals` connects it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import transaction
from wagtail.models import Page


@transaction.atomic
def take_on_language(instance: Page, parent_page_after: Page, **_: Any) -> None:
    """The page and all below it. What says the same in other languages goes on doing so, unless the new language has
    said it already.
    """
    locale = parent_page_after.locale
    branch = instance.get_descendants(inclusive=True).exclude(locale=locale)
    for page in branch.specific() if parent_page_after.depth > 1 else ():
        if page.begins_a_language:
            continue
        page.locale = locale
        if Page.objects.filter(translation_key=page.translation_key, locale=locale).exists():
            page.translation_key = uuid4()
        page.save(clean=False)  # the index of the search has words by their language
