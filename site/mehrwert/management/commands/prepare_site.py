from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from django.utils import timezone

from booking.services.repeat_erasures import repeat_erasures
from courses.services.first_words import add_first_words
from mehrwert import jobs, preparation


class Command(BaseCommand):
    help = "Brings database, jobs and static files up to this version; with --demo also fills an empty database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="load the demo content into an empty database")
        parser.add_argument("--set-passwords", action="store_true", help="give the demo logins DEMO_PASSWORD anew")
        parser.add_argument("--no-static", action="store_true", help="leave the static files alone")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except OperationalError as error:
            raise CommandError(f"Die Datenbank antwortet nicht: {str(error).splitlines()[0]}") from None
        if not options["no_static"] and preparation.collect_static_if_changed():
            self.stdout.write("Statische Dateien gesammelt.")
        if preparation.index_pages_if_rules_changed():
            self.stdout.write("Seiten für die Suche eingetragen.")
        repeated = repeat_erasures(now=timezone.now())
        if repeated.appointments or repeated.mails or repeated.elsewhere:
            self.stdout.write(str(repeated))
        jobs.schedule_jobs(timezone.now())
        if options["demo"] and preparation.load_demo_if_empty():
            self.stdout.write("Demo-Inhalte geladen.")
        if add_first_words():
            self.stdout.write("Erste Themen, Zielgruppen und Förderungen der Kurse angelegt.")
        preparation.name_the_site_after_its_address()
        if options["set_passwords"]:
            preparation.set_demo_passwords(os.environ["DEMO_PASSWORD"])
        if options["demo"]:
            self.introduce()

    def introduce(self) -> None:
        """Say where everything is. A password is printed only when it opens the door."""
        password = os.environ.get("DEMO_PASSWORD", "")
        known = bool(password) and preparation.has_demo_password(password)
        lines = [
            "",
            f"  Website      {settings.BASE_URL}/",
            f"  Verwaltung   {settings.BASE_URL}{settings.ADMIN_PATH}",
        ]
        if settings.LETTERS_STAY_IN_HOUSE:
            lines.append(f"  Briefkasten  {settings.BASE_URL}{settings.ADMIN_PATH}briefkasten/")
        lines += [
            f"  Anmeldung    {', '.join(preparation.DEMO_LOGINS)}",
            f"  Passwort     {password if known else 'wurde geändert und ist hier nicht bekannt'}",
            "",
        ]
        self.stdout.write("\n".join(lines))
