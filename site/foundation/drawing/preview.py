"""The picture that messengers and networks show beside a link to a page."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from foundation.drawing import palette
from foundation.drawing.lettering import Font, font, lines_of
from foundation.drawing.mark import mark

WIDTH, HEIGHT = 1200, 630
MARGIN = 72
FOOT = 148
"""Of the band below, which holds mark, wordmark and claim."""
SIZES = (104, 92, 80, 70, 60, 52)
LEADING = 1.04
NAME_SIZES = (56, 48, 40, 34)
CLAIM_WIDTH = 330
DRAWING = "1"
"""Raised with every change of the drawing, so that nobody keeps the old one."""


@dataclass(frozen=True, slots=True)
class PreviewText:
    """What stands on it. `places` are those in view, as `lit` of components/mark.html."""

    title: str
    kicker: str
    wordmark: str
    claim: str
    places: str = ""

    @property
    def digest(self) -> str:
        """Of all that decides how the picture looks."""
        return hashlib.sha256("\0".join((DRAWING, *astuple(self))).encode()).hexdigest()[:16]


def draw_preview(text: PreviewText) -> bytes:
    """PNG of WIDTH × HEIGHT: the title as large as it fits, below it whose page this is."""
    image = Image.new("RGB", (WIDTH, HEIGHT), palette.MOOR)
    pen = ImageDraw.Draw(image)
    _chain(image)
    top = MARGIN
    if text.kicker:
        pen.text((MARGIN, top), _cut(text.kicker, font("Semibold", 34)), font=font("Semibold", 34), fill=palette.RAPS)
        top += 56
    lettering, lines = _fitted(text.title, HEIGHT - FOOT - 24 - top)
    for line in lines:
        pen.text((MARGIN - 3, top), line, font=lettering, fill=palette.KREIDE)
        top += round(lettering.size * LEADING)
    _foot(image, pen, text)
    file = BytesIO()
    image.quantize(128, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _fitted(title: str, height: int) -> tuple[Font, list[str]]:
    """The largest size in which the title fits with whole words; at the smallest one it is broken and cut off."""
    width = WIDTH - 2 * MARGIN
    for size in SIZES:
        lettering = font("Black", size)
        lines = lines_of(title, lettering, width)
        room = int(height // (size * LEADING))
        if len(lines) <= room and all(lettering.getlength(word) <= width for word in title.split()):
            return lettering, lines
    if len(lines) <= room:
        return lettering, lines
    return lettering, [*lines[: room - 1], f"{lines[room - 1]} …"]


def _cut(text: str, lettering: Font) -> str:
    lines = lines_of(text, lettering, WIDTH - 2 * MARGIN)
    return lines[0] if len(lines) == 1 else f"{lines[0]} …"


def _chain(image: Image.Image) -> None:
    """The mark again, large and hardly seen, running out of the picture."""
    chain = mark(1000, colour=palette.FORST)
    image.paste(chain, (430, 130), chain)


def _foot(image: Image.Image, pen: ImageDraw.ImageDraw, text: PreviewText) -> None:
    top = HEIGHT - FOOT
    pen.rectangle((0, top, WIDTH, HEIGHT), fill=palette.RAPS)
    sign = mark(150, colour=palette.MOOR, lit=text.places)
    image.paste(sign, (MARGIN, top + (FOOT - sign.height) // 2), sign)
    middle = top + FOOT // 2
    left = MARGIN + sign.width + 24
    name = next((font("Black", size) for size in NAME_SIZES if _ends(left, text, size) <= WIDTH - MARGIN), None)
    pen.text((left, middle), text.wordmark, font=name or font("Black", NAME_SIZES[-1]), fill=palette.MOOR, anchor="lm")
    small = font("Semibold", 28)
    claim = lines_of(text.claim, small, CLAIM_WIDTH) if text.claim != text.title else []
    if len(claim) <= 2 and _ends(left, text, NAME_SIZES[0]) <= WIDTH - MARGIN - CLAIM_WIDTH - 40:
        place = (WIDTH - MARGIN, middle)
        pen.multiline_text(
            place, "\n".join(claim), font=small, fill=palette.MOOR, anchor="rm", align="right", spacing=6
        )


def _ends(left: int, text: PreviewText, size: int) -> float:
    return left + font("Black", size).getlength(text.wordmark)
