"""Which courses a list of all takes away where it does not name them: never those that come from somewhere else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from courses.models import CourseImport, CoursePage

_OF_SOURCE = ("imported__source", "imported__source__is_active", "imported__source__address")


class Absent:
    """Of one import: all that could fall away, and what stays; `live` are both. One query.

    What is fetched takes away what its own source has brought, or one that is switched off. A file that somebody sends
    takes away whatever no active source brings: that person sees before what goes.
    """

    def __init__(self, imported: CourseImport) -> None:
        live = CoursePage.objects.filter(provider=imported.provider_id, live=True).exclude(provider_reference="")
        self._taken: list[tuple[int, str]] = []
        self._elsewhere: list[tuple[str, str]] = []
        for pk, reference, source, is_active, address in live.order_by("pk").values_list(
            "pk", "provider_reference", *_OF_SOURCE
        ):
            if source == imported.source_id or (source and not is_active):
                self._taken.append((pk, reference))
            elif source:
                self._elsewhere.append((reference, f"von der Kursquelle {address}"))
            else:
                self._elsewhere.append((reference, "aus Dateien, die jemand gesendet hat, oder von Hand"))

    @property
    def live(self) -> int:
        return len(self._taken) + len(self._elsewhere)

    def __len__(self) -> int:
        return len(self._taken)

    def gone(self, named: Collection[str]) -> list[int]:
        """The keys of those that fall away beside a file that names these numbers."""
        return [pk for pk, reference in self._taken if reference not in named]

    def kept(self, named: Collection[str]) -> Iterator[str]:
        """A sentence for each place from which courses stay that the file does not name."""
        for where, number in Counter(where for reference, where in self._elsewhere if reference not in named).items():
            courses = "1 Kurs" if number == 1 else f"{number} Kurse"
            yield f"Nicht in dieser Datei, aber weiter online: {courses} {where}."
