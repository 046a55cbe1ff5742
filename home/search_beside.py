"""What the search finds beside pages: people whom the site shows, providers and fundings of courses, and files.

They are looked through here and not in the index: whoever is switched off is gone at once. There are dozens of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from wagtail.models import Page

from courses.models import FundingKind, Provider
from foundation.caching.shelf import kept
from foundation.models import SiteDocument
from foundation.searching.words import stems
from foundation.visibility import open_to_all, public_collections
from home.models import DownloadsPage, LinkOnPage
from offices.models import Advisor, OfficePage
from offices.people import advisor_path

PEOPLE, PROVIDERS, FUNDINGS, FILES = "Menschen", "Anbieter", "Förderungen", "Dateien"
"""As they are called among the kinds of pages."""


@dataclass(frozen=True, slots=True)
class Beside:
    """`stems` are those of all its words, of which `text` shows some; `title_stems` those of its title."""

    kind: str
    title: str
    url: str
    text: str
    stems: frozenset[str]
    title_stems: frozenset[str]

    @property
    def is_person(self) -> bool:
        return self.kind == PEOPLE

    def words_in_title(self, wanted: list[str]) -> int:
        return sum(stem in self.title_stems for stem in wanted)


def beside_pages(wanted: list[str]) -> list[Beside]:
    """With all of these stems: people by name, providers, fundings, then files in their order. Ten queries until
    they are kept."""
    known = kept("home.search.beside", lambda: [*_people(), *_providers(), *_fundings(), *_files()])
    return [entry for entry in known if entry.stems.issuperset(wanted)]


def _people() -> Iterator[Beside]:
    """Those who have a page."""
    pages = {page.office_id: page for page in open_to_all(OfficePage.objects.all())}
    for person in Advisor.objects.shown().select_related("office").filter(office__in=pages):
        about = ", ".join(part for part in (person.role, person.office.name, person.focus) if part)
        url = advisor_path(pages[person.office_id], person.slug)
        yield _entry(PEOPLE, person.name, url, about, about)


def _providers() -> Iterator[Beside]:
    for provider in Provider.objects.all():
        url = reverse("courses:provider", args=[provider.slug])
        yield _entry(PROVIDERS, provider.name, url, provider.town, f"{provider.town} {provider.description}")


def _fundings() -> Iterator[Beside]:
    for kind in FundingKind.objects.all():
        url = reverse("courses:funding", args=[kind.slug])
        yield _entry(FUNDINGS, kind.name, url, kind.rule, f"{kind.rule} {kind.details} {kind.source_name}")


def _files() -> Iterator[Beside]:
    """Those to download, then those to which a text of another page leads: each once, with the first of these pages."""
    public = set(public_collections().values_list("pk", flat=True))
    told = set()
    for page in open_to_all(DownloadsPage.objects.order_by("path")):
        for file in (file for group in page.groups for file in group.value["files"]):
            document = file["document"]
            if document and document.collection_id in public:
                told.add(document.pk)
                title = file["label"] or document.title
                more = f"{document.title} {file['description']}"
                yield _entry(FILES, title, document.url, file["description"], more)
    links = (
        LinkOnPage.objects.on(open_to_all(Page.objects.all()))
        .filter(to_document__isnull=False)
        .exclude(to_document__in=told)
    )
    places = {link.to_document: link for link in links.select_related("page").order_by("-page__path", "-pk")}
    for document in SiteDocument.objects.filter(pk__in=places, collection__in=public).order_by("title", "pk"):
        link = places[document.pk]
        yield _entry(FILES, document.title, document.url, f"Auf der Seite „{link.page.title}“", link.text)


def _entry(kind: str, title: str, url: str, text: str, more: str) -> Beside:
    """`more`: words besides the title by which it is found."""
    in_title = frozenset(stems(title))
    return Beside(kind, title, url, text, in_title.union(stems(more)), in_title)
