"""A table in a text: headings for columns and, if wanted, for rows, so that it can be read without seeing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock

NUMBER = "number"
"""The kind of column whose cells stand one below the other by their last digit."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Of a row or the head; `content` of a text is safe HTML."""

    content: str | SafeString
    is_number: bool


class TableBlock(blocks.StructBlock):
    table = TypedTableBlock(
        [
            (
                "text",
                blocks.RichTextBlock(
                    label="Text", features=["bold", "italic", "link", "document-link"], required=False
                ),
            ),
            (NUMBER, blocks.CharBlock(label="Zahl", max_length=40, required=False)),
        ],
        label="Tabelle",
        help_text="Die Beschriftung sagt, worum es geht. Nur die erste Spalte darf ohne Überschrift bleiben.",
    )
    has_row_headers = blocks.BooleanBlock(
        label="Die erste Spalte nennt, wovon die Zeile handelt", required=False, default=True
    )

    class Meta:
        icon = "table"
        label = "Tabelle"
        group = "Text"
        description = "Werte zum Vergleichen, in Zeilen und Spalten; nicht zum Anordnen von Text"
        template = "blocks/table.html"
        preview_value = {
            "table": {
                "caption": "Wer den Kurs bezahlt",
                "columns": [{"type": "text", "heading": "Beschäftigte"}, {"type": NUMBER, "heading": "Zuschuss"}],
                "rows": [{"values": ["<p>1 bis 9</p>", "100 %"]}, {"values": ["<p>10 bis 249</p>", "50 %"]}],
            },
            "has_row_headers": True,
        }

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        table = cleaned["table"]
        if not table.columns or not table.row_data:
            raise ValidationError("Eine Tabelle braucht Spalten und mindestens eine Zeile.")
        if not all(column["heading"].strip() for column in table.columns[1:]):
            raise ValidationError("Jede Spalte nach der ersten braucht eine Überschrift.")
        return cleaned

    def get_context(self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        table: TypedTable = value["table"]
        numbers = [column["block"].name == NUMBER for column in table.columns]
        head = [Cell(column["heading"], is_number) for column, is_number in zip(table.columns, numbers, strict=True)]
        rows = [
            [Cell(cell.render() if cell.value else "", is_number) for cell, is_number in zip(row, numbers, strict=True)]
            for row in table.rows
        ]
        return super().get_context(value, parent_context) | {"caption": table.caption, "head": head, "rows": rows}
