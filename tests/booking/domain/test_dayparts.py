"""Where morning, afternoon and evening begin."""

from __future__ import annotations

import pytest

from booking.domain.dayparts import DayPart


@pytest.mark.parametrize(
    ("minutes", "slug"),
    [
        (0, "vormittag"), (11 * 60 + 59, "vormittag"), (12 * 60, "nachmittag"), (16 * 60 + 59, "nachmittag"),
        (17 * 60, "abend"), (24 * 60 - 1, "abend"),
    ],
)  # fmt: skip
def test_every_minute_lies_in_exactly_one_part(minutes, slug):
    assert [part.slug for part in DayPart if part.has(minutes)] == [slug]


def test_parts_are_found_by_their_name():
    assert [DayPart.named(part.slug) for part in DayPart] == list(DayPart)
    for wrong in ("nacht", "Vormittag"):
        with pytest.raises(ValueError, match=wrong):
            DayPart.named(wrong)
