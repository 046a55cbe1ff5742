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

from foundation.bare_jpeg import bare_jpeg

_ORIENTATION = ExifTags.Base.Orientation
_TOLD = ("xmp", "comment", "XML:com.adobe.xmp", "Raw profile type exif")
"""Where Pillow keeps what is told beside Exif."""
_QUALITY: dict[str, dict[str, Any]] = {
    "WEBP": {"quality": 95, "save_all": True},
    "AVIF": {"quality": 90, "save_all": True},
    "GIF": {"save_all": True, "comment": b""},
    "PNG": {"save_all": True},
}
"""How each kind is written again, so that nobody sees a difference."""


class UnreadablePicture(Exception):
    """Begins like a picture, but cannot be read to its end."""


class BarePictureFile(WagtailImageFieldFile):
    """Whichever way a file comes to a picture (form, several at once, import), this writes it."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        super().save(name, bare(content), save)


class BarePictureField(WagtailImageField):
    attr_class = BarePictureFile


def bare(content: File) -> File:
    """The same file where it tells nothing, else another with the same picture. Raises UnreadablePicture, and
    `Image.DecompressionBombError` where the picture is much too large to be looked at."""
    content.seek(0)
    try:
        with Image.open(content) as picture:
            written = _bare(content, picture)
    except (OSError, SyntaxError, ValueError) as error:
        raise UnreadablePicture from error
    finally:
        content.seek(0)
    return content if written is None else ContentFile(written, name=content.name)


def _bare(content: File, picture: Image.Image) -> bytes | None:
    """None where there is nothing to take out."""
    if picture.format in {"JPEG", "MPO"}:  # the latter holds several pictures of one moment, of phones
        content.seek(0)
        whole = content.read()
        written = bare_jpeg(whole, exif=_way_up(picture))
        return None if written == whole else written
    if not _tells(picture):
        return None
    again = BytesIO()
    picture.save(again, format=picture.format, exif=_way_up(picture), xmp=b"", **_kept(picture))
    return again.getvalue()


def _tells(picture: Image.Image) -> bool:
    exif = _exif(picture)
    if set(exif) - {_ORIENTATION} or (picture.info.get("exif") and not exif):
        return True
    return bool(getattr(picture, "text", {})) or any(picture.info.get(name) for name in _TOLD)  # texts are those of PNG


def _exif(picture: Image.Image) -> Image.Exif:
    """Empty where nobody can read it."""
    try:
        return picture.getexif()
    except Exception:  # noqa: BLE001  # whatever a broken block does to the library
        return Image.Exif()


def _way_up(picture: Image.Image) -> bytes:
    orientation = _exif(picture).get(_ORIENTATION, 1)
    if orientation == 1:
        return b""
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    return exif.tobytes()


def _kept(picture: Image.Image) -> dict[str, Any]:
    profile = picture.info.get("icc_profile")
    return {**_QUALITY.get(picture.format or "", {}), **({"icc_profile": profile} if profile else {})}
