from __future__ import annotations

from wagtail.admin.panels import FieldPanel


class KnownPanel(FieldPanel):
    """What the machine writes, to be read. Not shown as long as nothing is known: „None“ says nothing to anybody."""

    def __init__(self, field_name: str, **options: object) -> None:
        super().__init__(field_name, **{"read_only": True, **options})

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return super().is_shown() and self.value_from_instance not in {None, ""}
