"""A JPEG without what is told beside the picture, its data copied as they are (ITU-T T.81, annex B)."""

from __future__ import annotations

from collections.abc import Iterator

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_RESTARTS = range(0xD0, 0xD8)
_APPLICATIONS = range(0xE0, 0xF0)
_COMMENT = 0xFE
_SHOWS = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""What of the segments of applications is needed to show the picture: its resolution, its colours."""


def bare_jpeg(content: bytes, *, exif: bytes) -> bytes:
    """`exif` stands in it instead of its own; nothing stands behind the end. Raises ValueError where it has no end."""
    first, *others = (segment for marker, segment in _segments(content) if _is_kept(marker, segment))
    told = [_segment(0xE1, exif)] if exif else []
    after = 1 if others and others[0][1] == 0xE0 else 0  # JFIF wants to be first
    return b"".join([first, *others[:after], *told, *others[after:]])


def _is_kept(marker: int, segment: bytes) -> bool:
    if marker in _APPLICATIONS:
        return marker in _SHOWS and segment[4:].startswith(_SHOWS[marker])
    return marker != _COMMENT


def _segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2, "big") + content


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Markers with what belongs to them, the data of a scan to its own, up to the end of the first picture."""
    at = 0
    while at + 1 < len(content):
        if content[at] != 0xFF:
            raise ValueError("no marker where one must stand")
        marker = content[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        end = at + 2
        if marker not in {_START, _END}:
            end += int.from_bytes(content[end : end + 2], "big")
        if marker == _SCAN:
            end = _end_of_scan(content, end)
        yield marker, content[at:end]
        if marker == _END:
            return
        at = end
    raise ValueError("ends within the picture")


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker begins that is no part of the data."""
    while (at := content.find(b"\xff", at)) >= 0:
        following = content[at + 1 : at + 2]
        if following and following[0] not in {0, 0xFF, *_RESTARTS}:
            return at
        at += 1 if following == b"\xff" else 2
    raise ValueError("ends within a scan")
