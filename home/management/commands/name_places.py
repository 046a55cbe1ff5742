from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from home.demo.load_places import name_places


class Command(BaseCommand):
    help = "Trägt zu Postleitzahlen die Orte ein, wo noch keine stehen; sonst ändert sich nichts."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Postleitzahlen, die jetzt Orte haben: {name_places()}")
