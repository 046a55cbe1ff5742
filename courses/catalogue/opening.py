"""One door for every file with courses: what it is, said by its first bytes and never by its name, and who reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import BinaryIO

from courses.catalogue.records import FileRead, FileRefused
from courses.catalogue.table_reading import read_table
from courses.catalogue.tables import Table
from courses.catalogue.text_tables import open_text_table
from courses.catalogue.workbook_guard import MOST_UNPACKED
from courses.catalogue.workbooks import open_workbook
from courses.catalogue.xml_charsets import MOST_BYTES
from courses.catalogue.xml_opening import open_xml
from courses.catalogue.zipped import is_spreadsheet, xml_inside

_HEAD = 4096
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|table|meta|div)\b", re.IGNORECASE | re.DOTALL
)
_XML = re.compile(rb"\s*<(?:\?xml|!doctype|!--|[a-z])", re.IGNORECASE)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_NOT_FOR_US = {
    b"%PDF": "ein PDF",
    b"\x89PNG": "ein Bild",
    b"\xff\xd8\xff": "ein Bild",
    b"GIF8": "ein Bild",
    b"{\\rtf": "ein Textdokument",
    b"\x1f\x8b": "ein Archiv",
    b"7z\xbc\xaf": "ein Archiv",
    b"Rar!": "ein Archiv",
}


class Kind(Enum):
    TEXT = "text"
    WORKBOOK = "workbook"
    XML = "xml"
    ZIPPED = "zipped"


def open_file(
    stream: BinaryIO,
    *,
    today: date,
    mapping: Mapping[int, str] | None = None,
    most_unpacked: int = MOST_BYTES,
) -> FileRead:
    """Any file that we read. `stream` can be read more than once and stays open. `mapping` is for tables alone; a day
    without a year counts from `today`; `most_unpacked` are the bytes of XML that a ZIP may hold. Raises FileRefused."""
    kind = kind_of(stream)
    if kind is Kind.XML:
        return open_xml(stream)
    if kind is Kind.ZIPPED:
        return open_xml(xml_inside(stream, most_bytes=most_unpacked))
    return read_table(open_table(stream), mapping, today=today)


def open_table(stream: BinaryIO, *, most_unpacked: int = MOST_UNPACKED) -> Table:
    """A table, for whoever wants to know its headings first. Raises FileRefused for anything else."""
    kind = kind_of(stream)
    if kind is Kind.TEXT:
        return open_text_table(stream)
    if kind is Kind.WORKBOOK:
        return open_workbook(stream, most_unpacked=most_unpacked)
    raise FileRefused("Das ist keine Tabelle. Speichern Sie die Kursliste bitte als XLSX oder CSV.")


def kind_of(stream: BinaryIO) -> Kind:
    """Raises FileRefused for what is neither table nor XML."""
    stream.seek(0)
    head = stream.read(_HEAD)
    stream.seek(0)
    if head.startswith(_ZIP):
        return Kind.WORKBOOK if is_spreadsheet(stream) else Kind.ZIPPED
    if head.startswith(_OLE):
        raise FileRefused(
            "Das ist eine alte oder mit einem Kennwort geschützte Excel-Datei. Speichern Sie sie bitte ohne Kennwort "
            "als „Excel-Arbeitsmappe (XLSX)“."
        )
    for sign, what in _NOT_FOR_US.items():
        if head.startswith(sign):
            raise FileRefused(f"Das ist {what} und keine Tabelle. Speichern Sie die Kursliste bitte als XLSX oder CSV.")
    readable = _unmarked(head)
    if _HTML.match(readable):
        raise FileRefused(
            "Das ist eine Seite aus dem Internet (HTML) und keine Tabelle, auch wenn die Datei anders heißt. Speichern "
            "Sie die Kursliste bitte als XLSX oder CSV."
        )
    return Kind.XML if _XML.match(readable) else Kind.TEXT


def _unmarked(head: bytes) -> bytes:
    for mark in _MARKS:
        head = head.removeprefix(mark)
    return head.replace(b"\0", b"")
