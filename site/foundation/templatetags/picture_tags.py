from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString

from foundation.models import CreditedImage
from foundation.pictures import render_picture

register = template.Library()


@register.simple_tag
def joint_credit(shown: Iterable[Any]) -> str:
    """One line for small pictures that stand together, each with `.name` and `.credit`; a credit that several share
    stands once. Beside portraits and logos a line each would drown the names."""
    names: dict[str, list[str]] = {}
    for each in shown:
        if each.credit:
            names.setdefault(each.credit, []).append(each.name)
    if not names:
        return ""
    return "Bildnachweis: " + "; ".join(f"{', '.join(who)} ({credit})" for credit, who in names.items())


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
