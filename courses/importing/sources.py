"""Files that providers offer at an address, fetched by the clock and taken over as if somebody had uploaded them.

Nobody looks at a preview here, so more courses than the safety share never fall away by themselves: such a file waits
for a person, like one that was uploaded.
"""

from __future__ import annotations

import hashlib
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from django.conf import settings
from django.utils import timezone
from django_q.tasks import async_task

from courses.catalogue.records import FileRead, FileRefused
from courses.catalogue.xml_charsets import MOST_BYTES
from courses.importing.apart import read_apart
from courses.importing.names import Names
from courses.importing.run import apply_import, preview_import
from courses.importing.running import ImportBusy, ImportRefused, TooManyGone
from courses.importing.waiting import keep_file
from courses.importing.wording import summary
from courses.models import ColumnMapping, CourseImport, CourseSource
from courses.models.course_source import LONGEST_VALIDATOR
from foundation.fetching.answers import Answer
from foundation.fetching.client import Client
from foundation.fetching.refusals import FetchRefused
from foundation.fetching.site import site_client

PROGRAM = "MehrWert-Kurse"
SECONDS = 40.0
"""For the fetch."""

UNCHANGED = "Unverändert seit dem letzten Lesen."
WAITS = "Wartet auf Ihre Zustimmung"
_SOON = timedelta(hours=1)
_NEW_FAILURE = timedelta(hours=6)
_FOUND_OUT = (
    *("begun_at", "looked_at", "read_at", "next_at", "failing_since", "outcome", "format"),
    *("etag", "last_modified", "digest", "read_by", "imported"),
)


class NoFile(Exception):
    """The server answers, but not with a file. The message is German, for the editors."""


def fetch_soon(source: CourseSource, *, now: datetime) -> bool:
    """Without waiting for its time, and even if it is the same file; whether it is not being read already."""
    if source.is_at_work(now):
        return False
    CourseSource.objects.filter(pk=source.pk).update(next_at=now, read_by="")
    async_task("courses.tasks.read_course_source", source.pk, save=False, timeout=settings.LONG_TASK_SECONDS)
    return True


def read_due_source(*, now: datetime, only: int | None = None, client: Client | None = None) -> CourseSource | None:
    """The one that has waited longest, if one is due: one at a time, since the worker bounds its tasks. `only` is the
    key of the one that is meant."""
    due = CourseSource.objects.due(now)
    source: CourseSource | None = (due if only is None else due.filter(pk=only)).first()
    if source is None:
        return None
    if source.begun_at:  # whoever read it last time died with it
        source.failing_since = source.failing_since or source.begun_at
    if not CourseSource.objects.claim(source, now=now, until=_again_at(source, now)):
        return None
    read_source(source, now=now, client=client or site_client(PROGRAM, limit=MOST_BYTES))
    return source


def read_source(source: CourseSource, *, now: datetime, client: Client) -> None:
    """Whatever comes of it stands in the source afterwards."""
    source.looked_at, source.begun_at = now, None
    try:
        source.outcome = _outcome(source, client=client, now=now)
        source.failing_since, source.next_at = None, now + timedelta(hours=source.every)
    except ImportBusy as busy:
        source.outcome, source.next_at = str(busy), now + _SOON
    except (FetchRefused, NoFile, FileRefused, ImportRefused) as refused:
        _note_failure(source, str(refused), now)
    except Exception:
        _note_failure(source, "Ein unerwarteter Fehler. Die Technik findet ihn im Protokoll.", now)
        _write_down(source)
        raise
    except SystemExit:  # so the worker ends what takes too long
        _note_failure(source, "Das Lesen hat zu lange gedauert und wurde beendet.", now)
        _write_down(source)
        raise
    _write_down(source)


def _write_down(source: CourseSource) -> None:
    """What editors have changed meanwhile stays; of what they ask for now nothing was found out."""
    values = {name: getattr(source, name) for name in _FOUND_OUT}
    CourseSource.objects.filter(pk=source.pk, **source.asked_for).update(**values)


