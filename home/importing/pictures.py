"""Pictures beside the old site's files: inside the folder, small enough, really pictures."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image, UnidentifiedImageError
from wagtail.models import Collection

from foundation.bare_pictures import UnreadablePicture, bare
from foundation.models import CreditedImage
from home.importing.source import Refused

COLLECTION = "Übernommene Nachrichten"
CREDIT = "prüfen"
"""What stands as the credit until an editor has looked."""

_FORMATS = ["AVIF", "GIF", "JPEG", "PNG", "WEBP"]


def find_picture(address: str, *, beside: Path, root: Path) -> Path | None:
    """The file that `src` means; None for one of another site, which is left out. Refuses whatever leads out of `root`,
    by dots, from the top of the disk or by a symbolic link."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    name = unquote(parts.path)
    if "\x00" in name or name.startswith(("/", "\\")) or ":" in name:
        raise Refused(f"Ein Bild liegt außerhalb des Ordners: {address[:100]}")
    found = (beside.parent / name).resolve()
    if not found.is_relative_to(root.resolve()):
        raise Refused(f"Ein Bild liegt außerhalb des Ordners: {address[:100]}")
    if not found.is_file():
        raise Refused(f"Ein Bild fehlt: {address[:100]}")
    return found


def checked_bytes(path: Path) -> bytes:
    """Of the picture without what it tells beside; by size before it is read, by its head before it is unpacked."""
    if path.stat().st_size > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        raise Refused(f"Das Bild {path.name} ist größer als 15 MB.")
    try:
        with Image.open(path, formats=_FORMATS) as picture:
            width, height = picture.size
            picture.verify()
    except Image.DecompressionBombError as error:
        raise Refused(f"Das Bild {path.name} hat zu viele Bildpunkte.") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Refused(f"Das Bild {path.name} ist beschädigt oder kein Bild.") from error
    if width * height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise Refused(f"Das Bild {path.name} hat zu viele Bildpunkte.")
    try:
        content: bytes = bare(ContentFile(path.read_bytes())).read()
    except UnreadablePicture as error:
        raise Refused(f"Das Bild {path.name} ist beschädigt oder kein Bild.") from error
    return content


def image_of(path: Path, content: bytes, *, title: str) -> tuple[CreditedImage, bool]:
    """In the collection, once for equal bytes; and whether it is new there."""
    collection = Collection.objects.filter(name=COLLECTION).first()
    if collection is None:
        collection = Collection.get_first_root_node().add_child(name=COLLECTION)
    digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()  # as Wagtail's `file_hash`
    known = CreditedImage.objects.filter(collection=collection, file_hash=digest).first()
    if known is not None:
        return known, False
    file = ImageFile(BytesIO(content), name=path.name)
    image = CreditedImage(title=title[:255], credit=CREDIT, collection=collection, file=file)
    image.file_size, image.file_hash = len(content), digest
    image.save()
    return image, True
