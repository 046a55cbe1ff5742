"""Who of several free advisors gets the appointment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def fair_order(advisors: Iterable[int], load: Mapping[int, int]) -> list[int]:
    """Advisors with the smallest load first; equal loads go by number, so that the order can be foretold."""
    return sorted(set(advisors), key=lambda advisor: (load.get(advisor, 0), advisor))
