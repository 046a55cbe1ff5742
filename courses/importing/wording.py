"""What an import does, in German."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from courses.catalogue.markup import plain_text
from courses.importing.names import Names
from courses.importing.values import LINKED, NUMBER, PLAIN, PRICE, RUNS, column
from courses.models import CourseImport, CoursePage, ImportEntry
from courses.models.price import price_in_words

LONGEST = 160
LABELS: dict[str, str] = {
    NUMBER: "Nummer beim Anbieter",
    **{name: str(column(CoursePage, name).verbose_name) for name in PLAIN},
    "title": "Titel",
    "topics": "Themen",
    "target_groups": "Zielgruppen",
    "funding_kinds": "Förderungen",
    PRICE: "Preis",
    RUNS: "Termine",
}
_COUNTED = (
    ("new", "{} neu", ""),
    ("changed", "{} geändert", ""),
    ("gone", "1 fällt weg", "{} fallen weg"),
    ("same", "{} unverändert", ""),
    ("rejected", "{} abgelehnt", ""),
)


def summary(counts: Mapping[str, int]) -> str:
    """„17 neu, 2 davon Entwurf, 4 geändert, 9 fallen weg“"""
    parts = []
    for name, one, many in _COUNTED:
        number = counts.get(name, 0)
        if number:
            parts.append((one if number == 1 or not many else many).format(number))
        if name == "new" and counts.get("drafts"):
            parts.append(f"{counts['drafts']} davon Entwurf")
    return ", ".join(parts) or "nichts zu tun"


def state_of(imported: CourseImport, now: datetime) -> str:
    if imported.was_broken_off(now):
        if imported.state == CourseImport.State.LOOKING:
            return "Vorschau abgebrochen"
        return "Zurücknehmen abgebrochen" if imported.is_in else "abgebrochen"
    if imported.is_in and imported.state != CourseImport.State.DONE:
        return "wird zurückgenommen"
    if imported.state == CourseImport.State.NEW:
        return "Vorschau steht noch aus"
    return imported.get_state_display()


def said_of(entry: ImportEntry, names: Names) -> Iterator[str]:
    """What changes, what editors have said otherwise, and what else there is to say, a sentence each."""
    if entry.kind == ImportEntry.Kind.CHANGED:
        for name, value in entry.after.items():
            old, new = in_words(name, entry.before.get(name), names), in_words(name, value, names)
            yield f"{LABELS[name]}: {old} → {new}"
        if entry.is_live and not entry.was_live:
            yield "Wird wieder veröffentlicht."
    for name, theirs, files in entry.kept:
        own, said = in_words(name, theirs, names), in_words(name, files, names)
        yield f"{LABELS[name]} bleibt, wie die Redaktion es geändert hat: {own}. In der Datei: {said}"
    yield from entry.notices


def in_words(name: str, value: Any, names: Names, longest: int = LONGEST) -> str:
    if name == PRICE and value:
        return price_in_words(value[0], None if value[1] is None else Decimal(value[1]))
    if name == RUNS:
        dates = (f"{date.fromisoformat(run['starts_on']):%d.%m.%Y} {run['town']}".strip() for run in value)
        return ", ".join(dates) or "–"
    if name in LINKED:
        return ", ".join(names.labels[name].get(key, "gelöscht") for key in value) or "–"
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if name == "contents":
        value = plain_text(value)
    elif value and (choices := column(CoursePage, name).flatchoices):
        value = dict(choices).get(value, value)
    text = " ".join(str("" if value is None else value).split())
    return (text if len(text) <= longest else f"{text[: longest - 1]}…") or "–"
