"""What the search finds beside pages: people whom the site shows, and files to download.

They are looked through here and not in the index: whoever is switched off is gone at once. There are dozens of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from foundation.caching.shelf import kept
from foundation.searching.words import stems
from foundation.visibility import open_to_all
from home.models import DownloadsPage
from offices.models import Advisor, OfficePage
from offices.people import advisor_path


@dataclass(frozen=True, slots=True)
class Beside:
    """`stems` are those of all its words, of which `text` shows some."""

    kind: str
    title: str
    url: str
    text: str
    stems: frozenset[str]


def beside_pages(wanted: list[str]) -> list[Beside]:
    """With all of these stems: people by name, then files in their order. Four queries until they are kept."""
    known = kept("home.search.beside", lambda: [*_people(), *_files()])
    return [entry for entry in known if entry.stems.issuperset(wanted)]


def _people() -> Iterator[Beside]:
    """Those who have a page."""
    pages = {page.office_id: page for page in open_to_all(OfficePage.objects.all())}
    for person in Advisor.objects.shown().select_related("office").filter(office__in=pages):
        about = ", ".join(part for part in (person.role, person.office.name, person.focus) if part)
        url = advisor_path(pages[person.office_id], person.slug)
        yield Beside("Menschen", person.name, url, about, frozenset(stems(f"{person.name} {about}")))


def _files() -> Iterator[Beside]:
    for page in open_to_all(DownloadsPage.objects.order_by("path")):
        files = [file for group in page.groups for file in group.value["files"] if file["document"]]
        for file in files:
            title = file["label"] or file["document"].title
            words = f"{title} {file['document'].title} {file['description']}"
            yield Beside("Dateien", title, file["document"].url, file["description"], frozenset(stems(words)))
