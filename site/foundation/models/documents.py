from __future__ import annotations

from django.db import models
from wagtail.documents.models import AbstractDocument

from foundation.pdfs.check import UNREADABLE, in_words


class SiteDocument(AbstractDocument):
    pdf_lacks = models.JSONField("Hindernisse", null=True, editable=False)
    """Of a PDF file what `lacks_of` found, of others an empty list; null where nobody has looked."""

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = "Dokument"
        verbose_name_plural = "Dokumente"

    @property
    def is_known_to_lack(self) -> bool:
        """Something that readers need; not of a file that could not be looked at."""
        return bool(self.pdf_lacks) and UNREADABLE not in self.pdf_lacks

    @property
    def lacks_in_words(self) -> str:
        return in_words(self.pdf_lacks or ())
