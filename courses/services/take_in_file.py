"""A file that an editor has sent: kept until it is taken in, looked at, taken in by the worker, taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from courses.catalogue.records import FileRead, FileRefused
from courses.importing.apart import headings_apart, read_apart
from courses.importing.opening import mapping_of
from courses.importing.run import APPLYING, apply_claimed, preview_import
from courses.importing.running import (
    ImportRefused,
    ask_for_preview,
    claim,
    claim_preview,
    is_still_to_do,
    telling_failure,
)
from courses.importing.undo import undo_import
from courses.importing.waiting import keep_file, opened_file
from courses.models import ColumnMapping, CourseImport, CourseSource, ImportEntry, ImportFile, Provider, Topic
from foundation.models import User

KEPT_FOR = timedelta(days=7)
"""As long as a file waits for an answer."""
State = CourseImport.State


def accept_file(
    *,
    provider: Provider,
    content: Iterable[bytes],
    name: str,
    user: User,
    now: datetime,
    is_full: bool = False,
    fallback_topic: Topic | None = None,
) -> CourseImport:
    """`content` is the file in pieces, of which one at a time is held. Raises FileRefused for what no reader takes."""
    digest = hashlib.sha256()
    with TemporaryFile() as opened:
        for piece in content:
            digest.update(piece)
            opened.write(piece)
        file = cast("BinaryIO", opened)
        headings_apart(file)
        with transaction.atomic():
            imported = CourseImport.objects.create(
                provider=provider,
                user=user,
                created_at=now,
                source_name=name[:200],
                digest=digest.hexdigest(),
                is_full=is_full,
                fallback_topic=fallback_topic,
            )
            keep_file(imported, file)
    return imported


def columns_of(file: ImportFile) -> list[tuple[str, str]]:
    """The headings of a table with the fields that they stand for; empty for catalogues in XML."""
    with opened_file(file) as content:
        headings = headings_apart(content) or ()
    mapping = mapping_of(headings, file.columns)
    return [(heading, mapping.get(index, "")) for index, heading in enumerate(headings)]


def start_preview(file: ImportFile, *, columns: Mapping[str, str], now: datetime) -> None:
    """Remembers the columns for the next file of the provider. Raises ImportRefused."""
    imported = file.imported
    with transaction.atomic():
        ask_for_preview(imported, now=now)
        if columns:
            file.columns = dict(columns)
            file.save(update_fields=["columns"])
            ColumnMapping.objects.update_or_create(provider=imported.provider, defaults={"columns": file.columns})
        _enqueue("courses.tasks.look_at_file", imported.pk)


def start(imported: CourseImport, *, gone_is_meant: bool = False, absent_stays: bool = False) -> None:
    imported.absent_stays = absent_stays
    _begin_anew(imported)
    _enqueue("courses.tasks.take_in_file", imported.pk, gone_is_meant)


def start_undo(imported: CourseImport) -> None:
    _begin_anew(imported)
    _enqueue("courses.tasks.take_back_import", imported.pk)


def _begin_anew(imported: CourseImport) -> None:
    """What stands there while somebody waits is of this time."""
    imported.problem, imported.attempts = "", 0
    imported.save(update_fields=["problem", "attempts", "absent_stays"])


def _enqueue(task: str, *values: object) -> None:
    async_task(task, *values, save=False, timeout=settings.LONG_TASK_SECONDS)


def look_at_file(imported: CourseImport, *, now: datetime) -> None:
    """What the worker does. A refusal stands in the import."""
    file = ImportFile.objects.filter(imported=imported).first()
    if file is None or not is_still_to_do(imported, now=now):
        return
    try:
        claim_preview(imported, now=now)
        with telling_failure(imported, "Die Vorschau", "Eingelesen ist nichts."), _opened(file, now) as read:
            preview_import(imported, read, now=now)
    except (FileRefused, ImportRefused):
        return


def run_file(imported: CourseImport, *, gone_is_meant: bool, now: datetime) -> None:
    """What the worker does. The file is forgotten once it is in. A refusal stands in the import."""
    file = ImportFile.objects.filter(imported=imported).first()
    if file is None or not is_still_to_do(imported, now=now):
        return
    try:
        claim(imported, now=now)
        with telling_failure(imported, *APPLYING), _opened(file, now) as read:
            apply_claimed(imported, read, now=now, gone_is_meant=gone_is_meant)
    except (FileRefused, ImportRefused) as refused:
        _note_refusal(imported, refused, CourseImport.STARTABLE)
        return
    file.delete()


def take_back(imported: CourseImport, *, now: datetime) -> None:
    """What the worker does. A refusal leaves everything as it is and stands in the import."""
    if not is_still_to_do(imported, now=now):
        return
    try:
        undo_import(imported, now=now)
    except ImportRefused as refused:
        _note_refusal(imported, refused, (State.DONE,))


@contextmanager
def _opened(file: ImportFile, now: datetime) -> Iterator[FileRead]:
    today = timezone.localdate(now)
    with opened_file(file) as content, read_apart(content, file.columns, today=today) as read:
        yield read


def _note_refusal(imported: CourseImport, refused: Exception, states: Sequence[State]) -> None:
    """For whoever waits for it; a task that comes twice finds another state and says nothing."""
    CourseImport.objects.filter(pk=imported.pk, state__in=states).update(problem=str(refused))


def forget_files(*, now: datetime) -> int:
    """That nobody has taken in for KEPT_FOR; how many. What came from a source is fetched anew the next time."""
    old = ImportFile.objects.filter(imported__created_at__lt=now - KEPT_FOR)
    with transaction.atomic():
        CourseSource.objects.filter(imported__in=old.values("imported")).update(digest="", etag="", last_modified="")
        _, deleted = old.delete()
    return deleted.get(ImportFile._meta.label, 0)


def forget_reports(*, now: datetime) -> int:
    """Rows of reports that are over, and with them what could be taken back; how many."""
    over = now - timedelta(days=settings.COURSE_IMPORT_REPORT_DAYS)
    number, _ = ImportEntry.objects.filter(imported__created_at__lte=over).delete()
    return number
