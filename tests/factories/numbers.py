"""Names with numbers that are all of one length: they sort as they were made, and none is the beginning of another.

How far a process has counted when a test begins hangs on the tests that it was given before.
"""

from __future__ import annotations

from factory import Sequence

FIRST = 10_000


def numbered(pattern: str = "{}") -> Sequence:
    """`pattern` with the next number for its braces."""
    return Sequence(lambda n: pattern.format(FIRST + n))
