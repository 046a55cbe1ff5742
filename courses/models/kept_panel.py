"""„Von Hand geändert“ in the editor of a course."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

if TYPE_CHECKING:
    from courses.importing.kept import Kept


class KeptPanel(Panel):  # type: ignore[misc]
    """Shown where the course says something else than the file last read. It changes nothing: whoever takes on the
    provider's words again lets files decide again."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]
        template_name = "courses/admin/kept.html"

        @cached_property
        def kept(self) -> list[Kept]:
            from courses.importing.kept import kept_by_hand

            return kept_by_hand(self.instance, timezone.localdate()) if self.instance.pk else []

        def is_shown(self) -> bool:
            return bool(self.kept)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "kept": self.kept}
