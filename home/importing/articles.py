"""Make drafts of the old site's files, one transaction each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from courses.models import Topic
from foundation.models import CreditedImage
from home.importing.body import blocks_of
from home.importing.pictures import checked_bytes, find_picture, image_of
from home.importing.source import Refused, Source, read_source
from home.models import ImportedNews, NewsIndexPage, NewsPage
from offices.models import District

SUFFIXES = frozenset({".md", ".html", ".htm"})
LONGEST_NAME = 500
"""As ImportedNews keeps it, with its folders."""


@dataclass(slots=True)
class Outcome:
    """What became of a file. `notes` are for the editor who looks through the drafts."""

    source: str
    word: str
    detail: str = ""
    notes: list[str] = field(default_factory=list)


def article_files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())


def import_articles(root: Path, index: NewsIndexPage) -> Iterator[Outcome]:
    """Each outcome as soon as its file is done. A file that is refused changes nothing and stops nobody."""
    for path in article_files(root):
        source = path.relative_to(root).as_posix()
        shown = source.encode(errors="backslashreplace").decode()
        if shown != source or len(source) > LONGEST_NAME:
            yield Outcome(shown, "abgelehnt", "Der Dateiname ist nicht in UTF-8 oder zu lang.")
            continue
        if ImportedNews.objects.filter(source=source).exists():
            yield Outcome(source, "schon da")
            continue
        try:
            yield _import_article(path, root=root, source=source, index=index)
        except Refused as refused:
            yield Outcome(source, "abgelehnt", str(refused))
        except Exception as error:  # noqa: BLE001  # whatever a foreign text does to the libraries costs one article
            reason = f"Der Inhalt lässt sich nicht übernehmen ({type(error).__name__})."
            yield Outcome(source, "abgelehnt", reason)


def _import_article(path: Path, *, root: Path, source: str, index: NewsIndexPage) -> Outcome:
    if not path.resolve().is_relative_to(root.resolve()):
        raise Refused("Die Datei liegt außerhalb des Ordners.")
    found = read_source(path)
    outcome = Outcome(source, "übernommen", found.title)
    written: list[CreditedImage] = []

    def picture(src: str, alt: str) -> dict[str, Any] | None:
        file = find_picture(src, beside=path, root=root)
        if file is None:
            outcome.notes.append(f"Bild einer anderen Website weggelassen: {src[:100]}")
            return None
        image, is_new = image_of(file, checked_bytes(file), title=alt or file.stem)
        if is_new:
            written.append(image)
        if not alt:
            outcome.notes.append(f"Bild ohne Beschreibung: {file.name}")
        return {"picture": {"image": image.pk, "alt_text": alt[:255], "decorative": not alt}, "caption": ""}

    try:
        with transaction.atomic():
            pieces = blocks_of(found.body, picture, outcome.notes.append)
            page = _draft(found, pieces, index=index, slug=slugify(path.stem), notes=outcome.notes)
            ImportedNews.objects.create(source=source, page=page)
    except BaseException:
        # The database forgets the pictures of an article that failed; the disk would not.
        for image in written:
            image.file.storage.delete(image.file.name)
        raise
    return outcome


def _draft(
    found: Source, pieces: list[tuple[str, Any]], *, index: NewsIndexPage, slug: str, notes: list[str]
) -> NewsPage:
    district = District.objects.filter(name__iexact=found.district).first() if found.district else None
    if found.district and district is None:
        notes.append(f"Landkreis nicht gefunden: {found.district}")
    topics = [topic for name in found.topics if (topic := _topic(name, notes))]
    page = NewsPage(
        title=found.title,
        slug=_free_slug(index, slug or "nachricht"),
        date=found.date,
        author_initials=initials(found.author),
        district=district,
        lead=(found.lead or found.title)[:600],
        search_description=found.description,
        live=False,
        has_unpublished_changes=True,
    )
    if not found.lead:
        notes.append("Der Vorspann fehlt; dort steht der Titel.")
    raw = [{"type": kind, "value": value} for kind, value in pieces]
    page.body = page.body.stream_block.to_python(raw)
    index.add_child(instance=page)
    page.topics.set(topics)
    page.save()
    page.save_revision()
    return page


def _topic(name: str, notes: list[str]) -> Topic | None:
    topic = Topic.objects.filter(name__iexact=name).first()
    if topic is None:
        notes.append(f"Thema nicht gefunden: {name}")
    return topic


def initials(author: str) -> str:
    """At most eight signs, as the field holds: „Kim Muster“ becomes „km“, „mm“ stays."""
    words = author.split()
    return "".join(word[0] for word in words[:8]).lower() if len(words) > 1 else author[:8]


def _free_slug(index: NewsIndexPage, wanted: str) -> str:
    taken = set(index.get_children().filter(slug__startswith=wanted).values_list("slug", flat=True))
    number = 2
    slug = wanted
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug
