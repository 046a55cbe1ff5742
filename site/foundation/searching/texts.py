"""The words of a page for search and excerpts, without asking the database: streams are read as they are stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

OWN_FIELD = "searched_stems"
"""Of the page classes; what is made of the others shall not be made of itself."""


def page_text(page: Page) -> str:
    """What the page's search fields say, apart from its title, in their order."""
    names = [field.field_name for field in type(page).search_fields if isinstance(field, index.SearchField)]
    values = (value for name in dict.fromkeys(names) if name not in {"title", OWN_FIELD} for value in _said(page, name))
    return " ".join(value.strip() for value in values if value.strip())


def _said(page: Page, name: str) -> Iterable[str]:
    try:
        field = page._meta.get_field(name)
    except FieldDoesNotExist:
        value = getattr(page, name)
        return [str(value() if callable(value) else value)]
    value = getattr(page, name)
    if isinstance(field, StreamField):
        return _said_in_stream(value.stream_block, value.raw_data)
    return [get_text_for_indexing(value) if isinstance(field, RichTextField) else str(value or "")]


def _said_in_stream(block: blocks.BaseStreamBlock, pieces: Iterable[dict[str, Any]]) -> Iterator[str]:
    for piece in pieces:
        child = block.child_blocks.get(piece["type"])
        if child is not None:
            yield from _said_in_block(child, piece["value"])


def _said_in_block(block: blocks.Block, value: Any) -> Iterator[str]:
    """Choosers hold numbers, settings choices; neither is a word of the page."""
    if isinstance(block, blocks.BaseStreamBlock):
        yield from _said_in_stream(block, value or ())
    elif isinstance(block, blocks.BaseStructBlock):
        parts = value if isinstance(value, dict) else {}
        for name, child in block.child_blocks.items():
            yield from _said_in_block(child, parts.get(name))
    elif isinstance(block, blocks.ListBlock):
        for item in value or ():
            yield from _said_in_block(block.child_block, item["value"] if _is_list_item(item) else item)
    elif isinstance(block, TypedTableBlock):
        yield from _said_in_table(block, value or {})
    elif isinstance(block, blocks.RichTextBlock):
        yield get_text_for_indexing(value or "")
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.BlockQuoteBlock):
        yield str(value or "")


def _said_in_table(block: TypedTableBlock, table: dict[str, Any]) -> Iterator[str]:
    columns = table.get("columns", [])
    yield from (str(said or "") for said in [table.get("caption"), *(column["heading"] for column in columns)])
    for row in table.get("rows", []):
        for column, value in zip(columns, row["values"], strict=False):
            yield from _said_in_block(block.child_blocks[column["type"]], value)


def _is_list_item(item: Any) -> bool:
    return isinstance(item, dict) and item.get("type") == "item" and "value" in item
