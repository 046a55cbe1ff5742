"""In which charset an XML file is written. Its first line says so, and is often wrong: written by a program that no
longer knows, or by an editor that saved the file anew."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from courses.catalogue.records import FileRefused

MOST_BYTES = 200 * 1024 * 1024
CHUNK = 64 * 1024
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,39})["']""")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_READ = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "iso8859-15": "ISO-8859-15",
    "iso8859-1": "ISO-8859-1",
    "cp1252": "Windows-1252",
}
"""By the name that Python gives the codec. Others, among them those that unpack, are not read."""

_BETWEEN = re.compile(rb"[\x80-\x9f]")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}


@dataclass(frozen=True, slots=True)
class XmlCharset:
    """`has_windows` says that quotes, dashes and the euro stand where ISO 8859 has no letters."""

    codec: str
    mark_length: int = 0
    has_windows: bool = False
    notices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return _READ[self.codec]


def xml_charset(stream: BinaryIO) -> XmlCharset:
    """Reads the whole file once. Raises FileRefused for one that is empty, too large, or in a charset not read here."""
    stream.seek(0)
    head = stream.read(CHUNK)
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return _checked(stream, XmlCharset(codec, len(mark)))
    declared = _DECLARED.match(head)
    claimed = declared[1].decode("ascii") if declared else "utf-8"
    codec = _codec(claimed)
    utf_8, between, other = _what_stands_in(stream)
    if not other:
        return XmlCharset("utf-8")
    if utf_8:
        notice = f"In der Datei steht, sie sei in {claimed} geschrieben; es ist UTF-8, und so haben wir sie gelesen."
        return XmlCharset("utf-8", notices=() if codec == "utf-8" else (notice,))
    if codec == "utf-8":
        said = "steht, sie sei in UTF-8 geschrieben" if declared else "steht kein Zeichensatz"
        notice = (
            f"In der Datei {said}; es ist Windows-1252, und so haben wir sie gelesen. Prüfen Sie bitte die Umlaute."
        )
        return XmlCharset("cp1252", has_windows=True, notices=(notice,))
    if codec == "cp1252" or not between:
        return XmlCharset(codec, has_windows=codec == "cp1252")
    notice = f"In der Datei steht, sie sei in {_READ[codec]} geschrieben; einzelne Zeichen sind es in Windows-1252."
    return XmlCharset(codec, has_windows=True, notices=(notice,))


def text_of(stream: BinaryIO, charset: XmlCharset) -> Iterator[str]:
    """The whole file in pieces. Characters that XML forbids become spaces, so that a stray one costs no catalogue."""
    stream.seek(charset.mark_length)
    errors = "ignore" if charset.has_windows else "replace"
    codec = "iso8859-1" if charset.codec == "cp1252" else charset.codec
    decoder = codecs.getincrementaldecoder(codec)(errors)
    while chunk := stream.read(CHUNK):
        text = decoder.decode(chunk)
        yield _NOT_IN_XML.sub(" ", text.translate(_WINDOWS) if charset.has_windows else text)
    yield _NOT_IN_XML.sub(" ", decoder.decode(b"", final=True))


def _codec(claimed: str) -> str:
    try:
        codec = codecs.lookup(claimed).name
    except LookupError:
        codec = ""
    if codec == "ascii":
        return "utf-8"
    if codec not in _READ or codec.startswith("utf-16"):
        raise FileRefused(f"Den Zeichensatz „{claimed}“ lesen wir nicht. Speichern Sie die Datei bitte in UTF-8.")
    return codec


def _checked(stream: BinaryIO, charset: XmlCharset) -> XmlCharset:
    decoder = codecs.getincrementaldecoder(charset.codec)("strict")
    try:
        for chunk in _chunks(stream, charset.mark_length):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise FileRefused(
            f"Die Datei beginnt als {charset.name}, enthält dann aber Zeichen, die es dort nicht gibt. Vermutlich ist "
            "sie unterwegs beschädigt worden."
        ) from None
    return charset


def _what_stands_in(stream: BinaryIO) -> tuple[bool, bool, bool]:
    """Whether it is UTF-8, has bytes between 0x80 and 0x9f, has any beyond ASCII."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    utf_8, between, other = True, False, False
    for chunk in _chunks(stream):
        other = other or not chunk.isascii()
        between = between or _BETWEEN.search(chunk) is not None
        if utf_8:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                utf_8 = False
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        utf_8 = False
    return utf_8, between, other


def _chunks(stream: BinaryIO, start: int = 0) -> Iterator[bytes]:
    stream.seek(start)
    count = 0
    while chunk := stream.read(CHUNK):
        count += len(chunk)
        if count > MOST_BYTES:
            raise FileRefused(f"Die Datei ist größer als {MOST_BYTES // 1024 // 1024} MB. Bitte teilen Sie sie.")
        yield chunk
    if not count:
        raise FileRefused("Die Datei ist leer.")
