"""§ 13 UrhG: no picture enters the site without a credit or the explicit word that none is owed, on any way in."""

from __future__ import annotations

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection, UploadedFile

from foundation.image_forms import ONCE_MORE
from foundation.models import CreditedImage
from tests.factories.accounts import client_of, editor

pytestmark = pytest.mark.django_db

MESSAGE = "Bitte nennen Sie Urheber oder Quelle, oder kreuzen Sie „Keine Nennung nötig“ an."


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def client():
    return client_of(editor())


def picture() -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(content, "PNG")
    return SimpleUploadedFile("hof.png", content.getvalue(), "image/png")


def values(prefix: str = "", **more: object) -> dict[str, object]:
    plain = {"title": "Hof", "credit": "", "collection": Collection.get_first_root_node().pk, "tags": "", **more}
    return {f"{prefix}{name}": value for name, value in plain.items()}


def test_single_upload_without_credit_is_refused(client):
    response = client.post(reverse("wagtailimages:add"), values(file=picture()))
    assert response.context["form"].errors == {"credit": [MESSAGE], "__all__": [ONCE_MORE]}
    assert not CreditedImage.objects.exists()


@pytest.mark.parametrize("credit", [{"credit": "Foto: Beispiel"}, {"credit_not_needed": "on"}])
def test_single_upload_with_credit_or_the_explicit_choice_is_kept(client, credit):
    client.post(reverse("wagtailimages:add"), values(file=picture(), **credit))
    assert CreditedImage.objects.get().credit == credit.get("credit", "")


def test_blank_credit_is_none(client):
    client.post(reverse("wagtailimages:add"), values(file=picture(), credit="   "))
    assert not CreditedImage.objects.exists()


def test_upload_of_many_asks_for_the_credit_of_each(client):
    response = client.post(reverse("wagtailimages:add_multiple"), {"title": "Hof", "files[]": picture()})
    answer = json.loads(response.content)
    assert answer["success"]
    assert not CreditedImage.objects.exists()
    upload = UploadedFile.objects.get()
    prefix = f"uploaded-image-{upload.pk}-"
    assert f'name="{prefix}credit"' in answer["form"]

    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[upload.pk])
    answer = json.loads(client.post(address, values(prefix)).content)
    assert not answer["success"]
    assert MESSAGE in answer["form"]
    assert not CreditedImage.objects.exists()

    answer = json.loads(client.post(address, values(prefix, credit="Foto: Beispiel")).content)
    assert answer["success"]
    assert CreditedImage.objects.get().credit == "Foto: Beispiel"


def test_upload_inside_the_chooser_is_refused(client):
    response = client.post(reverse("wagtailimages_chooser:create"), values("image-chooser-upload-", file=picture()))
    assert MESSAGE in json.loads(response.content)["htmlFragment"]
    assert not CreditedImage.objects.exists()


# Wagtail leaves the file of a fresh rendition to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_credit_cannot_be_taken_away_later(client):
    client.post(reverse("wagtailimages:add"), values(file=picture(), credit="Foto: Beispiel"))
    image = CreditedImage.objects.get()
    response = client.post(reverse("wagtailimages:edit", args=[image.pk]), values())
    assert response.context["form"].errors == {"credit": [MESSAGE]}
    image.refresh_from_db()
    assert image.credit == "Foto: Beispiel"
