"""A page as the rules of home.domain.editing take it: its fields from top to end, in the order of the editor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel, Panel, extract_panel_definitions_from_model_class
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.rich_text import RichText

from foundation.models import CreditedImage
from home.domain.page_pieces import Content, File, Heading, Line, Link, Picture, Piece, Place, Text

_HEADING_BLOCKS = frozenset({"heading"})
"""Blocks of this name are headings of the second level, whether they stand alone or lead a gallery."""

_HEADING_TAGS = {"h2": 2, "h3": 3, "h4": 4}

_NO_WORDS = (models.URLField, models.EmailField, models.SlugField)


def content_of(page: Page) -> Content:
    """Of the page as it stands, saved or not. Its streams have to be bound, which costs a query a kind of chooser; an
    inline panel costs one, where its children are not those of a revision."""
    return Content(
        title=page.title,
        description=page.search_description,
        pieces=tuple(_panel_pieces(page, type(page).content_panels)),
        language=page.locale.language_code,
    )


def _panel_pieces(
    part: models.Model, panels: Iterable[Panel | str], label: str = "{}", form: str = ""
) -> Iterator[Piece]:
    """`part` is the page or a child; the name of a field is put into `label`, and `form` begins the id of its input."""
    for panel in panels:
        if isinstance(panel, InlinePanel):
            yield from _child_pieces(part, panel)
        elif isinstance(panel, FieldPanel | str):
            name = panel if isinstance(panel, str) else panel.field_name
            if not (name == "title" and isinstance(part, Page)):
                yield from _field_pieces(part, part._meta.get_field(name), label, form)
        else:
            yield from _panel_pieces(part, getattr(panel, "children", ()), label, form)


def _child_pieces(page: models.Model, panel: InlinePanel) -> Iterator[Piece]:
    relation = page._meta.get_field(panel.relation_name)
    panels = panel.panels or extract_panel_definitions_from_model_class(
        relation.related_model, exclude=[relation.field.name]
    )
    for number, child in enumerate(getattr(page, panel.relation_name).all()):
        label = f"{panel.heading} › {{}} ({number + 1}. {panel.label})"
        yield from _panel_pieces(child, panels, label, f"{panel.relation_name}-{number}-")


def _field_pieces(part: models.Model, field: models.Field, label: str, form: str) -> Iterator[Piece]:
    value = getattr(part, field.name, None)
    named = label.format(getattr(field, "verbose_name", field.name))
    if isinstance(field, StreamField):
        yield from _stream_pieces(value, named)
    elif isinstance(field, RichTextField):
        yield from _rich_pieces(value or "", Place(named))
    elif _holds_words(field) and value:
        yield _words(value, Place(named, f"id_{form}{field.name}"))


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
        yield from _offered_files(block, value, place)
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


def _offered_files(block: blocks.BaseStructBlock, value: Any, place: Place) -> Iterator[File | Link]:
    """A file that is offered is a link; its text is the label, or else the title of the file."""
    for name, child in block.child_blocks.items():
        if isinstance(child, DocumentChooserBlock) and (document := value.get(name)):
            text = value.get("label") or document.title
            yield Link(place, text, f"document {document.pk}")
            if lacking := document.lacks_in_words:
                yield File(place, text, lacking, bool(value.get("is_accessible")))


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
