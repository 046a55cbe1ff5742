from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from home.groups import ADMINISTRATORS, ADVISORS, EDITORS, LEADS, MONITORS, ensure_groups


class Command(BaseCommand):
    help = "Legt die Gruppen der Verwaltung an oder stellt ihre Rechte wieder her."

    def handle(self, *args: Any, **options: Any) -> None:
        ensure_groups()
        self.stdout.write(f"Gruppen sind da: {EDITORS}, {ADVISORS}, {LEADS}, {ADMINISTRATORS}, {MONITORS}.")
