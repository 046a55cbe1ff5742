from __future__ import annotations

from typing import Any

from wagtail.admin.ui.components import Component

from home.worklists.lists import WORKLISTS


class WorklistsPanel(Component):
    """One query a list."""

    name = "worklists"
    template_name = "home/worklists/panel.html"
    order = 60

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        return {"lists": [(each, each.rows(user).count()) for each in WORKLISTS]}
