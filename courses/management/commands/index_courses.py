from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from courses.word_index import index_all

_WIDTH = 40


class Command(BaseCommand):
    help = "Trägt die Wörter aller Kurse neu in die Kurssuche ein."

    def handle(self, *args: Any, **options: Any) -> None:
        number = index_all(self._tell if options["verbosity"] and self.stdout.isatty() else None)
        if options["verbosity"]:
            self.stdout.write(f"Kurse in der Suche: {number}")

    def _tell(self, done: int, total: int) -> None:
        """A bar that grows in its line."""
        full = _WIDTH * done // total
        self.stdout.write(
            f"\r[{'#' * full}{'.' * (_WIDTH - full)}] {done}/{total}", ending="\n" if done == total else ""
        )
        self.stdout.flush()
