"""A file that an editor has sent: kept until it is taken in, looked at, taken in by the worker, taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from io import BytesIO

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from courses.catalogue.opening import Kind, kind_of, open_table
from courses.catalogue.records import FileRefused
from courses.importing.opening import mapping_of, open_with_columns
from courses.importing.run import apply_import, preview_import
from courses.importing.running import ImportRefused
from courses.importing.undo import undo_import
from courses.models import ColumnMapping, CourseImport, CourseSource, ImportFile, Provider, Topic
from foundation.models import User

LARGEST = 10 * 1024 * 1024
"""Bytes. The command takes larger ones."""
KEPT_FOR = timedelta(days=7)
"""As long as a file waits for an answer."""
State = CourseImport.State


def accept_file(
    *,
    provider: Provider,
    content: bytes,
    name: str,
    user: User,
    now: datetime,
    is_full: bool = False,
    fallback_topic: Topic | None = None,
) -> CourseImport:
    """Raises FileRefused for what no reader takes."""
    stream = BytesIO(content)
    if kind_of(stream) in {Kind.TEXT, Kind.WORKBOOK}:
        open_table(stream)
    with transaction.atomic():
        imported = CourseImport.objects.create(
            provider=provider,
            user=user,
            created_at=now,
            source_name=name[:200],
            digest=hashlib.sha256(content).hexdigest(),
            is_full=is_full,
            fallback_topic=fallback_topic,
        )
        known = ColumnMapping.objects.filter(provider=provider).first()
        ImportFile.objects.create(imported=imported, content=content, columns=known.columns if known else {})
    return imported


def columns_of(file: ImportFile) -> list[tuple[str, str]]:
    """The headings of a table with the fields that they stand for; empty for catalogues in XML."""
    stream = BytesIO(bytes(file.content))
    if kind_of(stream) not in {Kind.TEXT, Kind.WORKBOOK}:
        return []
    headings = open_table(stream).headings
    mapping = mapping_of(headings, file.columns)
    return [(heading, mapping.get(index, "")) for index, heading in enumerate(headings)]


def preview_file(*, file: ImportFile, columns: Mapping[str, str], now: datetime) -> None:
    """Remembers the columns for the next file of the provider. Raises FileRefused, ImportRefused."""
    imported = file.imported
    if imported.state not in CourseImport.STARTABLE:
        raise ImportRefused(f"Das geht jetzt nicht: Stand „{imported.get_state_display()}“.")
    if columns:
        file.columns = dict(columns)
        file.save(update_fields=["columns"])
        ColumnMapping.objects.update_or_create(provider=imported.provider, defaults={"columns": file.columns})
    stream = BytesIO(bytes(file.content))
    preview_import(imported, open_with_columns(stream, file.columns, today=timezone.localdate(now)), now=now)


def run_file(imported: CourseImport, *, gone_is_meant: bool, now: datetime) -> None:
    """What the worker does. The file is forgotten once it is in. A refusal stands in the import."""
    file = ImportFile.objects.filter(imported=imported).first()
    if file is None:
        return  # a task may come twice
    stream = BytesIO(bytes(file.content))
    try:
        read = open_with_columns(stream, file.columns, today=timezone.localdate(now))
        apply_import(imported, read, now=now, gone_is_meant=gone_is_meant, tell=lambda done: _tell(imported, done))
    except (FileRefused, ImportRefused) as refused:
        _note_refusal(imported, refused, CourseImport.STARTABLE)
        return
    file.delete()


def take_back(imported: CourseImport, *, now: datetime) -> None:
    """What the worker does. A refusal leaves everything as it is and stands in the import."""
    try:
        undo_import(imported, now=now)
    except ImportRefused as refused:
        _note_refusal(imported, refused, (State.DONE,))


def _note_refusal(imported: CourseImport, refused: Exception, states: Sequence[State]) -> None:
    """For whoever waits for it; a task that comes twice finds another state and says nothing."""
    CourseImport.objects.filter(pk=imported.pk, state__in=states).update(problem=str(refused))


def start(imported: CourseImport, *, gone_is_meant: bool = False) -> None:
    _begin_anew(imported)
    async_task("courses.tasks.take_in_file", imported.pk, gone_is_meant, save=False)


def start_undo(imported: CourseImport) -> None:
    _begin_anew(imported)
    async_task("courses.tasks.take_back_import", imported.pk, save=False)


def _begin_anew(imported: CourseImport) -> None:
    """What stands there while somebody waits is of this time."""
    cache.delete(_key(imported))
    imported.problem = ""
    imported.save(update_fields=["problem"])


def progress(imported: CourseImport) -> int:
    """How many courses of the file are done. In the cache: what a transaction writes nobody else sees yet."""
    return int(cache.get(_key(imported)) or 0)


def forget_files(*, now: datetime) -> int:
    """That nobody has taken in for KEPT_FOR; how many. What came from a source is fetched anew the next time."""
    old = ImportFile.objects.filter(imported__created_at__lt=now - KEPT_FOR)
    with transaction.atomic():
        CourseSource.objects.filter(imported__in=old.values("imported")).update(digest="", etag="", last_modified="")
        number, _ = old.delete()
    return number


def _tell(imported: CourseImport, done: int) -> None:
    cache.set(_key(imported), done, 600)


def _key(imported: CourseImport) -> str:
    return f"courses.import.{imported.pk}"
