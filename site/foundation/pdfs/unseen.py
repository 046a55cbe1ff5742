"""Files that came another way than by the form, or before there was a check."""

from __future__ import annotations

from django.db.models.fields.files import FieldFile

from foundation.models import SiteDocument
from foundation.pdfs.check import UNREADABLE, lacks_of

AT_ONCE = 10


def look_at_unseen() -> int:
    """How many were looked at."""
    unseen = SiteDocument.objects.filter(pdf_lacks__isnull=True).order_by("pk")[:AT_ONCE]
    for document in unseen:
        SiteDocument.objects.filter(pk=document.pk).update(pdf_lacks=_lacks_of(document.file))
    return len(unseen)


def _lacks_of(stored: FieldFile) -> list[str]:
    try:
        with stored.open() as file:
            return lacks_of(stored.name or "", file)
    except OSError:
        return [UNREADABLE]
