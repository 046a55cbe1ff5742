"""An XLSX file is a ZIP of XML: what it claims is not believed, and what it unpacks to is bounded before it is parsed.

The library that reads workbooks keeps a whole row, the whole table of strings and each smaller part in memory as a tree
of many times their size. So rows, strings and parts are measured here by a parser that keeps none of it.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from openpyxl.xml.constants import ARC_CONTENT_TYPES, SHARED_STRINGS, SHEET_MAIN_NS

from courses.catalogue.records import FileRefused
from courses.catalogue.zipped import METHODS, archive_in

MOST_UNPACKED = 150 * 1024 * 1024
_MOST_PART = 4 * 1024 * 1024
_LONGEST_PIECE = 1024 * 1024
_MOST_ROWS = 200_000
_MOST_STRINGS = 600_000
_MOST_MERGED = 20_000
_RATIO = 150
_MOST_NAMES = 1000
_CHUNK = 256 * 1024
_TOO_BIG = "Die Excel-Datei ist ausgepackt viel zu groß für eine Kursliste; wir haben sie nicht geöffnet."
DAMAGED = "Die Excel-Datei ist beschädigt oder nicht vollständig angekommen. Speichern Sie sie bitte noch einmal."
_DTD = "Die Excel-Datei enthält Anweisungen (DTD), die in keine Tabelle gehören."
_DTD_BEGINS = (b"<!DOCTYPE", b"<!ENTITY")
_OVERLAP = max(map(len, _DTD_BEGINS)) - 1
_BETWEEN = "}"
"""What the parser writes between a namespace and a name in it."""
_ROW, _STRING, _MERGED = (f"{SHEET_MAIN_NS}{_BETWEEN}{name}" for name in ("row", "si", "mergeCell"))
_MERGED_CELLS = re.compile(r"([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})")
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
    expat.ExpatError,
)
"""ValueError and OverflowError where places and names in the file are no places and names."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells of one column that are one: letters of the column, first and last row."""

    column: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Guarded:
    """`merged` is what stands merged in a sheet, by the name of its part; `strings` names parts measured as tables of
    strings, which may be read as nothing else."""

    strings: frozenset[str] = frozenset()
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
        raise FileRefused(DAMAGED)
    packed = max(1, sum(member.compress_size for member in members))
    unpacked = sum(member.file_size for member in members)
    if unpacked > 10 * _MOST_PART and unpacked > _RATIO * packed:
        raise FileRefused(_TOO_BIG)
    if unpacked > most_unpacked:
        raise FileRefused(
            f"Die Excel-Datei hat ausgepackt {unpacked // 1024 // 1024} MB. Wir lesen hier höchstens "
            f"{most_unpacked // 1024 // 1024} MB; bitte teilen Sie sie."
        )
    try:
        result = Guarded(_parts_of_strings(archive))
        for member in members:
            _check(archive, member, result)
    except READING_FAULTS as error:
        raise FileRefused(DAMAGED) from error
    return result


def _check(archive: zipfile.ZipFile, member: zipfile.ZipInfo, result: Guarded) -> None:
    """Pictures and what programs keep for themselves, as Power Query does in UTF-16, are no concern; unless they are
    much XML: the library opens a part by whatever name the file gives."""
    name = member.filename
    if not name.endswith((".xml", ".rels")) or name.startswith(_OF_PROGRAMS):
        if member.file_size > _MOST_PART and _begins_as_xml(archive, member):
            raise FileRefused(_TOO_BIG)
        return
    if name.lstrip("/") in result.strings:
        _measure(archive, member, _Measured(_STRING, _MOST_STRINGS))
    elif name.startswith("xl/worksheets/") and name.endswith(".xml"):
        sheet = _Measured(_ROW, _MOST_ROWS)
        _measure(archive, member, sheet)
        result.merged[name] = sheet.merged
    elif member.file_size > _MOST_PART:
        raise FileRefused(_TOO_BIG)
    else:
        _refuse_dtd(archive, member)


