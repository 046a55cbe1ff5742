from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from home.importing.articles import article_files, import_articles
from home.models import NewsIndexPage

WIDTH = 30


class Command(BaseCommand):
    help = "Macht aus Nachrichten der alten Website (Markdown oder HTML mit Bildern) Entwürfe."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="Ordner mit den Dateien und Bildern")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        index = NewsIndexPage.objects.first()
        if not folder.is_dir():
            raise CommandError(f"Den Ordner {folder} gibt es nicht.")
        if index is None:
            raise CommandError("Es gibt noch keine Übersicht der Nachrichten. Legen Sie sie zuerst an.")
        total, counts = len(article_files(folder)), Counter[str]()
        for number, outcome in enumerate(import_articles(folder, index), start=1):
            counts[outcome.word] += 1
            self._progress(number, total)
            self.stdout.write(": ".join(filter(None, (outcome.word, outcome.source, outcome.detail))))
            for note in outcome.notes:
                self.stdout.write(f"  - {note}")
        summary = ", ".join(f"{count} {word}" for word, count in counts.items()) or "keine Dateien gefunden"
        self.stdout.write(f"Fertig: {summary}. Alles Übernommene ist ein Entwurf.")

    def _progress(self, number: int, total: int) -> None:
        """On a terminal alone; a log would fill with bars."""
        if self.stderr.isatty():
            done = number * WIDTH // total
            self.stderr.write(f"\r[{'#' * done}{'.' * (WIDTH - done)}] {number}/{total} ", ending="")
