"""Files that wait to be taken in: in pieces, so that nobody ever holds a whole catalogue in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from django.db import transaction

from courses.models import ColumnMapping, CourseImport, ImportFile, ImportFilePiece

PIECE = 1024 * 1024
"""Bytes."""


def keep_file(imported: CourseImport, file: BinaryIO) -> ImportFile:
    """From its beginning, with the columns that are known of tables of the provider."""
    file.seek(0)
    with transaction.atomic():
        kept = ImportFile.objects.create(imported=imported, columns=ColumnMapping.known_of(imported.provider))
        for number, content in enumerate(iter(lambda: file.read(PIECE), b"")):
            ImportFilePiece.objects.create(file=kept, number=number, content=content)
    return kept


@contextmanager
def opened_file(kept: ImportFile) -> Iterator[BinaryIO]:
    """A copy that has a descriptor and no name, and is gone afterwards. A query for each piece: whether rows come one
    by one differs with the database and with what stands before it."""
    with TemporaryFile() as copy:
        for pk in list(kept.pieces.order_by("number").values_list("pk", flat=True)):
            copy.write(ImportFilePiece.objects.values_list("content", flat=True).get(pk=pk))
        copy.seek(0)
        yield cast("BinaryIO", copy)
