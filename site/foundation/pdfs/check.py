"""Whether a PDF file can be read by those who do not see its pages, as far as a machine can tell.

docs/decisions/pdf-checks.md says what that is and what it is not.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import BinaryIO

from foundation.apart import TooMuch, ask

SECONDS = 20.0
"""Of waiting, on a machine that has much to do; its limits end the process long before."""

UNREADABLE = "unreadable"
LACKS = {
    "text": "Text (die Seiten sind nur Bilder, etwa ein Scan)",
    "tags": "Struktur (Tags für Überschriften, Reihenfolge und Bilder)",
    "language": "Sprache",
    "title": "Titel in den Eigenschaften",
}
"""What may be lacking, the worst first, as editors read it."""


def lacks_of(name: str, file: BinaryIO) -> list[str]:
    """Keys of LACKS, or UNREADABLE alone: damaged, locked by a password, or more than the process takes on. Nothing of
    a file that by its name is no PDF. `file` is read from its start and left there."""
    if not name.lower().endswith(".pdf"):
        return []
    file.seek(0)
    content = file.read()
    file.seek(0)
    try:
        has = ask("foundation.pdfs.child", content, seconds=SECONDS, told={})
    except TooMuch:
        return [UNREADABLE]
    return [key for key in LACKS if not has[key]]


def in_words(lacks: Collection[str]) -> str:
    """A sentence, empty where nothing is lacking."""
    if UNREADABLE in lacks:
        return "Diese PDF-Datei lässt sich nicht prüfen: Sie ist beschädigt, mit einem Kennwort geschützt oder zu groß."
    named = [words for key, words in LACKS.items() if key in lacks]
    return f"Für Vorleseprogramme fehlt dieser PDF-Datei: {', '.join(named)}." if named else ""
