"""`manage.py load_demo`: example content for a new site."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from home.demo.load import is_loaded, load_demo


class Command(BaseCommand):
    help = "Lädt die Beispielinhalte. Was schon da ist, bleibt unverändert; ein zweiter Lauf ändert nichts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--password", default="", help="Passwort der neuen Konten (sonst DEMO_PASSWORD)")
        parser.add_argument("--if-empty", action="store_true", help="nur laden, wenn es noch keine Startseite gibt")

    def handle(self, *_: Any, **options: Any) -> None:
        if options["if_empty"] and is_loaded():
            self.stdout.write("Inhalte sind schon da, nichts zu laden.")
            return
        password = options["password"] or settings.DEMO_PASSWORD
        if not password:
            raise CommandError(
                "Es fehlt ein Passwort für die Konten: --password angeben oder DEMO_PASSWORD in die Umgebung setzen."
            )
        logging.getLogger("wagtail").setLevel(logging.WARNING)  # it would name each of the pages three times
        load_demo(today=timezone.localdate(), password=password, base_url=settings.BASE_URL, tell=self.stdout.write)
        self.stdout.write(self.style.SUCCESS("Beispielinhalte geladen."))
