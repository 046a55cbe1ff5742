"""An import from its file to the courses: looked at first, then written, all in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from courses.catalogue.records import Entry, FileRead, FileRefused, Rejection
from courses.importing.absent import Absent
from courses.importing.names import Names
from courses.importing.plan import AT_ONCE, CoursePlan, Kind, Planner, gone_plan
from courses.importing.rows import insert_rows
from courses.importing.running import ImportRefused, State, TooManyGone, claim, fail, lock, telling_failure
from courses.importing.writing import Writer
from courses.models import CourseImport, CoursePage, ImportEntry

Tell = Callable[[int], object]
"""Hears how many entries of the file are done."""

APPLYING = ("Das Einlesen", "Übernommen ist nichts.")
"""For `telling_failure`."""

_LOOKED_AT = ("state", "problem", "format", "is_full", "counts", "notices", "claimed_at")


def preview_import(imported: CourseImport, read: FileRead, *, now: datetime, tell: Tell | None = None) -> None:
    """Writes down what the file would do, and does nothing. Raises FileRefused, ImportRefused where somebody has begun
    to take it in meanwhile."""
    known = (imported.state, imported.claimed_at)
    imported.entries.all().delete()
    try:
        _Run(imported, read, now=now, writer=None, tell=tell).go()
    except FileRefused as refused:
        imported.entries.all().delete()
        imported.state, imported.problem, imported.counts = State.FAILED, str(refused), {}
        _keep_preview(imported, known)
        raise
    imported.state, imported.problem = State.READY, ""
    _keep_preview(imported, known)


def _keep_preview(imported: CourseImport, known: tuple[str, datetime | None]) -> None:
    imported.claimed_at = None
    values = {name: getattr(imported, name) for name in _LOOKED_AT}
    state, claimed_at = known
    if not CourseImport.objects.filter(pk=imported.pk, state=state, claimed_at=claimed_at).update(**values):
        imported.refresh_from_db()
        raise ImportRefused(f"Das geht jetzt nicht: Stand „{imported.get_state_display()}“.")


def apply_import(
    imported: CourseImport, read: FileRead, *, now: datetime, gone_is_meant: bool = False, tell: Tell | None = None
) -> None:
    """All of the file or nothing. Looks anew at what is stored: since the preview much may have happened.

    Raises FileRefused, ImportBusy, TooManyGone unless `gone_is_meant`, ImportRefused.
    """
    claim(imported, now=now)
    with telling_failure(imported, *APPLYING):
        apply_claimed(imported, read, now=now, gone_is_meant=gone_is_meant, tell=tell)


def apply_claimed(
    imported: CourseImport, read: FileRead, *, now: datetime, gone_is_meant: bool, tell: Tell | None = None
) -> None:
    """As `apply_import`, for whoever has claimed it before the file was opened, and tells what failed."""
    try:
        with transaction.atomic():
            catalogue = lock(imported)
            imported.entries.all().delete()
            run = _Run(imported, read, now=now, writer=Writer(imported, catalogue, now), tell=tell)
            run.go(gone_is_meant=gone_is_meant)
            imported.state, imported.finished_at, imported.claimed_at = State.DONE, now, None
            imported.save()
    except TooManyGone as refused:
        fail(imported, str(refused), state=State.READY)
        imported.counts["asks"] = 1  # the preview may have seen fewer go
        imported.save(update_fields=["counts"])
        raise


class _Run:
    def __init__(
        self, imported: CourseImport, read: FileRead, *, now: datetime, writer: Writer | None, tell: Tell | None
    ) -> None:
        self.imported = imported
        self.read = read
        self.writer = writer
        self.tell = tell
        self.counts: Counter[str] = Counter()
        self.seen: set[str] = set()
        self.number = 0
        self.still_lacking = 0
        if read.facts.is_full is not None:
            imported.is_full = read.facts.is_full
        self.absent = Absent(imported)
        self.planner = Planner(
            imported.provider,
            Names(),
            imported.fallback_topic_id,
            today=timezone.localdate(now),
            locks=writer is not None,
            is_update=read.facts.is_full is False,
            source=imported.source_id,
        )

    def go(self, *, gone_is_meant: bool = True) -> None:
        imported = self.imported
        imported.format = self.read.facts.format[:200]
        imported.notices = list(self.read.facts.notices)
        done = 0
        for piece in self.planner.pieces(self._noting(self.read.entries)):
            self._take(piece)
            done += len(piece)
            imported.note_progress(done)
            if self.tell:
                self.tell(done)
        if imported.is_full and imported.absent_stays:
            imported.notices.append("Was in der Datei fehlt, ist geblieben. So wurde es gewählt.")
        elif imported.is_full:
            self._take_away()
        if self.still_lacking:
            imported.notices.append(f"Unveränderte Kurse, denen an Terminen noch die PLZ fehlt: {self.still_lacking}.")
        self._ask_for(gone_is_meant)
        imported.counts = dict(self.counts)

    def _noting(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """A course of which a row is refused is in the file all the same; whatever cell names it."""
        for entry in entries:
            if isinstance(entry, Rejection):
                self.seen.update(value.strip() for value in entry.cells.values())
            else:
                self.seen.add(entry.reference)
            yield entry

    def _take(self, piece: list[CoursePlan]) -> None:
        if self.writer:
            self.writer.write(piece)
        for plan in piece:
            self.counts[plan.kind.value] += 1
            self.counts["drafts"] += plan.kind == Kind.NEW and not plan.is_live
            self.counts["kept"] += bool(plan.kept)
            self.still_lacking += plan.still_lacks
        told = [plan for plan in piece if plan.is_worth_telling]
        # Of two clicks on „Vorschau“ both write the same.
        insert_rows(ImportEntry, [self._entry(plan) for plan in told], if_new=self.writer is None)

    def _entry(self, plan: CoursePlan) -> ImportEntry:
        self.number += 1
        return ImportEntry(
            imported=self.imported,
            number=self.number,
            kind=plan.kind,
            place=plan.place[:80],
            reference=plan.reference,
            title=plan.title,
            course_id=plan.course.pk if plan.course else None,
            is_live=plan.is_live,
            was_live=plan.was_live,
            before=plan.before,
            after=plan.after,
            kept=plan.kept,
            notices=plan.notices,
            cells=[*plan.cells.items()],  # PostgreSQL keeps no order of the keys of an object
        )

    def _take_away(self) -> None:
        gone = self.absent.gone(self.seen)
        for start in range(0, len(gone), AT_ONCE):
            found = CoursePage.objects.filter(pk__in=gone[start : start + AT_ONCE])
            self._take([gone_plan(known) for known in self.planner.read(found)])
        self.imported.notices += self.absent.kept(self.seen)

    def _ask_for(self, gone_is_meant: bool) -> None:
        gone = self.counts[Kind.GONE.value]
        stored = len(self.absent) if self.imported.is_full else self.absent.live
        if not is_too_many(gone, stored):
            return
        self.counts["asks"] = 1
        if not gone_is_meant:
            raise TooManyGone(
                f"{gone} von {stored} Kursen fallen weg, mehr als {settings.COURSE_IMPORT_MOST_GONE} Prozent. Bitte "
                "bestätigen Sie, dass das so sein soll."
            )


def is_too_many(gone: int, stored: int) -> bool:
    return bool(gone * 100 > stored * settings.COURSE_IMPORT_MOST_GONE)
