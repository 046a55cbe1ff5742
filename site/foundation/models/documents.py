from __future__ import annotations

from wagtail.documents.models import AbstractDocument


class SiteDocument(AbstractDocument):
    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = "Dokument"
        verbose_name_plural = "Dokumente"
