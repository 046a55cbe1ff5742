"""An XLSX file is a ZIP of XML: what it claims is not believed, and what it unpacks to is bounded before it is parsed.

The library that reads workbooks keeps a whole row, the whole table of strings and each smaller part in memory as a tree
of many times their size. So rows, strings and parts are measured here, as bytes, without a parser.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from courses.catalogue.records import FileRefused
from courses.catalogue.zipped import METHODS, archive_in

MOST_UNPACKED = 150 * 1024 * 1024
_MOST_PART = 4 * 1024 * 1024
_LONGEST_PIECE = 1024 * 1024
_MOST_ROWS = 200_000
_MOST_STRINGS = 600_000
_MOST_MERGED = 20_000
_RATIO = 150
_CHUNK = 256 * 1024
_OVERLAP = 2048
_TOO_BIG = "Die Excel-Datei ist ausgepackt viel zu groß für eine Kursliste; wir haben sie nicht geöffnet."
_DAMAGED = "Die Excel-Datei ist beschädigt oder nicht vollständig angekommen. Speichern Sie sie bitte noch einmal."
_HIDING = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
"""Between these a tag is none."""
_ATTRIBUTE = rb"""\s+[\w.:-]{1,60}\s*=\s*(?:"[^"<]*"|'[^'<]*')"""


def _tags_of(name: bytes) -> re.Pattern[bytes]:
    """Whole tags of a name; one that is none, or longer than what is kept of a piece, is `odd`."""
    tag = rb"(?:[\w.-]{1,20}:)?" + name
    return re.compile(
        rb"(?P<hiding><!--|<!\[CDATA\[|<\?)|(?P<shown>-->|\]\]>|\?>)"
        rb"|<" + tag + rb"(?:" + _ATTRIBUTE + rb")*+\s*(?:(?P<alone>/>)|(?P<opened>>))"
        rb"|(?P<closed></" + tag + rb"\s*>)|(?P<odd></?" + tag + rb"[\s/>])"
    )


_ROW = _tags_of(b"row")
_STRING = _tags_of(b"si")
_MERGED = re.compile(rb'<(?:[\w.-]{1,20}:)?mergeCell\s{1,5}ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
_OTHER_KINDS = {
    "mimetype": "Das ist eine Datei von LibreOffice (ODS).",
    "xl/workbook.bin": "Das ist eine Excel-Datei im Format XLSB.",
    "word/document.xml": "Das ist ein Textdokument.",
}
_OF_PROGRAMS = "customXml/"
_BEFORE_XML = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"
READING_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)
"""The last two where places and names in the file are no places and names."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells of one column that are one: letters of the column, first and last row."""

    column: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Guarded:
    """By the name of the part: what stands merged in a sheet."""

    merged: dict[str, list[Merged]] = field(default_factory=dict)


def guarded(stream: BinaryIO, *, most_unpacked: int = MOST_UNPACKED) -> Guarded:
    """Unpacks every part once and keeps nothing. Raises FileRefused."""
    archive = archive_in(stream)
    members = archive.infolist()
    names = {member.filename for member in members}
    for name, sentence in _OTHER_KINDS.items():
        if name in names:
            raise FileRefused(f"{sentence} Speichern Sie die Kursliste bitte als „Excel-Arbeitsmappe (XLSX)“ oder CSV.")
    if any(member.flag_bits & 1 for member in members):
        raise FileRefused("Die Excel-Datei ist mit einem Kennwort geschützt. Speichern Sie sie bitte ohne.")
    if any(member.compress_type not in METHODS for member in members):
        raise FileRefused(_DAMAGED)
    packed = max(1, sum(member.compress_size for member in members))
    unpacked = sum(member.file_size for member in members)
    if unpacked > 10 * _MOST_PART and unpacked > _RATIO * packed:
        raise FileRefused(_TOO_BIG)
    if unpacked > most_unpacked:
        raise FileRefused(
            f"Die Excel-Datei hat ausgepackt {unpacked // 1024 // 1024} MB. Wir lesen hier höchstens "
            f"{most_unpacked // 1024 // 1024} MB; bitte teilen Sie sie."
        )
    result = Guarded()
    try:
        for member in members:
            _check(archive, member, result)
    except READING_FAULTS as error:
        raise FileRefused(_DAMAGED) from error
    return result


