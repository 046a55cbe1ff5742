"""Half-open intervals [start, end) of whole minutes, kept as sorted lists of pairs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

Interval = tuple[int, int]


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """The same minutes as disjoint, sorted intervals; touching ones become one, empty ones vanish."""
    result: list[Interval] = []
    for span in sorted(intervals):
        start, end = span
        if start >= end:
            continue
        if result and start <= result[-1][1]:
            if end > result[-1][1]:
                result[-1] = (result[-1][0], end)
        else:
            result.append(span)
    return result


def overlap(one: Interval, other: Interval) -> bool:
    """Whether the two share a minute."""
    return one[0] < other[1] and other[0] < one[1]


def meets(disjoint: Sequence[Interval], span: Interval) -> bool:
    """Whether a span shares a minute with one of the intervals, which are `merged`; an empty one has no minute."""
    if span[0] >= span[1]:
        return False
    number = bisect_right(disjoint, span[0], key=lambda interval: interval[1])
    return number < len(disjoint) and disjoint[number][0] < span[1]


def left_of(span: Interval, disjoint: Iterable[Interval]) -> list[Interval]:
    """What remains of a span without the intervals, which are `merged`; sorted, and nothing where all of it is gone."""
    left = []
    start, end = span
    for opens, closes in disjoint:
        if closes <= start or opens >= end:
            continue
        if start < opens:
            left.append((start, opens))
        start = closes
    return [*left, (start, end)] if start < end else left
