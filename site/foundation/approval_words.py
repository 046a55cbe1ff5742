"""What the editor says of approval. Wagtail's German speaks of „Moderation“, „Reviewern“ and „Seite-Objekten“."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.action_menu import ActionMenuItem, SubmitForModerationMenuItem
from wagtail.locks import BaseLock, WorkflowLock

WAITS = "Diese Seite wartet auf Freigabe. Bis dahin ändert sie nur, wer freigeben darf."


class ApprovalLock(WorkflowLock):
    def get_message(self, user: Any) -> str | None:
        return WAITS if self.for_user(user) else None


class SubmitItem(SubmitForModerationMenuItem):
    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        page = context.get("page")
        state = page.current_workflow_state if page else None
        is_returned = state is not None and state.status == state.STATUS_NEEDS_CHANGES
        return context | {"label": "Noch einmal einreichen" if is_returned else "Zur Freigabe einreichen"}


def in_plain_words(lock: BaseLock | None) -> BaseLock | None:
    return ApprovalLock(lock.object, lock.task) if type(lock) is WorkflowLock else lock


def submit_in_plain_words(items: list[ActionMenuItem]) -> None:
    for place, item in enumerate(items):
        if type(item) is SubmitForModerationMenuItem:
            items[place] = SubmitItem(order=item.order)