def _check(archive: zipfile.ZipFile, member: zipfile.ZipInfo, result: Guarded) -> None:
    """Pictures and what programs keep for themselves, as Power Query does in UTF-16, are no concern; unless they are
    much XML: the library opens a part by whatever name the file gives."""
    name = member.filename
    if not name.endswith((".xml", ".rels")) or name.startswith(_OF_PROGRAMS):
        if member.file_size > _MOST_PART and _begins_as_xml(archive, member):
            raise FileRefused(_TOO_BIG)
        return
    pattern, most = None, 1
    if name.startswith("xl/worksheets/") and name.endswith(".xml"):
        pattern, most = _ROW, _MOST_ROWS
    elif name.startswith("xl/sharedStrings"):
        pattern, most = _STRING, _MOST_STRINGS
    elif member.file_size > _MOST_PART:
        raise FileRefused(_TOO_BIG)
    measured = _Measured(pattern, most)
    with archive.open(member) as part:
        while chunk := part.read(_CHUNK):
            measured.take(chunk)
        measured.take(b"", is_last=True)
    if measured.merged:
        result.merged[name] = measured.merged


def _begins_as_xml(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    with archive.open(member) as part:
        return part.read(_CHUNK).lstrip(_BEFORE_XML)[:1] in {b"", b"<"}


class _Measured:
    """Counts rows or strings and the bytes between them, over all pieces of a part. The library lets go of them one by
    one where they stand side by side alone: a row within a row, or in a comment, ends nothing."""

    def __init__(self, pattern: re.Pattern[bytes] | None, most: int) -> None:
        self.merged: list[Merged] = []
        self._pattern, self._most = pattern, most
        self._count = self._since = 0
        self._tail = self._hidden_until = b""
        self._is_within = False

    def take(self, chunk: bytes, *, is_last: bool = False) -> None:
        if b"\0" in chunk:
            raise FileRefused(_DAMAGED)
        window = self._tail + chunk
        if b"<!DOCTYPE" in window or b"<!ENTITY" in window:
            raise FileRefused("Die Excel-Datei enthält Anweisungen (DTD), die in keine Tabelle gehören.")
        end = len(window) if is_last else max(0, len(window) - _OVERLAP)
        if self._pattern:
            self._measure(self._pattern, window, end)
            self.merged += _merged_in(window, end)
        self._tail = window[end:]
        if len(self.merged) > _MOST_MERGED:
            raise FileRefused(_TOO_BIG)

    def _measure(self, pattern: re.Pattern[bytes], window: bytes, end: int) -> None:
        place = 0
        for match in pattern.finditer(window):
            if match.start() >= end:
                break
            if not self._begins_one(match):
                continue
            self._count += 1
            if self._count > self._most or self._since + match.start() - place > _LONGEST_PIECE:
                raise FileRefused(_TOO_BIG)
            place, self._since = match.start(), 0
        self._since += end - place
        if self._since > _LONGEST_PIECE:
            raise FileRefused(_TOO_BIG)

    def _begins_one(self, match: re.Match[bytes]) -> bool:
        if self._hidden_until:
            if match[0] == self._hidden_until:
                self._hidden_until = b""
            return False
        kind = match.lastgroup
        if kind == "hiding":
            self._hidden_until = _HIDING[match[0]]
        elif kind == "closed":
            self._is_within = False
        elif kind == "odd" or (kind in {"alone", "opened"} and self._is_within):
            raise FileRefused(_DAMAGED)
        elif kind == "opened":
            self._is_within = True
        return kind in {"alone", "opened"}


def _merged_in(window: bytes, end: int) -> Iterator[Merged]:
    for match in _MERGED.finditer(window):
        first, last = int(match[2]), int(match[3])
        if match.start() < end and first < last:
            yield Merged(match[1].decode(), first, last)
