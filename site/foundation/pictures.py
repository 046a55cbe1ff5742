"""Pictures in the sizes of the site: three formats, four widths, never wider than the original."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils.safestring import SafeString
from wagtail.images.models import Filter, Picture

from foundation.models import CreditedImage

FORMATS = ("avif", "webp", "jpeg")
SIZES = {
    # Where a picture stands: the widths to offer, and how wide it is shown. A slide is a card, too: every screen takes
    # the same file for both, and the home page fetches it once.
    "wide": ((640, 960, 1280), "(width >= 76rem) 46rem, 92vw"),
    "card": ((640, 960), "(width >= 40rem) 34rem, 86vw"),
    "portrait": ((160, 320), "7rem"),
    "logos": ((480, 960), "30rem"),
}


def specs(use: str) -> list[Filter]:
    widths = ",".join(map(str, SIZES[use][0]))
    formats = ",".join(FORMATS)
    return [Filter(spec) for spec in Filter.expand_spec([f"format-{{{formats}}}", f"width-{{{widths}}}"])]


def render_picture(image: CreditedImage, use: str, *, alt: str = "", lazy: bool = True) -> SafeString:
    """A <picture> with width and height, nothing of a withdrawn one; `alt` empty means that it only decorates."""
    if image.is_withdrawn:
        return SafeString("")
    attributes = {"alt": alt, "sizes": SIZES[use][1], "decoding": "async"}
    attributes |= {"loading": "lazy"} if lazy else {"fetchpriority": "high"}
    return SafeString(Picture(image.get_renditions(*specs(use)), attributes).__html__())


def may_be_shown(image: CreditedImage | None) -> bool:
    return image is not None and not image.is_withdrawn


def picture_address(image: CreditedImage, use: str) -> str:
    """Full address of the widest JPEG, for programs of others. No query where the renditions are fetched."""
    return urljoin(settings.BASE_URL, image.get_rendition(specs(use)[-1]).url)


def fetch_renditions(images: Iterable[CreditedImage | None]) -> None:
    """Load what is rendered of all these images in one query."""
    known = [image for image in images if image is not None]
    if known:
        prefetch_related_objects(known, "renditions")


def any_picture() -> CreditedImage | None:
    """The newest picture of the library, to show a block with one."""
    return CreditedImage.objects.order_by("-pk").first()
