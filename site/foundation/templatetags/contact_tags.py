from __future__ import annotations

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

BREAK_AFTER = "@.-_"


def entities(text: str) -> str:
    """Every character as a numeric entity: browsers show the text, plain harvesters find no address."""
    return "".join(f"&#{ord(character)};" for character in text)


@register.filter
def email_href(address: str) -> SafeString:
    """The `mailto:` address for an href, in entities."""
    return mark_safe(entities(f"mailto:{address.strip()}"))


@register.filter
def email_text(address: str) -> SafeString:
    """The visible address in entities, with a place to break after @ . - and _; copied without gaps."""
    pieces = [entities(char) + ("<wbr>" if char in BREAK_AFTER else "") for char in address.strip()]
    return mark_safe("".join(pieces))


@register.filter
def phone_href(number: str) -> str:
    """The `tel:` address: digits and a leading plus; a leading German 0 becomes +49, „(0)“ after +49 is left out."""
    digits = re.sub(r"[^\d+]", "", number.replace("(0)", ""))
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    elif digits.startswith("0"):
        digits = f"+49{digits[1:]}"
    return f"tel:{digits}"
