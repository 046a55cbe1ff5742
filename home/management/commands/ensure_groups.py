from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from home.approval import ensure_approval
from home.groups import ensure_groups
from home.office_editors import ensure_office_editors


class Command(BaseCommand):
    help = "Legt Gruppen, Sammlungen und Freigabe der Verwaltung an oder stellt sie wieder her und sagt, was fehlte."

    def handle(self, *args: Any, **options: Any) -> None:
        told = [*ensure_groups(), *ensure_approval(), *ensure_office_editors()]
        for sentence in told or ["Alles ist, wie es sein soll."]:
            self.stdout.write(sentence)
