"""The block that shows an office on pages of text, as those of other languages."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail import blocks

from offices.frame import office_frame
from offices.models import OfficePage
from offices.sections import next_free_times


class OfficeBlock(blocks.StructBlock):
    """All but the way there comes from the office itself and is said in the language of the page."""

    page = blocks.PageChooserBlock(label="Deutsche Seite des Büros", page_type="offices.OfficePage")
    arrival = blocks.TextBlock(
        label="Anfahrt",
        required=False,
        max_length=500,
        help_text="In der Sprache dieser Seite. Leer lassen: der deutsche Text des Büros.",
    )

    class Meta:
        icon = "home"
        label = "Büro"
        group = "Menschen"
        description = "Adresse, Öffnungszeiten und nächste freie Zeit eines Büros, in der Sprache der Seite"
        template = "blocks/office.html"

    def get_context(self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Nothing is shown of an office whose page is offline."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        page = value["page"]
        if page is None or not page.live:
            return context
        frame = office_frame(page.specific, now=timezone.now())
        next_free = next_free_times.by_office().get(frame.detail.office.pk)
        return context | {"office_page": page, "frame": frame, "next_free": next_free}

    def get_preview_value(self) -> Any:
        return self.normalize({"page": OfficePage.objects.live().first(), "arrival": ""})
