"""XLSX files of tests: good ones by openpyxl, bad ones by taking good ones apart."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
_INLINE = re.compile(rb't="inlineStr"><is><t>([^<]*)</t></is>')
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OVERRIDE = (
    b'<Override PartName="/xl/sharedStrings.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)


def workbook(*rows: Sequence[Any], merged: Sequence[str] = (), title: str = "Kurse", more: Sequence[str] = ()) -> bytes:
    """`more` are sheets with one word each."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    for name in more:
        book.create_sheet(name).append(["Notiz"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """With another text in one of its parts; the part may be new."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts.get(part, b""))
    return zipped(parts)


def with_shared_strings(content: bytes) -> bytes:
    """As Excel saves it: texts stand in a part of their own and are named by number."""
    strings: list[bytes] = []

    def shared(cell: re.Match[bytes]) -> bytes:
        strings.append(b"<si><t>%s</t></si>" % cell[1])
        return b't="s"><v>%d</v>' % (len(strings) - 1)

    content = changed(content, SHEET, lambda part: _INLINE.sub(shared, part))
    content = changed(content, STRINGS, lambda _: b'<sst xmlns="%s">%s</sst>' % (_MAIN, b"".join(strings)))
    return changed(content, "[Content_Types].xml", lambda part: part.replace(b"</Types>", _OVERRIDE + b"</Types>"))


def zipped(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return content.getvalue()
