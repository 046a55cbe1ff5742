"""In which charset a text file is written. Nothing in the file says so: it is told by which letters come out."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from courses.catalogue.records import FileRefused

MOST_BYTES = 50 * 1024 * 1024
_CHUNK = 64 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_OF_ONE_BYTE = (("cp1252", "Windows-1252"), ("cp850", "MS-DOS"), ("mac_roman", "Mac"))
_UMLAUTS = "äöüÄÖÜß"
_NO_TEXT = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1a"))
_LOST = "\ufffd".encode()
_REPLACED_BY = "windows-1252-where-broken"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_REPLACED_BY, _as_windows)


@dataclass(frozen=True, slots=True)
class Charset:
    """`mark_length` bytes stand before the text; `errors` says what becomes of bytes that are no letters."""

    codec: str
    name: str
    mark_length: int = 0
    errors: str = "replace"
    notices: tuple[str, ...] = ()


def charset_of(stream: BinaryIO) -> Charset:
    """Reads the whole file once. Raises FileRefused for an empty one, one too large, and one that is no text."""
    stream.seek(0)
    head = stream.read(_CHUNK)
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise FileRefused("Die Datei ist leer.")
    for mark, codec, name in _MARKS:
        if head.startswith(mark):
            _length_within_bounds(stream)
            return Charset(codec, name, len(mark))
    if codec := _wide_without_mark(head):
        return Charset(codec, "UTF-16")
    return _told_by_letters(stream)


def _length_within_bounds(stream: BinaryIO) -> None:
    if stream.seek(0, 2) > MOST_BYTES:
        raise FileRefused(f"Die Datei ist größer als {MOST_BYTES // 1024 // 1024} MB. Bitte teilen Sie sie.")
    stream.seek(0)


def _wide_without_mark(head: bytes) -> str:
    """Every second byte of German text in UTF-16 is null."""
    pairs = len(head) // 2
    if pairs < 4:
        return ""
    for codec, nulls, letters in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if nulls.count(0) > 0.8 * pairs and letters.count(0) < 0.05 * pairs:
            return codec
    return ""


def _told_by_letters(stream: BinaryIO) -> Charset:
    _length_within_bounds(stream)
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    umlauts = dict.fromkeys((codec for codec, _ in _OF_ONE_BYTE), 0)
    foreign = broken = 0
    for chunk in _chunks(stream):
        if len(chunk.translate(None, _NO_TEXT)) < len(chunk):
            raise FileRefused(
                "Die Datei enthält keinen Text, sondern Zeichen, die nur Programme lesen. Speichern Sie die Tabelle "
                "bitte als XLSX oder CSV."
            )
        text = decoder.decode(chunk, final=False)
        broken += max(0, text.count("\ufffd") - chunk.count(_LOST))  # one that was lost before is written as such
        foreign += len(text) - len(text.encode("ascii", "ignore"))
        for codec in umlauts:
            umlauts[codec] += sum(chunk.count(letter.encode(codec)) for letter in _UMLAUTS)
    broken += len(decoder.decode(b"", final=True))
    if not broken:
        return Charset("utf-8", "UTF-8")
    if foreign - broken > 4 * broken:
        return Charset("utf-8", "UTF-8", errors=_REPLACED_BY, notices=(_mixed(broken),))
    return _of_one_byte(umlauts)


def _mixed(broken: int) -> str:
    signs = "Ein Zeichen ist" if broken == 1 else f"{broken} Zeichen sind"
    return f"{signs} nicht in UTF-8 geschrieben wie der Rest der Datei; wir haben es als Windows-1252 gelesen."


def _of_one_byte(umlauts: dict[str, int]) -> Charset:
    """Windows, unless another reading gives many more umlauts: its quotes are umlauts to others."""
    best = max(umlauts, key=lambda codec: (umlauts[codec], codec == "cp1252"))
    codec = best if umlauts[best] > 3 * umlauts["cp1252"] else "cp1252"
    name = dict(_OF_ONE_BYTE)[codec]
    notice = f"Die Datei ist im alten Zeichensatz „{name}“ gespeichert. Prüfen Sie bitte die Umlaute."
    return Charset(codec, name, notices=() if codec == "cp1252" else (notice,))


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    stream.seek(0)
    while chunk := stream.read(_CHUNK):
        yield chunk