def _parts_of_strings(archive: zipfile.ZipFile) -> frozenset[str]:
    """Where the library looks for them: not by their name."""
    if ARC_CONTENT_TYPES not in archive.namelist() or archive.getinfo(ARC_CONTENT_TYPES).file_size > _MOST_PART:
        raise FileRefused(DAMAGED)
    try:
        root = fromstring(archive.read(ARC_CONTENT_TYPES), forbid_dtd=True)
    except (ParseError, DefusedXmlException) as error:
        raise FileRefused(DAMAGED) from error
    declared = (part for part in root.iter() if part.get("ContentType") == SHARED_STRINGS)
    return frozenset(part.get("PartName", "").lstrip("/") for part in declared)


def _measure(archive: zipfile.ZipFile, member: zipfile.ZipInfo, measured: _Measured) -> None:
    with archive.open(member) as part:
        while chunk := part.read(_CHUNK):
            measured.take(chunk)
    measured.take(b"", is_last=True)


def _refuse_dtd(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    tail = b""
    with archive.open(member) as part:
        while chunk := part.read(_CHUNK):
            window = tail + chunk
            if b"\0" in chunk:
                raise FileRefused(DAMAGED)
            if any(begins in window for begins in _DTD_BEGINS):
                raise FileRefused(_DTD)
            tail = window[-_OVERLAP:]


def _begins_as_xml(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    with archive.open(member) as part:
        return part.read(_CHUNK).lstrip(_BEFORE_XML)[:1] in {b"", b"<"}


class _Measured:
    """Counts rows or strings, here called pieces, and bounds what the library must keep at once: of pieces one at a
    time, since it lets go of each as it ends; of whatever stands outside them all, be it called a row in the words of
    somebody else. A piece within a piece would be let go of too early and is refused."""

    def __init__(self, piece: str, most: int) -> None:
        self.merged: list[Merged] = []
        self._piece, self._most = piece, most
        self._count = self._fed = self._mark = self._outside = 0
        self._is_within = False
        self._names: set[str | None] = set()
        self._parser = expat.ParserCreate(namespace_separator=_BETWEEN)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartNamespaceDeclHandler = self._declare
        self._parser.StartDoctypeDeclHandler = self._refuse_dtd

    def take(self, chunk: bytes, *, is_last: bool = False) -> None:
        if b"\0" in chunk:
            raise FileRefused(DAMAGED)
        self._parser.Parse(chunk, is_last)
        self._fed += len(chunk)
        here = self._fed if is_last else self._parser.CurrentByteIndex
        if (
            self._fed - (self._mark if self._is_within else here) > _LONGEST_PIECE
            or self._outside + (0 if self._is_within else here - self._mark) > _MOST_PART
            or self._count > self._most
            or len(self._names) > _MOST_NAMES
            or len(self.merged) > _MOST_MERGED
        ):
            raise FileRefused(_TOO_BIG)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._names.add(name)
        self._names.update(attributes)
        if name == self._piece:
            if self._is_within:
                raise FileRefused(DAMAGED)
            self._is_within = True
            self._count += 1
            self._outside += self._since_mark()
        elif name == _MERGED and (cells := _MERGED_CELLS.fullmatch(attributes.get("ref", ""))):
            first, last = int(cells[2]), int(cells[3])
            if first < last:
                self.merged.append(Merged(cells[1], first, last))

    def _end(self, name: str) -> None:
        if name == self._piece:
            self._is_within = False
            if self._since_mark() > _LONGEST_PIECE:
                raise FileRefused(_TOO_BIG)

    def _since_mark(self) -> int:
        """Bytes; the mark moves on."""
        before, self._mark = self._mark, self._parser.CurrentByteIndex
        return self._mark - before

    def _declare(self, prefix: str | None, _: str) -> None:
        """The parser keeps each until the end, as it does all names."""
        self._names.add(prefix)

    def _refuse_dtd(self, *_: object) -> None:
        raise FileRefused(_DTD)
