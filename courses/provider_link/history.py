"""What the histories of courses and providers say of private links."""

from __future__ import annotations

from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import BaseLogEntry

from courses.provider_link.admin import LINK_SENT, LINKS_ENDED
from courses.services.confirm_courses import CONFIRMED
from courses.services.correct_course import CORRECTED, WISHED


class Corrected(LogFormatter):
    label = "vom Anbieter korrigiert"

    def format_message(self, log_entry: BaseLogEntry) -> str:
        return f"Vom Anbieter korrigiert: {', '.join(log_entry.data.get('changed', []))}"


def register(actions: LogActionRegistry) -> None:
    actions.register_action(CORRECTED)(Corrected)
    actions.register_action(CONFIRMED, "vom Anbieter bestätigt", "Vom Anbieter bestätigt")
    actions.register_action(
        WISHED, "Wunsch des Anbieters", "Der Anbieter wünscht andere Texte (E-Mail an die Redaktion)"
    )
    actions.register_action(LINK_SENT, "privater Link geschickt", "Privater Link geschickt")
    actions.register_action(LINKS_ENDED, "private Links beendet", "Private Links beendet")
