"""Where a place lies on the network map: true positions, one scale for both directions.

An equirectangular projection: a degree of longitude counts what it measures on the network's middle latitude. Over the
100 km of the network no place is off by more than a kilometre, which is less than the size of its dot.
"""

from __future__ import annotations

from itertools import count, takewhile
from math import cos, radians

WIDTH = 640
HEIGHT = 760
GRID_KM = 20
LABEL_SIDES = ("right", "right", "below", "above", "left", "left", "left")
"""Of its dot, where the name of each seat from north-west to south-east meets no other."""
_NORTH_WEST = (52.8475, 8.0450)
_SOUTH_EAST = (51.8280, 9.4455)
_CORNER = (50, 70)
"""Of the view box, where the north-western seat stands; as much is left free in the south-east."""
_KM_PER_DEGREE = 111.3
_SHRINK = cos(radians((_NORTH_WEST[0] + _SOUTH_EAST[0]) / 2))


def _km(latitude: float, longitude: float) -> tuple[float, float]:
    """East and south of the north-western seat."""
    east = (longitude - _NORTH_WEST[1]) * _KM_PER_DEGREE * _SHRINK
    return east, (_NORTH_WEST[0] - latitude) * _KM_PER_DEGREE


_SCALE = min((side - 2 * free) / km for side, free, km in zip((WIDTH, HEIGHT), _CORNER, _km(*_SOUTH_EAST), strict=True))


def position(latitude: float, longitude: float) -> tuple[int, int]:
    """In the units of a view box of WIDTH × HEIGHT."""
    east, south = _km(latitude, longitude)
    return round(_CORNER[0] + east * _SCALE), round(_CORNER[1] + south * _SCALE)


def _lines(corner: int, side: int) -> list[int]:
    """Every GRID_KM inside the box, one of them through the north-western seat."""
    step = GRID_KM * _SCALE
    first = corner % step
    return [round(line) for line in takewhile(lambda line: line < side, (first + step * number for number in count()))]


GRID = "".join(
    [f"M{x} 0V{HEIGHT}" for x in _lines(_CORNER[0], WIDTH)] + [f"M0 {y}H{WIDTH}" for y in _lines(_CORNER[1], HEIGHT)]
)
"""Path of the lines that show the scale."""
