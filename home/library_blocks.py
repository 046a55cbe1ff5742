"""Blocks of the pages that list things: files of the library, and who carries the network."""

from __future__ import annotations

from typing import Any

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from foundation.documents import LANGUAGES, any_document
from foundation.pictures import any_picture
from home.partners import sponsor
from home.picture_block import ImageBlock


class LibraryFileBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label="Datei")
    label = blocks.CharBlock(
        label="Name", max_length=120, required=False, help_text="Leer lassen: der Titel der Datei."
    )
    description = blocks.CharBlock(label="Wozu sie gut ist", max_length=200, required=False)
    language = blocks.ChoiceBlock(label="Sprache", choices=list(LANGUAGES.items()), default="de")
    is_accessible = blocks.BooleanBlock(
        label="barrierefrei geprüft",
        required=False,
        help_text="Zum Beispiel ein PDF mit Überschriften, Beschreibungen der Bilder und richtiger Lesereihenfolge.",
    )

    class Meta:
        icon = "doc-full"
        label = "Datei"


class LibraryGroupBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label="Überschrift", max_length=80)
    files = blocks.ListBlock(LibraryFileBlock(), label="Dateien", min_num=1, max_num=40)

    class Meta:
        icon = "download"
        label = "Dateien zu einem Thema"
        group = "Dateien"
        description = "Dateien mit Sprache und Prüfvermerk; Art und Größe stehen von selbst dabei"
        template = "blocks/downloads.html"

    def get_preview_value(self) -> Any:
        file = {"document": any_document(), "description": "Wozu sie gut ist.", "language": "de", "is_accessible": True}
        return self.normalize({"heading": "Für Betriebe", "files": [file]})


class PartnerBlock(blocks.StructBlock):
    """Who carries or pays for the network; districts and providers come from their own lists."""

    name = blocks.CharBlock(label="Name", max_length=160)
    role = blocks.CharBlock(label="Aufgabe im Verbund", max_length=120)
    text = blocks.TextBlock(label="Was der Partner tut", max_length=500, required=False)
    website = blocks.URLBlock(label="Website", required=False)
    logo = ImageBlock(label="Logo", required=False)

    class Meta:
        icon = "group"
        label = "Partner"
        group = "Partner"
        description = "Name, Aufgabe, Website und Logo"
        template = "blocks/partner.html"

    def get_context(self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return super().get_context(value, parent_context) | {"partner": sponsor(value)}

    def get_preview_value(self) -> Any:
        return self.normalize(
            {
                "name": "Beispiel-Kammer",
                "role": "Projektträgerin",
                "text": "Sie leitet das Projekt.",
                "website": "https://kammer.example/",
                "logo": any_picture(),
            }
        )
