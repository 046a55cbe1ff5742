"""The admin's forms for pages: what Wagtail asks, no page at a reserved address, none twice that is one of its kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.admin.forms.pages import CopyForm as WagtailCopyForm
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.models import Page

from foundation.files_within_reach import FilesWithinReach
from foundation.reserved_addresses import reserved


class PageForm(FilesWithinReach, WagtailAdminPageForm):
    """A new page does not know its place yet, so that its own `clean` cannot tell."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.instance.path and (refusal := reserved(cleaned.get("slug", ""), self.parent_page)):
            self.add_error("slug", refusal)
        return cleaned


class CopyForm(WagtailCopyForm):
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        parent = cleaned.get("new_parent_page") or self.page.get_parent()
        if refusal := reserved(cleaned.get("new_slug", ""), parent):
            self.add_error("new_slug", refusal)
        for page in self._copied(cleaned):
            if only := _is_only_one_of(page.specific_class):
                # Of the whole form; the page shows such of fields only.
                self.add_error(
                    "new_title",
                    f"„{page.title}“ lässt sich nicht kopieren: Je {only} gibt es nur eine solche Seite. Bitte legen "
                    "Sie eine neue an.",
                )
        return cleaned

    def _copied(self, cleaned: dict[str, Any]) -> Iterable[Page]:
        return self.page.get_descendants(inclusive=True) if cleaned.get("copy_subpages") else [self.page]


def _is_only_one_of(model: type[Page] | None) -> str:
    """Of what, in the words of its field, there can be no second page; empty where there can."""
    fields = model._meta.local_fields if model else []
    only = (field for field in fields if field.unique and field.is_relation and not field.primary_key)
    return next((str(field.verbose_name) for field in only), "")
