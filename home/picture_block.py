"""A picture and what it shows, as an editor chooses both."""

from __future__ import annotations

from typing import Any

from wagtail.images import blocks


class ImageBlock(blocks.ImageBlock):
    """Wagtail gives its chooser no label, and the editor would read „Image“. Migrations keep Wagtail's own block."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.child_blocks["image"].label = "Bild"
