from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import fields
from datetime import timedelta
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils import timezone

from booking.domain.levels import Limits
from booking.health.figures import Check, Thresholds, checks, level_of, page_address, worst_first

UNKNOWN = 3
"""Exit code for „could not look“; argparse's own 2 would read as critical."""

_WHAT = {
    "worker": "Hintergrundarbeit überfällig",
    "mail": "E-Mail wartet",
    "calendar": "Kalender nicht gelesen oder beschrieben",
}


class Command(BaseCommand):
    help = (
        "Prüft für die Überwachung, ob Hintergrundarbeit, E-Mails und Kalender gehen. Endet mit 0 (gut), 1 (Warnung), "
        "2 (kritisch) oder 3 (nicht feststellbar); eine Zeile je Störung, ohne personenbezogene Daten."
    )
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.error = _refuse
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        for each in fields(Thresholds):
            for level in ("warning", "critical"):
                word = "Warnung" if level == "warning" else "kritisch"
                minutes = int(getattr(getattr(Thresholds(), each.name), level).total_seconds() // 60)
                parser.add_argument(
                    f"--{each.name}-{level}",
                    type=_minutes,
                    default=timedelta(minutes=minutes),
                    metavar="MINUTEN",
                    help=f"{_WHAT[each.name]}: {word} ab (Vorgabe {minutes})",
                )

    def handle(self, **options: Any) -> None:
        thresholds = Thresholds(
            **{
                each.name: Limits(options[f"{each.name}_warning"], options[f"{each.name}_critical"])
                for each in fields(Thresholds)
            }
        )
        try:
            found = checks(now=timezone.now(), thresholds=thresholds)
        except DatabaseError:
            _refuse("Die Datenbank antwortet nicht.")
        troubles = worst_first(found)
        level = level_of(found)
        said = f"Auffälligkeiten: {len(troubles)}" if troubles else "alles geht"
        self.stdout.write(f"SYNC {level.name}: {said} | {_performance(found)}")
        for each, text in troubles:
            self.stdout.write(f"{each.name}: {text}")
        if troubles:
            self.stdout.write(f"Welche es sind: {page_address()}")
        if level:
            sys.exit(level)


def _minutes(text: str) -> timedelta:
    if not text.isascii() or not text.isdigit() or not 0 < int(text[:9]) < 10**7:
        raise ArgumentTypeError(f"{text!r} ist keine Zahl von Minuten")
    return timedelta(minutes=int(text))


def _refuse(message: str) -> NoReturn:
    """On standard output, which is all that monitoring programs read."""
    print(f"SYNC UNKNOWN: {message}")
    sys.exit(UNKNOWN)


def _performance(found: list[Check]) -> str:
    """Performance data of the plugin API: `label=value[unit]`; what has no age is left out."""
    return " ".join(
        f"{check.name}_{name}={value}{'s' if 'seconds' in name else ''}"
        for check in found
        for name, value in check.numbers.items()
        if value is not None
    )
