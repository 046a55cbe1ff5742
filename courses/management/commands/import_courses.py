from __future__ import annotations

import argparse
import hashlib
import os
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils import timezone

from courses.catalogue.records import FileRefused
from courses.importing.apart import read_apart
from courses.importing.names import Names
from courses.importing.run import apply_import, preview_import
from courses.importing.running import ImportBusy, ImportRefused, TooManyGone
from courses.importing.wording import said_of, summary
from courses.models import ColumnMapping, CourseImport, Provider

_WIDTH = 40
REFUSED, ASKS, BUSY = 1, 3, 4


class Command(BaseCommand):
    help = (
        "Liest die Kurse eines Anbieters aus einer Datei (CSV, XLSX, open-Q-cat, Open-vhs). Ohne --apply wird nur "
        "gesagt, was geschähe. Ergebnis: 0 gut, 1 abgelehnt, 3 zu viele Kurse fallen weg, 4 ein anderes Einlesen läuft."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--provider", required=True, help="Kurzname oder Name des Anbieters")
        parser.add_argument("--apply", action="store_true", help="die Kurse wirklich einlesen")
        parser.add_argument("--full", action="store_true", help="was in der Datei fehlt, fällt weg")
        parser.add_argument("--gone-is-meant", action="store_true", help="auch wenn viele Kurse wegfallen")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        provider = Provider.objects.filter(Q(slug=options["provider"]) | Q(name__iexact=options["provider"])).first()
        if provider is None:
            raise CommandError(f"Einen Anbieter „{options['provider']}“ gibt es nicht.", returncode=REFUSED)
        try:
            stream = path.open("rb")
        except OSError as error:
            raise CommandError(f"Die Datei lässt sich nicht lesen: {error.strerror}", returncode=REFUSED) from error
        with stream:
            imported = CourseImport.objects.create(
                provider=provider,
                created_at=timezone.now(),
                source_name=path.name[:200],
                digest=hashlib.file_digest(stream, "sha256").hexdigest(),
                is_full=options["full"],
            )
            self._run(imported, stream, options)

    def _run(self, imported: CourseImport, stream: BinaryIO, options: dict[str, Any]) -> None:
        bar = self._bar(stream) if options["verbosity"] and self.stdout.isatty() else None
        now = timezone.now()
        columns = ColumnMapping.known_of(imported.provider)
        try:
            with read_apart(stream, columns, today=timezone.localdate(now)) as read:
                if options["apply"]:
                    apply_import(imported, read, now=now, gone_is_meant=options["gone_is_meant"], tell=bar)
                else:
                    preview_import(imported, read, now=now, tell=bar)
        except FileRefused as refused:
            raise CommandError(str(refused), returncode=REFUSED) from refused
        except TooManyGone as refused:
            raise CommandError(f"{refused} (--gone-is-meant)", returncode=ASKS) from refused
        except ImportBusy as refused:
            raise CommandError(str(refused), returncode=BUSY) from refused
        except ImportRefused as refused:
            raise CommandError(str(refused), returncode=REFUSED) from refused
        finally:
            if bar:
                self.stdout.write("")
        if options["verbosity"]:
            self._report(imported, is_applied=options["apply"])

    def _report(self, imported: CourseImport, *, is_applied: bool) -> None:
        names = Names()
        for notice in imported.notices:
            self.stdout.write(notice)
        for entry in imported.entries.iterator(chunk_size=500):
            what = " ".join(filter(None, [entry.reference, entry.title])) or entry.place
            self.stdout.write(f"{entry.get_kind_display()}: {what}" + (f" ({entry.place})" if entry.place else ""))
            for sentence in said_of(entry, names):
                self.stdout.write(f"    {sentence}")
        self.stdout.write(f"{'Eingelesen' if is_applied else 'Vorschau'}: {summary(imported.counts)}")

    def _bar(self, stream: BinaryIO) -> Any:
        """Grows in its line, by how much of the file is read."""
        size = max(Path(stream.name).stat().st_size, 1)

        def tell(done: int) -> None:
            read = os.lseek(stream.fileno(), 0, os.SEEK_CUR)  # the place of the process that reads it is the same
            full = min(_WIDTH, _WIDTH * read // size)
            self.stdout.write(f"\r[{'#' * full}{'.' * (_WIDTH - full)}] {done}", ending="")
            self.stdout.flush()

        return tell
