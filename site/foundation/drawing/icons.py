"""static/img/favicon.svg as pixels, for programs that read no SVG: the mark made simple, five places of the seven."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from foundation.drawing import palette

BOX = 32
LINKS = ((5, 23), (10.5, 9.5), (16, 23), (21.5, 9.5), (27, 23))
WIDTH, NODE, RIM, CORNER = 3.2, 4.2, 1.4, 7
ICO_SIZES = (16, 32, 48)
SHARPER = 8


def _icon(size: int, *, is_rounded: bool) -> Image.Image:
    scale = size * SHARPER / BOX
    image = Image.new("RGBA", (size * SHARPER, size * SHARPER), (0, 0, 0, 0) if is_rounded else palette.WALD)
    pen = ImageDraw.Draw(image)
    if is_rounded:
        pen.rounded_rectangle((0, 0, *(side - 1 for side in image.size)), CORNER * scale, fill=palette.WALD)
    points = [(x * scale, y * scale) for x, y in LINKS]
    pen.line(points, fill=palette.KREIDE, width=round(WIDTH * scale), joint="curve")
    for end in (points[0], points[-1]):
        pen.circle(end, WIDTH / 2 * scale, fill=palette.KREIDE)
    pen.circle(points[2], (NODE + RIM / 2) * scale, fill=palette.WALD)
    pen.circle(points[2], (NODE - RIM / 2) * scale, fill=palette.RAPS)
    return image.resize((size, size), Image.Resampling.LANCZOS)


@cache
def touch_icon() -> bytes:
    """PNG of 180 pixels for home screens, which round the corners themselves."""
    file = BytesIO()
    _icon(180, is_rounded=False).convert("RGB").save(file, "PNG", optimize=True)
    return file.getvalue()


@cache
def favicon() -> bytes:
    """ICO that holds ICO_SIZES, each drawn for its size."""
    file = BytesIO()
    first, *others = [_icon(size, is_rounded=True) for size in reversed(ICO_SIZES)]
    first.save(file, "ICO", sizes=[(size, size) for size in ICO_SIZES], append_images=others)
    return file.getvalue()
