"""The form of a file in the admin."""

from __future__ import annotations

from typing import Any

from django.core.files.base import File
from wagtail.documents.forms import BaseDocumentForm

from foundation.pdfs.check import lacks_of


class SiteDocumentForm(BaseDocumentForm):
    """Looks at a PDF file before anything is stored, while no transaction is open, and says what it lacks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if words := self.instance.lacks_in_words:
            field = self.fields.get("file") or self.fields["title"]  # of several at once the file is stored already
            field.help_text = f"{words} {HOW}"

    def clean_file(self) -> File:
        file: File = self.cleaned_data["file"]
        if "file" in self.changed_data:
            self.instance.pdf_lacks = lacks_of(file.name or "", file)
        return file


HOW = "Speichern Sie sie neu als barrierefreies PDF, in Word und LibreOffice beim Exportieren („PDF/UA“, „Tags“)."
