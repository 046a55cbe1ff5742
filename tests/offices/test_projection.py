"""The network map tells the truth: distances on it are distances in the country."""

from __future__ import annotations

from itertools import pairwise
from math import dist

import pytest

from home.demo.districts import DISTRICTS
from offices.distance import distance_km
from offices.projection import GRID, GRID_KM, HEIGHT, WIDTH, position


def test_the_corners_of_the_network_stand_in_the_corners_of_the_map() -> None:
    assert position(52.8475, 8.0450) == (50, 70)
    x, y = position(51.8280, 9.4455)
    assert y == HEIGHT - 70
    assert x <= WIDTH - 50


def test_neighbours_are_as_far_apart_on_the_map_as_on_the_ground() -> None:
    seats = [(text.latitude, text.longitude) for text in DISTRICTS]
    units_per_km = [dist(position(*one), position(*other)) / distance_km(one, other) for one, other in pairwise(seats)]
    assert units_per_km == pytest.approx([units_per_km[-1]] * 6, rel=0.02)


def test_the_grid_has_its_lines_every_twenty_kilometres_through_the_first_seat() -> None:
    x, y = position(52.8475, 8.0450)
    assert f"M{x} 0V{HEIGHT}" in GRID
    assert f"M0 {y}H{WIDTH}" in GRID
    south = position(52.8475 - GRID_KM / 111.3, 8.0450)[1]
    assert f"M0 {south}H{WIDTH}" in GRID
