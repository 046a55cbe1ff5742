"""Words on pictures, in a typeface that is part of the installation: a bare server has none.

Source Sans by Adobe (SIL Open Font License), a humanist sans like those that pages ask the visitor's system for.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from PIL import ImageFont

Font = ImageFont.FreeTypeFont


@cache
def font(weight: str, size: int) -> Font:
    """`weight` is „Semibold“, „Bold“ or „Black“."""
    path = files("font_source_sans_pro") / "files" / f"SourceSansPro-{weight}.otf"
    with path.open("rb") as file:
        return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)


def lines_of(text: str, lettering: Font, width: int) -> list[str]:
    """The words in lines of at most `width` pixels; a word that is wider alone is broken."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and lettering.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines += _pieces(word, lettering, width)
    return lines


def _pieces(word: str, lettering: Font, width: int) -> list[str]:
    pieces = []
    while word and lettering.getlength(word) > width:
        fitting = next(end for end in range(len(word) - 1, 0, -1) if lettering.getlength(f"{word[:end]}-") <= width)
        pieces.append(f"{word[:fitting]}-")
        word = word[fitting:]
    return [*pieces, word]
