from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from booking.ical.reply import LONGEST, NotAReply, read_letter
from booking.services.reply import ReplyRefused, record_reply


class Command(BaseCommand):
    help = "Liest die Antwort eines Kalenderprogramms auf eine Einladung und zeigt sie am Termin. Sie ändert nichts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", default="-", help="E-Mail oder .ics; ohne Angabe von der Standardeingabe."
        )

    def handle(self, *, file: str, **options: Any) -> None:
        try:
            raw = sys.stdin.buffer.read(LONGEST + 1) if file == "-" else _beginning_of(Path(file))
            reply = record_reply(read_letter(raw), now=timezone.now())
        except (NotAReply, ReplyRefused, OSError) as error:
            raise CommandError(f"Nicht übernommen: {error}") from error
        self.stdout.write(f"Termin {reply.appointment.reference}: {reply}.")


def _beginning_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LONGEST + 1)