def _note_failure(source: CourseSource, outcome: str, now: datetime) -> None:
    source.failing_since = source.failing_since or now
    source.outcome, source.next_at = outcome, _again_at(source, now)


def _again_at(source: CourseSource, now: datetime) -> datetime:
    """One that has just begun to fail is asked again soon, one that goes on failing no more often than agreed."""
    is_new = source.failing_since is None or now - source.failing_since < _NEW_FAILURE
    return now + (_SOON if is_new else timedelta(hours=source.every))


def _outcome(source: CourseSource, *, client: Client, now: datetime) -> str:
    with TemporaryFile() as opened:
        file = cast("BinaryIO", opened)
        read_by = _read_by(source)
        if read_by != source.read_by:
            source.digest = ""
        answer = _fetched(source, file, client)
        if answer.status == 304:
            return _unchanged(source)
        file.seek(0)
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
        outcome = _unchanged(source) if digest == source.digest else _taken_over(source, file, digest, now)
    source.digest, source.read_by = digest, read_by
    source.etag, source.last_modified = (_fitting(answer.headers.get(name, "")) for name in ("etag", "last-modified"))
    return outcome


def _read_by(source: CourseSource) -> str:
    """SHA-256 of what the same file may be read otherwise by: the columns as somebody said them, the topic where none
    fits, and the names of all topics, target groups and fundings."""
    columns = sorted(ColumnMapping.known_of(source.provider).items())
    said = repr((source.fallback_topic_id, columns, Names().fingerprint))
    return hashlib.sha256(said.encode()).hexdigest()


def _unchanged(source: CourseSource) -> str:
    """A file that waits for a person goes on saying so."""
    last = source.imported
    if last is not None and last.state == CourseImport.State.READY:
        return f"{WAITS}: {summary(last.counts)}."
    return UNCHANGED


def _fitting(value: str) -> str:
    """One that is too long is none: half of it would never match."""
    return value if len(value) <= LONGEST_VALIDATOR else ""


def _fetched(source: CourseSource, file: BinaryIO, client: Client) -> Answer:
    known = {"If-None-Match": source.etag, "If-Modified-Since": source.last_modified}
    headers = {name: value for name, value in known.items() if value and source.digest}
    answer = client.fetch(source.address, headers=headers, seconds=SECONDS, into=file)
    if answer.status not in {200, 304}:
        raise NoFile(f"Der Server antwortet mit dem Fehler {answer.status}, nicht mit einer Datei.")
    return answer


def _taken_over(source: CourseSource, file: BinaryIO, digest: str, now: datetime) -> str:
    try:
        with _opened(source, file, now) as read:
            _forget_what_came_of_the_last(source, now)
            imported = source.imported = CourseImport.objects.create(
                provider=source.provider,
                created_at=now,
                source=CourseSource.objects.filter(pk=source.pk).first(),  # unless editors have deleted it meanwhile
                source_name=source.address[:200],
                digest=digest,
                is_full=source.is_full,
                fallback_topic=source.fallback_topic,
            )
            source.read_at, source.format = now, read.facts.format[:200]
            apply_import(imported, read, now=now)
    except TooManyGone as asks:
        keep_file(imported, file)
        with _opened(source, file, now) as read:
            preview_import(imported, read, now=now)
        return f"{WAITS}: {asks}"
    return f"Eingelesen: {summary(imported.counts)}."


def _opened(source: CourseSource, file: BinaryIO, now: datetime) -> AbstractContextManager[FileRead]:
    return read_apart(file, ColumnMapping.known_of(source.provider), today=timezone.localdate(now))


def _forget_what_came_of_the_last(source: CourseSource, now: datetime) -> None:
    """A newer file makes one superfluous that still waits, that failed or never began."""
    last = source.imported
    if last is not None and last.can_be_started(now):
        source.imported = None
        last.delete()
