"""The mark as pixels: components/mark.html for those who read no SVG."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image, ImageDraw

from foundation.drawing import palette

WIDTH, HEIGHT = 74, 36
"""Of the view box of components/mark.html."""
NODES = tuple((7 + 10 * number, 7 if number % 2 else 29) for number in range(7))
LINK, NODE, RIM = 3.4, 4.9, 2.6
SHARPER = 4
"""Drawn so many times larger and made smaller afterwards: Pillow itself draws stairs."""


@lru_cache(maxsize=32)
def mark(width: int, *, colour: str, lit: str = "") -> Image.Image:
    """On a transparent ground; `lit` as in the template: the places in view as digits 0 to 6."""
    scale = width * SHARPER / WIDTH
    image = Image.new("RGBA", (width * SHARPER, round(HEIGHT * scale)))
    pen = ImageDraw.Draw(image)
    points = [(x * scale, y * scale) for x, y in NODES]
    pen.line(points, fill=colour, width=round(LINK * scale), joint="curve")
    for number, centre in enumerate(points):
        if str(number) in lit:
            pen.circle(centre, (NODE + RIM / 2) * scale, fill=colour)
            pen.circle(centre, (NODE - RIM / 2) * scale, fill=palette.RAPS)
        else:
            pen.circle(centre, NODE * scale, fill=colour)
    return image.resize((width, round(HEIGHT * scale / SHARPER)), Image.Resampling.LANCZOS)
