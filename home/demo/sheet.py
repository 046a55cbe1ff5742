"""A sheet to print on: flat shapes in the colours of the landscape, drawn large and scaled down for smooth edges.

Positions are fractions of the sheet (0…1 across, 0…1 down), sizes are fractions of its height, so that a scene keeps
its proportions in any format.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Sequence

from PIL import Image, ImageDraw

Colour = tuple[int, int, int]
Point = tuple[float, float]

SUPERSAMPLING = 3


def colour(code: str) -> Colour:
    """RGB of `#rrggbb`."""
    value = int(code.lstrip("#"), 16)
    return value >> 16, value >> 8 & 255, value & 255


MOOR = colour("#12312b")
WALD = colour("#1f5b4a")
FELD = colour("#2f7d4f")
RAPS = colour("#ffc933")
ZIEGEL = colour("#a63d22")
HIMMEL = colour("#d6ecf5")
KREIDE = colour("#fbfaf5")
SAND = colour("#efebdd")


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Both colours over each other; `share` of the second, 0 to 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


# Overprints of the eight.
GOLD = mix(RAPS, ZIEGEL, 0.22)
PEACH = mix(RAPS, KREIDE, 0.62)
ROSE = mix(ZIEGEL, KREIDE, 0.62)
BRICK = mix(ZIEGEL, RAPS, 0.14)
MEADOW = mix(FELD, RAPS, 0.32)
HAZE = mix(WALD, HIMMEL, 0.62)
BROWN = mix(ZIEGEL, MOOR, 0.55)
SKINS = (mix(ROSE, SAND, 0.35), mix(BROWN, ROSE, 0.3), mix(ROSE, RAPS, 0.18), mix(ROSE, BROWN, 0.3))


class Sheet:
    def __init__(self, width: int, height: int, ground: Colour) -> None:
        self.size = width, height
        self.width, self.height = width * SUPERSAMPLING, height * SUPERSAMPLING
        self.aspect = width / height
        self.image = Image.new("RGB", (self.width, self.height), ground)
        self.draw = ImageDraw.Draw(self.image)

    def finish(self) -> Image.Image:
        return self.image.resize(self.size, Image.Resampling.LANCZOS)

    def across(self, size: float) -> float:
        """A size (share of the height) as a share of the width."""
        return size / self.aspect

    def point(self, x: float, y: float) -> Point:
        return x * self.width, y * self.height

    def shape(self, points: Iterable[Point], fill: Colour) -> None:
        self.draw.polygon([self.point(x, y) for x, y in points], fill=fill)

    def band(self, top: float, bottom: float, fill: Colour) -> None:
        self.draw.rectangle((0, top * self.height, self.width, bottom * self.height), fill=fill)

    def box(self, x: float, y: float, wide: float, high: float, fill: Colour, radius: float = 0) -> None:
        """A box from its left top corner; `wide` is a share of the height like `high`."""
        left, top = self.point(x, y)
        corner = (left + wide * self.height, top + high * self.height)
        self.draw.rounded_rectangle((left, top, *corner), radius * self.height, fill=fill)

    def disc(self, x: float, y: float, radius: float, fill: Colour, squash: float = 1) -> None:
        centre_x, centre_y = self.point(x, y)
        half = radius * self.height
        self.draw.ellipse((centre_x - half, centre_y - half * squash, centre_x + half, centre_y + half * squash), fill)

    def line(self, points: Sequence[Point], thickness: float, fill: Colour) -> None:
        """A line with round ends and joints."""
        width = max(1, round(thickness * self.height))
        places = [self.point(x, y) for x, y in points]
        self.draw.line(places, fill=fill, width=width, joint="curve")
        for x, y in places:
            self.draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=fill)

    def ridge(
        self, level: float, rise: float, phase: float, fill: Colour, waves: float = 1.6
    ) -> Callable[[float], float]:
        """Land up to a rolling skyline; returns the skyline's height at any place."""

        def skyline(x: float) -> float:
            slow = math.sin(2 * math.pi * (waves * x + phase))
            fast = math.sin(2 * math.pi * (waves * 2.3 * x + phase * 1.7))
            return level - rise * (0.72 * slow + 0.28 * fast)

        steps = [step / 160 for step in range(161)]
        self.shape([(x, skyline(x)) for x in steps] + [(1, 1), (0, 1)], fill)
        return skyline

    def curve(self, points: Sequence[Point], rounds: int = 4) -> list[Point]:
        """The corners of a line cut off again and again until it is smooth; the ends stay."""
        result = list(points)
        for _ in range(rounds):
            cut = [result[0]]
            for (x1, y1), (x2, y2) in itertools.pairwise(result):
                cut += [(0.75 * x1 + 0.25 * x2, 0.75 * y1 + 0.25 * y2), (0.25 * x1 + 0.75 * x2, 0.25 * y1 + 0.75 * y2)]
            result = [*cut, result[-1]]
        return result

    # ── Things that stand in more than one scene ─────────────────────────────────────────────────────────────────

    def round_tree(self, x: float, foot: float, size: float, crown: Colour, light: Colour) -> None:
        self.box(x - self.across(size * 0.04), foot - size * 0.4, size * 0.08, size * 0.4, MOOR)
        self.disc(x, foot - size * 0.62, size * 0.36, crown)
        self.disc(x - self.across(size * 0.1), foot - size * 0.7, size * 0.2, light)

    def poplar(self, x: float, foot: float, size: float, crown: Colour) -> None:
        half = self.across(size * 0.11)
        outline = [
            (x, foot - size),
            (x + half, foot - size * 0.6),
            (x + half, foot - size * 0.2),
            (x, foot - size * 0.08),
        ]
        mirrored = [(2 * x - px, py) for px, py in reversed(outline)]
        self.box(x - self.across(size * 0.02), foot - size * 0.2, size * 0.04, size * 0.2, MOOR)
        self.shape(self.curve(outline, 3) + self.curve(mirrored, 3), crown)

    def fir(self, x: float, foot: float, size: float, fill: Colour) -> None:
        for top, half, bottom in ((1.0, 0.13, 0.55), (0.75, 0.19, 0.28), (0.5, 0.24, 0.0)):
            wide = self.across(size * half)
            self.shape(
                [(x, foot - size * top), (x + wide, foot - size * bottom), (x - wide, foot - size * bottom)], fill
            )

    def house(self, x: float, foot: float, size: float, wall: Colour, roof: Colour, window: Colour) -> None:
        """A farmhouse from the side: long roof, a gate, four windows. `x` is its left edge, `size` its height."""
        wide = size * 1.7
        eaves = foot - size * 0.5
        self.box(x, eaves, wide, size * 0.5, wall)
        left, right = x - self.across(size * 0.1), x + self.across(wide + size * 0.1)
        inset = self.across(size * 0.28)
        self.shape([(left, eaves), (left + inset, foot - size), (right - inset, foot - size), (right, eaves)], roof)
        for place in (0.14, 0.4, 1.2, 1.44):
            self.box(x + self.across(size * place), eaves + size * 0.13, size * 0.13, size * 0.17, window)
        self.box(x + self.across(size * 0.7), eaves + size * 0.1, size * 0.34, size * 0.4, mix(roof, MOOR, 0.6))

    def turbine(self, x: float, foot: float, size: float, turn: float, fill: Colour) -> None:
        hub = foot - size
        half = self.across(size * 0.018)
        self.shape([(x - half, foot), (x - half / 2, hub), (x + half / 2, hub), (x + half, foot)], fill)
        for blade in range(3):
            angle = turn + blade * 2 * math.pi / 3
            tip = x + self.across(size * 0.46 * math.sin(angle)), hub - size * 0.46 * math.cos(angle)
            side = self.across(size * 0.03 * math.cos(angle)), size * 0.03 * math.sin(angle)
            heel = x + self.across(size * 0.1 * math.sin(angle)), hub - size * 0.1 * math.cos(angle)
            self.shape([(x, hub), (heel[0] + side[0], heel[1] + side[1]), tip], fill)
        self.disc(x, hub, size * 0.025, fill)

    def person(self, x: float, foot: float, size: float, skin: Colour, hair: Colour, top: Colour) -> None:
        """Head and upper body, cut off at `foot`."""
        shoulder = foot - size * 0.55
        half = self.across(size * 0.34)
        left = [
            (x - half * 1.06, foot),
            (x - half, shoulder + size * 0.12),
            (x - half * 0.7, shoulder),
            (x, shoulder - size * 0.04),
        ]
        outline = self.curve(left, 3)
        self.shape(outline + [(2 * x - px, py) for px, py in reversed(outline)], top)
        self.box(
            x - self.across(size * 0.075),
            shoulder - size * 0.14,
            size * 0.15,
            size * 0.2,
            mix(skin, MOOR, 0.18),
            size * 0.06,
        )
        self.disc(x, shoulder - size * 0.24, size * 0.185, hair, 1.06)
        self.disc(x, shoulder - size * 0.2, size * 0.155, skin, 1.12)
        self.draw_fringe(x, shoulder - size * 0.24, size * 0.175, hair)

    def draw_fringe(self, x: float, y: float, radius: float, hair: Colour) -> None:
        """Hair over the forehead: the upper part of a disc, cut straight."""
        centre_x, centre_y = self.point(x, y)
        half = radius * self.height
        self.draw.chord((centre_x - half, centre_y - half, centre_x + half, centre_y + half), 195, 345, fill=hair)
