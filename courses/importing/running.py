"""Who works on which import: one at a time for each provider, and a process that died stops nobody for long."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from courses.models import CourseCataloguePage, CourseImport, Provider
from courses.models.course_import import LEASE

State = CourseImport.State


class ImportRefused(Exception):
    """It is not done, and nothing is changed. The message is German, for whoever asked for it."""


class ImportBusy(ImportRefused):
    """Somebody else is at it."""


class TooManyGone(ImportRefused):
    """More courses would fall away than anybody means by accident; they have to be confirmed."""


def claim(imported: CourseImport, *, now: datetime, to_undo: bool = False) -> None:
    """Raises ImportBusy, ImportRefused. Asks first without a lock: on SQLite it would wait until the other is done.

    The end of an import stays known while it is undone: whoever dies then leaves one that is still in.
    """
    _refuse_beside_others(imported, now)
    with transaction.atomic():
        Provider.objects.select_for_update().get(pk=imported.provider_id)
        _refuse_beside_others(imported, now)
        imported.refresh_from_db(fields=["state", "claimed_at", "finished_at"])
        is_free = imported.can_be_undone(now) if to_undo else imported.can_be_started(now)
        if not is_free:
            raise ImportRefused(f"Das geht jetzt nicht: Stand „{imported.get_state_display()}“.")
        imported.state, imported.claimed_at, imported.problem = State.RUNNING, now, ""
        if not to_undo:
            imported.finished_at = None
        imported.save(update_fields=["state", "claimed_at", "problem", "finished_at"])


def lock(imported: CourseImport) -> CourseCataloguePage:
    """Inside the transaction that writes: nobody else writes courses of this provider or adds pages in bulk.

    Raises ImportBusy where another process took the claim over meanwhile, ImportRefused without a list of courses.
    """
    Provider.objects.select_for_update().get(pk=imported.provider_id)
    known = CourseImport.objects.values_list("state", "claimed_at").get(pk=imported.pk)
    if known != (State.RUNNING, imported.claimed_at):
        raise ImportBusy("Ein anderer Vorgang hat dieses Einlesen übernommen.")
    catalogue: CourseCataloguePage | None = (
        CourseCataloguePage.objects.select_for_update(of=("self", "page_ptr")).select_related("locale").first()
    )
    if catalogue is None:
        raise ImportRefused("Es gibt noch keine Seite „Kursübersicht“, unter der Kurse stehen könnten.")
    return catalogue


def fail(imported: CourseImport, problem: str, *, state: State = State.FAILED) -> None:
    """After the transaction is gone. Of whoever took the claim over nothing is touched."""
    own = CourseImport.objects.filter(pk=imported.pk, state=State.RUNNING, claimed_at=imported.claimed_at)
    own.update(state=state, problem=problem, finished_at=timezone.now(), claimed_at=None)
    imported.refresh_from_db()


def _refuse_beside_others(imported: CourseImport, now: datetime) -> None:
    running = CourseImport.objects.filter(
        provider_id=imported.provider_id, state=State.RUNNING, claimed_at__gt=now - LEASE
    )
    busy = running.order_by("claimed_at").first()
    if busy:
        since = timezone.localtime(busy.claimed_at)
        raise ImportBusy(f"Für diesen Anbieter läuft seit {since:%H:%M} Uhr schon ein Einlesen. Bitte warten Sie.")
