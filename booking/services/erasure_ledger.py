"""What was erased on wish, outside the database: a restored backup does not know it, this file does (P4).

One line for each: the time and the appointment's `uid`, the Message-ID of a mail, or a name of what apps above keep;
none names anybody. The file only grows. It lies where the backup of the database does not put it back (ERASURE_LEDGER).
"""

from __future__ import annotations

import logging
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from booking.models import Appointment

logger = logging.getLogger(__name__)

_APPOINTMENT = "termin"
_MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Erased:
    """`elsewhere` has what apps above keep, by its `booking.elsewhere.KeptElsewhere.kind`."""

    appointments: frozenset[UUID]
    mails: frozenset[str]
    elsewhere: Mapping[str, frozenset[str]] = field(default_factory=dict)


def note_erased(appointments: Iterable[Appointment], mails: Iterable[str] = (), *, now: datetime) -> None:
    """Once the caller's transaction is committed. `mails` are Message-IDs.

    What cannot be written, such as on a full disk, is logged: the erasure itself is done, and the clean-up of the night
    makes up for it (`note_missing`).
    """
    entries = [(_APPOINTMENT, str(each.uid)) for each in appointments] + [(_MAIL, each) for each in mails]
    if entries:
        transaction.on_commit(partial(_append, entries, now))


def note_erased_elsewhere(kind: str, names: Iterable[str], *, now: datetime) -> None:
    """The same for what apps above keep. A name has no white space."""
    transaction.on_commit(partial(_append, [(kind, name) for name in names], now))


def erased() -> Erased:
    """All that the ledger names; nothing where there is none yet. A line cut off by a crash counts as not written."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in _read().splitlines():
        _, _, entry = line.partition(" ")
        kind, _, name = entry.partition(" ")
        if name:
            found[kind].add(name)
    appointments, mails = uids_in(found.pop(_APPOINTMENT, ())), frozenset(found.pop(_MAIL, ()))
    return Erased(appointments, mails, {kind: frozenset(names) for kind, names in found.items()})


def uids_in(names: Iterable[str]) -> frozenset[UUID]:
    """Without those that a crash has cut off."""
    return frozenset(UUID(name) for name in names if _is_uid(name))


def note_missing(*, since: datetime, now: datetime) -> int:
    """Notes what was made anonymous since then and is not in the ledger; how many appointments."""
    known = erased().appointments
    rows = Appointment.objects.filter(anonymised_at__gte=since).order_by("pk").only("uid")
    missing = [row for row in rows if row.uid not in known]
    note_erased(missing, now=now)
    return len(missing)


def _append(entries: list[tuple[str, str]], now: datetime) -> None:
    lines = "".join(f"{now.isoformat(timespec='seconds')} {kind} {name}\n" for kind, name in entries)
    path: Path = settings.ERASURE_LEDGER
    try:
        with path.open("a", encoding="utf-8") as ledger:
            # In one write, so that lines of other processes cannot come between.
            ledger.write(lines if _ends_whole(path) else f"\n{lines}")
            ledger.flush()
            os.fsync(ledger.fileno())
    except OSError:
        logger.exception("The erasure ledger cannot be written")


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as ledger:
        if not ledger.seek(0, os.SEEK_END):
            return True
        ledger.seek(-1, os.SEEK_END)
        return ledger.read(1) == b"\n"


def _read() -> str:
    try:
        path: Path = settings.ERASURE_LEDGER
        return path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""


def _is_uid(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True
