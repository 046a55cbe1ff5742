from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from booking.services.repeat_erasures import repeat_erasures


class Command(BaseCommand):
    help = "Löscht nach dem Zurückholen einer Sicherung noch einmal, was seit ihr auf Wunsch gelöscht wurde."

    def handle(self, **options: Any) -> None:
        self.stdout.write(str(repeat_erasures(now=timezone.now())))
