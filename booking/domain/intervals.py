"""Half-open intervals [start, end) of whole minutes, kept as sorted lists of pairs."""

from __future__ import annotations

from collections.abc import Iterable

Interval = tuple[int, int]


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """The same minutes as disjoint, sorted intervals; touching ones become one, empty ones vanish."""
    result: list[Interval] = []
    for start, end in sorted(interval for interval in intervals if interval[0] < interval[1]):
        if result and start <= result[-1][1]:
            if end > result[-1][1]:
                result[-1] = (result[-1][0], end)
        else:
            result.append((start, end))
    return result


def overlap(one: Interval, other: Interval) -> bool:
    """Whether the two share a minute."""
    return one[0] < other[1] and other[0] < one[1]
