"""Files for visitors, and how they are announced before anybody loads them."""

from __future__ import annotations

from django.template.defaultfilters import filesizeformat

from foundation.languages import current_language
from foundation.models import SiteDocument
from foundation.phrases import phrase

KINDS = {
    "csv": "Tabelle (CSV)",
    "docx": "Word",
    "ics": "Kalender",
    "odt": "OpenDocument",
    "pdf": "PDF",
    "pptx": "PowerPoint",
    "txt": "Text",
    "xlsx": "Excel",
}


LANGUAGES = {
    "de": "Deutsch",
    "de-simple": "Leichte Sprache",
    "en": "Englisch",
    "pl": "Polnisch",
    "uk": "Ukrainisch",
}
"""Of files, by their BCP 47 tags; `simple` stands for Leichte Sprache in the whole site."""


def language_name(tag: str) -> str:
    return phrase(LANGUAGES.get(tag, tag), current_language())


def kind_and_size(document: SiteDocument) -> str:
    """„PDF, 1,2 MB“ in the language of the page. Reads the size from the file where the library has not noted it, and
    writes nothing."""
    kind = phrase(KINDS.get(document.file_extension.lower(), document.file_extension.upper()), current_language())
    size = document.file_size if document.file_size is not None else document.file.size
    return f"{kind}, {filesizeformat(size)}".replace("\N{NO-BREAK SPACE}", " ")


def any_document() -> SiteDocument | None:
    """The newest file of the library, to show a block with one."""
    return SiteDocument.objects.order_by("-pk").first()
