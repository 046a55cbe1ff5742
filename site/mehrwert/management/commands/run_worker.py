from django.core.management.base import BaseCommand

from mehrwert import worker


class Command(BaseCommand):
    help = "Does the background work (mails, expiry, retention, scheduled pages) until SIGTERM or Ctrl-C."

    def handle(self, *args: object, **options: object) -> None:
        worker.run()
