"""A page as the rules of home.domain.editing take it: its fields from top to end, in the order of the editor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.rich_text import RichText

from foundation.models import CreditedImage
from home.domain.page_pieces import Content, Heading, Line, Link, Picture, Piece, Place, Text

_HEADING_BLOCKS = frozenset({"heading"})
"""Blocks of this name are headings of the second level, whether they stand alone or lead a gallery."""

_HEADING_TAGS = {"h2": 2, "h3": 3, "h4": 4}

_NO_WORDS = (models.URLField, models.EmailField, models.SlugField)


def content_of(page: Page) -> Content:
    """Of the page as it stands, saved or not. Its streams have to be bound, which costs a query a kind of chooser."""
    return Content(
        title=page.title,
        description=page.search_description,
        pieces=tuple(piece for field in _fields(page) for piece in _field_pieces(page, field)),
        language=page.locale.language_code,
    )


def _fields(page: Page) -> Iterator[models.Field]:
    for name in _panel_names(type(page).content_panels):
        if name != "title":
            yield page._meta.get_field(name)


def _panel_names(panels: Iterable[Panel | str]) -> Iterator[str]:
    for panel in panels:
        if isinstance(panel, FieldPanel):
            yield panel.field_name
        elif isinstance(panel, str):
            yield panel
        else:
            yield from _panel_names(getattr(panel, "children", ()))


def _field_pieces(page: Page, field: models.Field) -> Iterator[Piece]:
    value = getattr(page, field.name, None)
    label = str(getattr(field, "verbose_name", field.name))
    if isinstance(field, StreamField):
        yield from _stream_pieces(value, label)
    elif isinstance(field, RichTextField):
        yield from _rich_pieces(value or "", Place(label))
    elif _holds_words(field) and value:
        yield _words(value, Place(label, f"id_{field.name}"))


def _holds_words(field: models.Field) -> bool:
    is_text = isinstance(field, models.CharField | models.TextField)
    return is_text and not field.choices and not isinstance(field, _NO_WORDS)


def _stream_pieces(stream: blocks.StreamValue, label: str) -> Iterator[Piece]:
    for number, child in enumerate(stream, start=1):
        place = Place(f"{label} › {child.block.label} ({number}. Baustein)", f"block-{child.id}-section")
        yield from _block_pieces(child.block, child.value, place)


def _block_pieces(block: blocks.Block, value: Any, place: Place) -> Iterator[Piece]:
    if isinstance(block, ImageBlock):
        if value is not None:
            yield _picture(value, place)
    elif isinstance(block, blocks.BaseStructBlock):
        yield from _file_links(block, value, place)
        for name, child in block.child_blocks.items():
            yield from _block_pieces(child, value.get(name), place)
    elif isinstance(block, TypedTableBlock):
        yield from _table_pieces(value, place)
    elif isinstance(block, blocks.ListBlock):
        for item in value or ():
            yield from _block_pieces(block.child_block, item, place)
    else:
        yield from _field_block_pieces(block, value, place)


def _field_block_pieces(block: blocks.Block, value: Any, place: Place) -> Iterator[Piece]:
    if isinstance(block, blocks.RichTextBlock):
        yield from _rich_pieces(value.source if isinstance(value, RichText) else value or "", place)
    elif block.name in _HEADING_BLOCKS:
        yield Heading(place, 2, value or "")
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock) and value:
        yield _words(value, place)


def _table_pieces(table: TypedTable, place: Place) -> Iterator[Piece]:
    """Its cells are lines: few of them are sentences."""
    for said in (table.caption, *(column["heading"] for column in table.columns)):
        if said:
            yield _words(said, place)
    for row in table.row_data:
        for column, value in zip(table.columns, row["values"], strict=True):
            for piece in _block_pieces(column["block"], value, place):
                yield _words(piece.text, place) if isinstance(piece, Text) else piece


def _words(value: str, place: Place) -> Line | Text:
    """What ends like a sentence is read as sentences, however short its field."""
    return Text(place, value) if value.rstrip('“"»)').endswith((".", "!", "?", "…")) else Line(place, value)


def _file_links(block: blocks.BaseStructBlock, value: Any, place: Place) -> Iterator[Link]:
    """A file that is offered is a link; its text is the label, or else the title of the file."""
    for name, child in block.child_blocks.items():
        if isinstance(child, DocumentChooserBlock) and (document := value.get(name)):
            yield Link(place, value.get("label") or document.title, f"document {document.pk}")


def _picture(image: CreditedImage, place: Place) -> Picture:
    return Picture(place, getattr(image, "contextual_alt_text", "") or "", bool(getattr(image, "decorative", False)))


def _rich_pieces(source: str, place: Place) -> Iterator[Piece]:
    for element in BeautifulSoup(source, "html.parser").find_all([*_HEADING_TAGS, "p", "li"]):
        text = element.get_text(" ", strip=True)
        if element.name in _HEADING_TAGS:
            yield Heading(place, _HEADING_TAGS[element.name], text)
        elif text:
            yield Text(place, text, is_bold=element.name == "p" and _is_bold(element))
        for link in element.find_all("a"):
            yield Link(place, link.get_text(" ", strip=True), _target(link))


def _target(link: Tag) -> str:
    kind = link.get("linktype")
    return f"{kind} {link.get('id')}" if kind else str(link.get("href", ""))


def _is_bold(paragraph: Tag) -> bool:
    parts = [part for part in paragraph.children if str(part).strip()]
    return len(parts) == 1 and isinstance(parts[0], Tag) and parts[0].name in {"b", "strong"}
