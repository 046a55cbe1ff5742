"""Pictures without what cameras and programs write into them: where they were taken, with what, by whom.

A photograph of somebody's yard must not tell its coordinates. What is needed to show the picture stays: its colours
(ICC profile) and which way is up.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile, File
from PIL import ExifTags, Image
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

_ORIENTATION = ExifTags.Base.Orientation
_TOLD = ("xmp", "comment", "photoshop", "XML:com.adobe.xmp", "Raw profile type exif")
"""Where Pillow keeps what is told beside Exif."""
_QUALITY: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": "keep", "comment": b""},
    "MPO": {"quality": 95},
    "WEBP": {"quality": 95, "save_all": True},
    "AVIF": {"quality": 90, "save_all": True},
    "GIF": {"save_all": True, "comment": b""},
    "PNG": {"save_all": True},
}
"""How each kind is written again: as it was where Pillow can, else so that nobody sees a difference."""


class UnreadablePicture(Exception):
    """Begins like a picture, but cannot be read to its end."""


class BarePictureFile(WagtailImageFieldFile):
    """Whichever way a file comes to a picture (form, several at once, import), this writes it."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        super().save(name, bare(content), save)


class BarePictureField(WagtailImageField):
    attr_class = BarePictureFile


def bare(content: File) -> File:
    """The same file where it tells nothing, else another with the same picture. Raises UnreadablePicture."""
    content.seek(0)
    try:
        with Image.open(content) as picture:
            if not _tells(picture):
                return content
            written = BytesIO()
            kind = "JPEG" if picture.format == "MPO" else picture.format  # several pictures of one moment, of phones
            picture.save(written, format=kind, exif=_way_up(picture), xmp=b"", **_kept(picture))
    except (OSError, SyntaxError, ValueError) as error:
        raise UnreadablePicture from error
    finally:
        content.seek(0)
    return ContentFile(written.getvalue(), name=content.name)


def _tells(picture: Image.Image) -> bool:
    texts = getattr(picture, "text", {})  # PNG
    if picture.format == "MPO" or texts:
        return True
    return any(picture.info.get(name) for name in _TOLD) or bool(set(picture.getexif()) - {_ORIENTATION})


def _way_up(picture: Image.Image) -> bytes:
    orientation = picture.getexif().get(_ORIENTATION, 1)
    if orientation == 1:
        return b""
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    return exif.tobytes()


def _kept(picture: Image.Image) -> dict[str, Any]:
    profile = picture.info.get("icc_profile")
    return {**_QUALITY.get(picture.format or "", {}), **({"icc_profile": profile} if profile else {})}
