"""F26: no file enters the library that is larger than visitors should have to load, on any way in."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection

from foundation.models import SiteDocument
from tests.factories.accounts import client_of, editor

pytestmark = pytest.mark.django_db

PREFIX = "document-chooser-upload-"


def file_of(size: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("merkblatt.txt", b"x" * size, "text/plain")


def post(way: str, size: int) -> str:
    """What the editor is told of a file of so many bytes."""
    values = {"title": "Merkblatt", "collection": Collection.get_first_root_node().pk, "tags": ""}
    client = client_of(editor())
    if way == "single":
        return client.post(reverse("wagtaildocs:add"), values | {"file": file_of(size)}).text
    if way == "multiple":
        answer = client.post(reverse("wagtaildocs:add_multiple"), values | {"files[]": file_of(size)}).json()
        return str(answer.get("error_message", ""))
    inside = {f"{PREFIX}{name}": value for name, value in values.items()}
    answer = client.post(reverse("wagtaildocs_chooser:create"), inside | {f"{PREFIX}file": file_of(size)})
    return str(answer.json().get("htmlFragment", ""))


@pytest.mark.parametrize("way", ["single", "multiple", "chooser"])
def test_f26_document_above_15_mb_is_refused_by_the_form_and_leaves_nothing(settings, tmp_path, way):
    settings.MEDIA_ROOT = tmp_path
    told = post(way, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE + 1)
    assert settings.WAGTAILDOCS_MAX_UPLOAD_SIZE == 15 * 1024 * 1024
    assert "Die Datei ist zu groß (15,0 MB). Maximale Dateigröße 15,0 MB." in told.replace("\xa0", " ")
    assert not SiteDocument.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("way", ["single", "multiple", "chooser"])
def test_f26_document_as_large_as_allowed_is_taken(settings, tmp_path, way):
    settings.MEDIA_ROOT = tmp_path
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 1000
    post(way, 1000)
    assert SiteDocument.objects.get().file.size == 1000
