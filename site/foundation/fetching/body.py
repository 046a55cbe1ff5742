"""The body of an answer, no larger than allowed at any moment, neither packed nor unpacked."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from http.client import HTTPResponse
from typing import BinaryIO

from foundation.fetching.refusals import TooLarge, Unreadable

_PIECE = 64 * 1024
_GZIP = zlib.MAX_WBITS | 16


def read_body(response: HTTPResponse, *, limit: int) -> bytes:
    """Raises TooLarge as soon as more than `limit` bytes are announced, sent or unpacked, and Unreadable where the
    body ends before its time: half a calendar must never pass for a whole one."""
    return b"".join(_bounded(response, limit))


def write_body(response: HTTPResponse, file: BinaryIO, *, limit: int) -> None:
    """The same for what is too large to be held: piece by piece into a file, which holds anything after a failure."""
    file.writelines(_bounded(response, limit))


def _bounded(response: HTTPResponse, limit: int) -> Iterator[bytes]:
    if response.length is not None and response.length > limit:
        raise TooLarge
    encoding = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if encoding == "identity":
        pieces = _pieces(response, limit)
    elif encoding in {"gzip", "x-gzip"}:
        pieces = _unpacked(_pieces(response, limit))
    else:
        raise Unreadable
    length = 0
    for piece in pieces:
        length += len(piece)
        if length > limit:
            raise TooLarge
        yield piece


def _pieces(response: HTTPResponse, limit: int) -> Iterator[bytes]:
    announced, received = response.length, 0
    while piece := response.read(_PIECE):
        received += len(piece)
        if received > limit:
            raise TooLarge
        yield piece
    if announced is not None and received < announced:
        raise Unreadable


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """In pieces, so that a bomb is noticed while it is small. Several gzip members in a row are one text (RFC 1952)."""
    unpacker = zlib.decompressobj(_GZIP)
    has_begun = False
    try:
        for piece in pieces:
            packed = piece
            while packed:
                if unpacker.eof:
                    unpacker = zlib.decompressobj(_GZIP)
                has_begun = True
                yield unpacker.decompress(packed, _PIECE)
                packed = unpacker.unconsumed_tail or (unpacker.unused_data if unpacker.eof else b"")
    except zlib.error as error:
        raise Unreadable from error
    if has_begun and not unpacker.eof:
        yield unpacker.flush(_PIECE)
        if not unpacker.eof:
            raise Unreadable
