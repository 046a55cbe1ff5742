from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from booking.remote.mailbox import Mailbox, MailboxUnread
from booking.services.read_mailbox import read_mailbox


class Command(BaseCommand):
    help = (
        "Holt Antworten auf Einladungen aus dem Postfach (REPLY_MAILBOX_URL), wie es der Worker alle fünf Minuten tut."
    )

    def handle(self, **options: Any) -> None:
        if not settings.REPLY_MAILBOX_URL:
            raise CommandError("REPLY_MAILBOX_URL ist nicht gesetzt.")
        try:
            taken = read_mailbox(Mailbox(settings.REPLY_MAILBOX_URL), now=timezone.now())
        except MailboxUnread as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Antworten: {taken.replies}, andere E-Mails: {taken.others}.")
