"""Catalogues travel as ZIP. One XML file may be inside; it is bounded by what it unpacks to, not by what it claims."""

from __future__ import annotations

import zipfile
import zlib
from io import RawIOBase, UnsupportedOperation
from typing import BinaryIO, cast

from courses.catalogue.records import FileRefused
from courses.catalogue.xml_charsets import MOST_BYTES

MOST_MEMBERS = 200
_BEGINS = b"PK\x03\x04"
_OF_OFFICE = frozenset({"[Content_Types].xml", "mimetype"})
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""Others take memory as the file says."""

_DAMAGED = "Die ZIP-Datei ist beschädigt. Vermutlich ist sie nur zum Teil angekommen."


def is_zip(stream: BinaryIO) -> bool:
    stream.seek(0)
    return stream.read(4) == _BEGINS


def is_spreadsheet(stream: BinaryIO) -> bool:
    """XLSX is a ZIP of another kind, as are other files of office programs. Raises FileRefused for a damaged one."""
    return any(member.filename in _OF_OFFICE for member in archive_in(stream).infolist())


def xml_inside(stream: BinaryIO, *, most_bytes: int = MOST_BYTES) -> BinaryIO:
    """The one XML file of the archive. Raises FileRefused, also later, while it is read."""
    archive = archive_in(stream)
    found = [member for member in archive.infolist() if _is_xml(member)]
    if len(found) != 1:
        many = f"liegen {len(found)} XML-Dateien" if found else "liegt keine XML-Datei"
        raise FileRefused(f"In der ZIP-Datei {many}. Bitte schicken Sie eine ZIP-Datei mit genau einer.")
    member = found[0]
    if member.flag_bits & 1:
        raise FileRefused("Die ZIP-Datei ist mit einem Kennwort geschützt. Bitte schicken Sie sie ohne.")
    if member.compress_type not in METHODS:
        raise FileRefused("Die ZIP-Datei ist auf eine Art gepackt, die wir nicht lesen. Üblich ist „Deflate“.")
    if member.file_size > most_bytes:
        size = member.file_size // 1024 // 1024
        most = most_bytes // 1024 // 1024
        raise FileRefused(f"Die Datei in der ZIP-Datei hat ausgepackt {size} MB. Hier lesen wir höchstens {most} MB.")
    return cast("BinaryIO", _Unpacked(archive, member))


def archive_in(stream: BinaryIO) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError, OverflowError, NotImplementedError):
        raise FileRefused(_DAMAGED) from None
    if len(archive.infolist()) > MOST_MEMBERS:
        raise FileRefused(f"In der ZIP-Datei liegen mehr als {MOST_MEMBERS} Dateien.")
    return archive


def _is_xml(member: zipfile.ZipInfo) -> bool:
    """macOS adds a shadow of every file."""
    name = member.filename.lower()
    return name.endswith(".xml") and not name.startswith("__macosx/") and not name.rpartition("/")[2].startswith("._")


class _Unpacked(RawIOBase):
    """Read from the beginning as often as one likes, and from nowhere else."""

    def __init__(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
        self._archive, self._member = archive, member
        self._file: zipfile.ZipExtFile | None = None

    def readable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        if whence:
            raise UnsupportedOperation
        try:
            self._file = cast("zipfile.ZipExtFile", self._archive.open(self._member))
        except (zipfile.BadZipFile, OSError, ValueError, OverflowError, NotImplementedError):
            raise FileRefused(_DAMAGED) from None
        return len(self.read(offset))

    def read(self, size: int = -1) -> bytes:
        if self._file is None:
            self.seek(0)
        try:
            return self._file.read(size) if self._file else b""
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError):
            raise FileRefused(_DAMAGED) from None
