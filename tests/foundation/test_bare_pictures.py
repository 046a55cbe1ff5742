"""S10: no picture tells where it was taken, on whichever way it comes in; the way up and the colours stay."""

from __future__ import annotations

import html
import io
import json
import re
from hashlib import sha1
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from PIL import Image, ImageCms, PngImagePlugin
from wagtail.models import Collection, UploadedFile

from foundation.bare_pictures import UnreadablePicture, bare
from foundation.image_forms import DAMAGED, TOO_LARGE
from foundation.models import CreditedImage
from tests.factories.accounts import client_of, editor
from tests.factories.home import PictureFactory

MARKER = b"Beispielkamera"
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Beispielkamera</x:xmpmeta>"
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def telling(kind: str, way_up: int = 6) -> bytes:
    """A picture, wide, with place, camera and comment wherever its kind can hold them."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = MARKER.decode(), way_up
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 6.0, 15.0), 3: "E", 4: (9.0, 21.0, 36.0)})
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", MARKER.decode())
    more = {"PNG": {"pnginfo": texts}, "JPEG": {"comment": MARKER}, "GIF": {"comment": MARKER}}
    content = io.BytesIO()
    Image.linear_gradient("L").resize((32, 16)).convert("RGB").save(
        content, kind, exif=exif, xmp=XMP, icc_profile=PROFILE, **more.get(kind, {})
    )
    return content.getvalue()


def reading(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_s10_place_camera_and_comment_are_taken_out(kind):
    content = telling(kind)
    assert MARKER in content
    written = bare(ContentFile(content)).read()
    assert MARKER not in written
    picture = reading(written)
    assert picture.format == kind
    assert not picture.getexif().get_ifd(0x8825)
    assert picture.getexif().get(0x0112) == (None if kind == "GIF" else 6)
    assert bool(picture.info.get("icc_profile")) == (kind != "GIF")


def test_picture_that_tells_nothing_is_kept_byte_for_byte():
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(content, "JPEG")
    file = ContentFile(content.getvalue())
    assert bare(file) is file


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2, "big") + content


@pytest.mark.parametrize(
    ("planted", "behind"),
    [
        (segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + MARKER), b""),
        (segment(0xE1, b"Exif\0\0" + MARKER), b""),
        (segment(0xE4, MARKER), b""),
        (segment(0xEB, b"JP" + MARKER), b""),
        (segment(0xED, b"Photoshop 3.0\0" + MARKER), b""),
        (segment(0xFE, MARKER), b""),
        (b"", b"<script>" + MARKER),
    ],
)
@pytest.mark.parametrize("progressive", [False, True])
def test_s10_nothing_hides_in_a_jpeg_and_its_picture_is_the_same(planted, behind, progressive):
    content = io.BytesIO()
    Image.effect_noise((64, 48), 90).save(content, "JPEG", icc_profile=PROFILE, progressive=progressive)
    plain = content.getvalue()
    content = plain[:2] + planted + plain[2:] + behind
    written = bare(ContentFile(content)).read()
    assert written == plain
    assert bare(file := ContentFile(written)) is file


@pytest.mark.parametrize("length", [3, 30, 200])
def test_jpeg_that_ends_too_soon_is_not_read(length):
    with pytest.raises(UnreadablePicture):
        bare(ContentFile(telling("JPEG")[:-length]))


def test_picture_of_a_phone_with_several_frames_is_one_picture():
    content = io.BytesIO()
    frame = Image.new("RGB", (8, 8), "green")
    frame.save(content, "MPO", save_all=True, append_images=[frame.copy()])
    assert reading(bare(ContentFile(content.getvalue())).read()).format == "JPEG"


@pytest.mark.django_db
def test_s10_what_is_stored_and_shown_tells_nothing_on_any_way_in():
    client, root = client_of(editor()), Collection.get_first_root_node().pk
    told = {"title": "Hof", "collection": root, "tags": "", "credit_not_needed": "on"}

    def file() -> SimpleUploadedFile:
        return SimpleUploadedFile("hof.jpg", telling("JPEG"), "image/jpeg")

    client.post(reverse("wagtailimages:add"), told | {"file": file()})
    many = client.post(reverse("wagtailimages:add_multiple"), {"files[]": file(), "title": "Hof", "collection": root})
    waiting = json.loads(many.content)["uploaded_file_id"]
    client.post(
        reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting]),
        {f"uploaded-image-{waiting}-{name}": value for name, value in told.items()},
    )
    chosen = {f"image-chooser-upload-{name}": value for name, value in (told | {"file": file()}).items()}
    client.post(reverse("wagtailimages_chooser:create"), chosen)

    images = list(CreditedImage.objects.all())
    assert len(images) == 3
    for image in images:
        with image.file.open() as stored:
            content = stored.read()
        assert MARKER not in content
        assert (image.file_size, image.file_hash) == (len(content), sha1(content, usedforsecurity=False).hexdigest())
    for kind in ("jpeg", "png", "webp", "avif"):
        with images[0].get_rendition(f"width-8|format-{kind}").file.open() as shown:
            assert MARKER not in shown.read()


def png_of(side: int) -> bytes:
    content = io.BytesIO()
    Image.new("1", (side, side)).save(content, "PNG")
    return content.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "make", "refusal"),
    [
        ("hof.jpg", lambda: telling("JPEG")[:-60], DAMAGED),
        ("hof.png", lambda: png_of(9_000), "zu viele Pixel"),
        ("hof.png", lambda: png_of(20_000), TOO_LARGE),
        ("hof.png", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Bild"),
        ("hof.jpg", lambda: b"<!doctype html><script>alert(1)</script>", "Bild"),
    ],
)
@pytest.mark.parametrize("way", ["one", "many", "chooser"])
def test_s10_damaged_pictures_bombs_and_other_kinds_are_refused_with_a_word(name, make, refusal, way):
    told = {"title": "Hof", "collection": Collection.get_first_root_node().pk, "tags": "", "credit_not_needed": "on"}
    file, client = SimpleUploadedFile(name, make(), "image/jpeg"), client_of(editor())
    if way == "one":
        [said] = client.post(reverse("wagtailimages:add"), told | {"file": file}).context["form"].errors["file"]
    elif way == "many":
        answer = client.post(reverse("wagtailimages:add_multiple"), {"files[]": file} | told)
        said = json.loads(answer.content)["error_message"]
    else:
        chosen = {f"image-chooser-upload-{key}": value for key, value in (told | {"file": file}).items()}
        said = json.loads(client.post(reverse("wagtailimages_chooser:create"), chosen).content)["htmlFragment"]
    assert re.search(refusal, html.unescape(said))
    assert not CreditedImage.objects.exists()
    assert not UploadedFile.objects.exists()


@pytest.mark.django_db
def test_pictures_of_before_are_cleaned_by_a_command(django_capture_on_commit_callbacks):
    old = PictureFactory()
    path = Path(old.file.path)
    path.write_bytes(telling("JPEG"))
    shown = Path(old.get_rendition("width-8|format-jpeg").file.path)
    said = StringIO()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("bare_pictures", stdout=said)
    assert said.getvalue() == "Bilder: 1, davon jetzt ohne Aufnahmedaten: 1, nicht zu lesen: 0\n"
    old.refresh_from_db()
    with old.file.open() as stored:
        assert MARKER not in stored.read()
    assert not path.exists()
    assert not shown.exists()
    call_command("bare_pictures", stdout=said)
    assert "davon jetzt ohne Aufnahmedaten: 0" in said.getvalue()
