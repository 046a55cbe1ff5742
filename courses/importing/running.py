"""Who works on which import: one at a time for each provider, and a process that died stops nobody for long."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from courses.catalogue.records import FileRefused
from courses.models import CourseCataloguePage, CourseImport, Provider
from courses.models.course_import import MOST_ATTEMPTS

logger = logging.getLogger(__name__)
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
        imported.refresh_from_db(fields=["state", "claimed_at", "finished_at", "attempts"])
        is_free = imported.can_be_undone(now) if to_undo else imported.can_be_started(now)
        if not is_free:
            raise ImportRefused(f"Das geht jetzt nicht: Stand „{imported.get_state_display()}“.")
        imported.state, imported.claimed_at, imported.problem = State.RUNNING, now, ""
        imported.attempts += 1
        if not to_undo:
            imported.finished_at = None
        imported.save(update_fields=["state", "claimed_at", "problem", "finished_at", "attempts"])


def ask_for_preview(imported: CourseImport, *, now: datetime) -> None:
    """From now on it says that somebody looks at it. Raises ImportRefused."""
    _take(imported, now=now, attempts=0)


def claim_preview(imported: CourseImport, *, now: datetime) -> None:
    """For a process that begins with what was asked for. Raises ImportRefused where another one was faster."""
    _take(imported, now=now, attempts=imported.attempts + 1)


def _take(imported: CourseImport, *, now: datetime, attempts: int) -> None:
    begins = imported.state == State.LOOKING and imported.attempts == 0 and attempts
    known = CourseImport.objects.filter(pk=imported.pk, state=imported.state, claimed_at=imported.claimed_at)
    taken = {"state": State.LOOKING, "claimed_at": now, "problem": "", "counts": {}, "attempts": attempts}
    if not (begins or imported.can_be_started(now)) or not known.update(**taken):
        imported.refresh_from_db()
        raise ImportRefused(f"Das geht jetzt nicht: Stand „{imported.get_state_display()}“.")
    for name, value in taken.items():
        setattr(imported, name, value)


def is_still_to_do(imported: CourseImport, *, now: datetime) -> bool:
    """A task of the worker may come twice: once more for one whose process died, though not for ever."""
    if imported.attempts == 0:
        return True
    if not imported.was_broken_off(now):
        return False
    if imported.attempts < MOST_ATTEMPTS:
        return True
    left = State.DONE if imported.is_in else State.FAILED
    fail(imported, "Der Vorgang wurde zweimal unterbrochen. Bitte starten Sie ihn noch einmal.", state=left)
    return False


@contextmanager
def telling_failure(imported: CourseImport, doing: str, left: str, *, state: State = State.FAILED) -> Iterator[None]:
    """Whatever stops it stands in the import, in German, and is raised on. `doing` is what is done, as the subject of a
    sentence, `left` the sentence that says how things are now. The worker ends a task for its time by SystemExit."""
    try:
        yield
    except ImportBusy:
        raise
    except (FileRefused, ImportRefused) as refused:
        fail(imported, str(refused), state=state)
        raise
    except Exception:
        logger.exception("The import %s was broken off.", imported.pk)
        fail(
            imported,
            f"{doing} ist an einem unerwarteten Fehler gescheitert. {left} Die Technik findet ihn im Protokoll.",
            state=state,
        )
        raise
    except (SystemExit, KeyboardInterrupt):
        fail(imported, f"{doing} hat zu lange gedauert und wurde beendet. {left}", state=state)
        raise


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
    own = CourseImport.objects.filter(pk=imported.pk, state__in=CourseImport.AT_WORK, claimed_at=imported.claimed_at)
    own.update(state=state, problem=problem, finished_at=timezone.now(), claimed_at=None)
    imported.refresh_from_db()


def _refuse_beside_others(imported: CourseImport, now: datetime) -> None:
    running = CourseImport.objects.filter(provider_id=imported.provider_id, state=State.RUNNING)
    busy = next((each for each in running.order_by("claimed_at") if each.is_at_work(now)), None)
    if busy and busy.claimed_at:
        since = timezone.localtime(busy.claimed_at)
        raise ImportBusy(f"Für diesen Anbieter läuft seit {since:%H:%M} Uhr schon ein Einlesen. Bitte warten Sie.")
