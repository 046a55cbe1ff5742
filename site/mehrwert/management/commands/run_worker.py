from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mehrwert import worker


class Command(BaseCommand):
    help = "Does the background work (mails, expiry, retention, scheduled pages) until SIGTERM or Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--silence", type=float, default=worker.SILENCE, help="seconds without a sign of life before a new start"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        worker.run(options["silence"])
