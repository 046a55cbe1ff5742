from __future__ import annotations

import re

from django import template

register = template.Library()

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")


@register.filter
def sentences(text: str) -> list[str]:
    """Each sentence of a text in Leichte Sprache stands on a line of its own (DIN SPEC 33429)."""
    return _SENTENCE_END.split(text)
