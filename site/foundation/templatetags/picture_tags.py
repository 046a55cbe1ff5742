from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from foundation.models import CreditedImage
from foundation.pictures import render_picture

register = template.Library()


@register.simple_tag
def site_picture(
    image: CreditedImage | None, use: str, alt: str | None = None, *, eager: bool = False
) -> SafeString | str:
    """`{% site_picture image "card" as picture %}`: see `foundation.pictures.SIZES` for the uses.

    Without `alt` the text that the editors gave where the image is used; none means decoration.
    """
    if not image:
        return ""
    text = getattr(image, "contextual_alt_text", "") if alt is None else alt
    return render_picture(image, use, alt=text or "", lazy=not eager)
