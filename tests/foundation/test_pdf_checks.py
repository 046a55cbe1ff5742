"""PDF files are looked at as they come into the library: what readers who do not see their pages lack, in words."""

from __future__ import annotations

from io import BytesIO
from zlib import compress

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)
from pypdf.xmp import XmpInformation
from wagtail.models import Collection

from foundation.models import SiteDocument
from foundation.pdfs import check
from foundation.pdfs.check import UNREADABLE, in_words, lacks_of
from foundation.pdfs.child import look
from foundation.pdfs.unseen import look_at_unseen
from tests.factories.accounts import client_of, editor

WORDS = b"BT /F1 12 Tf 72 720 Td (Zehn Fragen) Tj ET"


def pdf(
    *,
    text: bytes = WORDS,
    tags: bool = True,
    is_marked: bool = True,
    language: str = "de",
    title: str = "Zehn Fragen",
    new_title: str = "",
    passwords: tuple[str, str] = ("", ""),
) -> bytes:
    """A file of one page that lacks nothing but what is left out. `passwords` are those of readers and of the owner."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    named = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    fonts = DictionaryObject({NameObject("/F1"): named})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    content = DecodedStreamObject()
    content.set_data(text)
    page[NameObject("/Contents")] = writer._add_object(content)
    writer.metadata = {"/Title": title} if title else {}
    if tags:
        root = writer.root_object
        root[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(is_marked)})
        element = DictionaryObject({NameObject("/S"): NameObject("/Document")})
        root[NameObject("/StructTreeRoot")] = writer._add_object(
            DictionaryObject({NameObject("/K"): ArrayObject([writer._add_object(element)])})
        )
    if language:
        writer.root_object[NameObject("/Lang")] = TextStringObject(language)
    if new_title:
        writer.xmp_metadata = XmpInformation.create()
        writer.xmp_metadata.dc_title = {"x-default": new_title}
    if any(passwords):
        writer.encrypt(*passwords, algorithm="AES-256")
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def bomb() -> bytes:
    """Its page is 170 MB of text in some hundred kilobytes."""
    packed = compress(b"(Zehn Fragen) Tj " * 10_000_000, 1)
    plain = pdf(text=b"?" * len(packed))
    return plain.replace(b"?" * len(packed), packed).replace(b"/Length", b"/Filter /FlateDecode /Length", 1)


@pytest.mark.parametrize(
    ("left_out", "lacking"),
    [
        ({}, set()),
        ({"text": b""}, {"text"}),
        ({"tags": False}, {"tags"}),
        ({"is_marked": False}, {"tags"}),
        ({"language": " "}, {"language"}),
        ({"title": ""}, {"title"}),
        ({"title": "", "new_title": "Zehn Fragen"}, set()),
        ({"passwords": ("", "geheim")}, set()),
        ({"text": b"BT ET", "tags": False, "language": "", "title": " "}, {"text", "tags", "language", "title"}),
    ],
)
def test_what_is_left_out_is_found(left_out, lacking):
    assert {key for key, has in look({}, pdf(**left_out)).items() if not has} == lacking


@pytest.mark.parametrize(
    ("content", "lacks"),
    [
        (pdf(text=b"", title=""), ["text", "title"]),
        (pdf(passwords=("geheim", "geheim")), [UNREADABLE]),
        (pdf()[:400], [UNREADABLE]),
        (b"%PDF-1.7\n" + b"[" * 100_000, [UNREADABLE]),
    ],
    ids=["scan", "locked", "cut off", "nested"],
)
def test_a_process_of_its_own_looks_and_may_fail(content, lacks):
    file = BytesIO(content)
    assert (lacks_of("Fragen.PDF", file), file.tell()) == (lacks, 0)


def test_what_unpacks_to_a_flood_is_not_unpacked():
    assert lacks_of("bombe.pdf", BytesIO(bomb())) == [UNREADABLE]


def test_words_name_the_worst_first():
    assert in_words([]) == ""
    assert in_words(["title", "tags"]) == (
        "Für Vorleseprogramme fehlt dieser PDF-Datei: Struktur (Tags für Überschriften, Reihenfolge und Bilder), "
        "Titel in den Eigenschaften."
    )
    assert in_words([UNREADABLE]) == (
        "Diese PDF-Datei lässt sich nicht prüfen: Sie ist beschädigt, mit einem Kennwort geschützt oder zu groß."
    )


@pytest.fixture
def library(settings, tmp_path, monkeypatch):
    """The process is asked for above; here it finds no tags in any file."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(check, "ask", lambda *_, **__: dict.fromkeys(check.LACKS, True) | {"tags": False})


WARNING = "Für Vorleseprogramme fehlt dieser PDF-Datei: Struktur (Tags für Überschriften, Reihenfolge und Bilder)."


def upload(name: str = "fragen.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7")


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_a_file_is_looked_at_on_every_way_in_and_its_form_says_what_it_lacks():
    client = client_of(editor())
    values = {"title": "Fragen", "collection": Collection.get_first_root_node().pk, "tags": ""}
    client.post(reverse("wagtaildocs:add"), values | {"file": upload()})
    several = client.post(reverse("wagtaildocs:add_multiple"), values | {"files[]": upload()}).json()
    inside = {f"document-chooser-upload-{name}": value for name, value in {**values, "file": upload()}.items()}
    client.post(reverse("wagtaildocs_chooser:create"), inside)
    assert [document.pdf_lacks for document in SiteDocument.objects.all()] == [["tags"]] * 3
    assert WARNING in several["form"]
    one = SiteDocument.objects.first()
    address = reverse("wagtaildocs:edit", args=[one.pk])
    assert WARNING in client.get(address).text
    client.post(address, values | {"file": upload("fragen.txt")})
    one.refresh_from_db()
    assert one.pdf_lacks == []
    assert WARNING not in client.get(address).text


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_files_that_came_another_way_are_looked_at_once():
    names = ["fragen.pdf", "fragen.txt", "fort.pdf"]
    found = [SiteDocument.objects.create(title=name, file=ContentFile(b"x", name=name)) for name in names]
    found[2].file.storage.delete(found[2].file.name)
    assert (look_at_unseen(), look_at_unseen()) == (3, 0)
    assert [document.pdf_lacks for document in SiteDocument.objects.order_by("pk")] == [["tags"], [], [UNREADABLE]]
