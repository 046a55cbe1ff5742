"""Choosing the words of the mails to firms."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from booking.enums import MailKind
from booking.mail_texts import PARTS
from booking.models import MailText
from offices.models import Office


def save_mail_text(office: Office | None, kind: MailKind, words: Mapping[str, str]) -> MailText | None:
    """The words of an office, or of the whole network for None. Without any, what stands above counts again."""
    with transaction.atomic():
        if not any(words.get(part, "").strip() for part in PARTS):
            MailText.objects.filter(office=office, kind=kind).delete()
            return None
        # `update_or_create` looks for NULL as well; a rival's row of the same moment is refused by the constraint.
        return MailText.objects.update_or_create(
            office=office, kind=kind, defaults={part: words.get(part, "").strip() for part in PARTS}
        )[0]
