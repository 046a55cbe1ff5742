"""What the network map is drawn on: the same for every page."""

from __future__ import annotations

from django import template

from offices.projection import GRID, GRID_KM, HEIGHT, WIDTH

register = template.Library()


@register.simple_tag
def map_box() -> str:
    """The view box in which `offices.projection` places the seats."""
    return f"0 0 {WIDTH} {HEIGHT}"


@register.simple_tag
def map_grid() -> str:
    """The path of lines that show the scale."""
    return GRID


@register.simple_tag
def map_grid_km() -> int:
    """How far apart these lines are."""
    return GRID_KM
