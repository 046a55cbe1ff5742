"""The admin's forms for pages: what Wagtail asks, and no page at the address of a language."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms.pages import CopyForm as WagtailCopyForm
from wagtail.admin.forms.pages import WagtailAdminPageForm

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
        return cleaned
