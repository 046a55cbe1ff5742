"""Files of providers as readers hand them on, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from courses.catalogue.records import CourseRecord, FileFacts, FileRead, FileRefused, Rejection, RunRecord
from courses.importing.run import apply_import
from courses.models import CourseImport, Provider

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
SAID = frozenset({"reference", "summary", "contents", "topics", "price_state", "price", "booking_link", "runs"})
RUN = RunRecord(starts_on=date(2027, 1, 12), town="Hameln", postcode="31785", seats_max=12)


def record(reference: str = "K-1", **values: Any) -> CourseRecord:
    """Of a file that speaks of all that a course needs; further values count as said."""
    known: dict[str, Any] = {
        "title": "Gabelstapler fahren",
        "place": f"Zeile {reference}",
        "summary": "In drei Tagen zum Fahrausweis.",
        "contents": "<p>Theorie und Praxis.</p>",
        "topics": ("Digitalisierung",),
        "booking_link": "https://weserbogen-bildung.example/kurse/1/",
        "runs": (RUN,),
    }
    said = values.pop("said", SAID | (values.keys() - {"title", "place"}))
    return replace(CourseRecord(reference=reference, **(known | values)), said=said)


def file_of(*entries: CourseRecord | Rejection) -> FileRead:
    return FileRead(FileFacts("Probe"), iter(entries))


def broken_after(*entries: CourseRecord) -> FileRead:
    def read() -> Iterator[CourseRecord]:
        yield from entries
        raise FileRefused("Die Datei bricht ab.")

    return FileRead(FileFacts("Probe"), read())


def new_import(provider: Provider, **values: Any) -> CourseImport:
    return CourseImport.objects.create(**{"provider": provider, "created_at": NOW, "source_name": "kurse.csv"} | values)


def take_in(provider: Provider, entries: Iterable[CourseRecord | Rejection], **values: Any) -> CourseImport:
    """The import when it is done. `gone_is_meant` is for the application, the rest for the import."""
    meant = values.pop("gone_is_meant", False)
    imported = new_import(provider, **values)
    apply_import(imported, file_of(*entries), now=NOW, gone_is_meant=meant)
    return imported
