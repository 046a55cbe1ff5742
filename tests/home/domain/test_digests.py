"""When the next mail about new courses is due, across weeks and changes of the clock."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from home.domain.digests import DAILY, WEEKLY, next_digest


@pytest.mark.parametrize(
    ("rhythm", "after", "due"),
    [
        (DAILY, datetime(2026, 11, 24, 4, 59, tzinfo=UTC), datetime(2026, 11, 24, 5, tzinfo=UTC)),
        (DAILY, datetime(2026, 11, 24, 5, tzinfo=UTC), datetime(2026, 11, 25, 5, tzinfo=UTC)),
        (DAILY, datetime(2026, 11, 28, 23, 30, tzinfo=UTC), datetime(2026, 11, 29, 5, tzinfo=UTC)),
        (WEEKLY, datetime(2026, 11, 24, 5, tzinfo=UTC), datetime(2026, 11, 30, 5, tzinfo=UTC)),
        (WEEKLY, datetime(2026, 11, 30, 4, tzinfo=UTC), datetime(2026, 11, 30, 5, tzinfo=UTC)),
        (WEEKLY, datetime(2026, 11, 30, 5, tzinfo=UTC), datetime(2026, 12, 7, 5, tzinfo=UTC)),
        (DAILY, datetime(2027, 3, 27, 5, tzinfo=UTC), datetime(2027, 3, 28, 4, tzinfo=UTC)),
        (DAILY, datetime(2027, 10, 30, 4, tzinfo=UTC), datetime(2027, 10, 31, 5, tzinfo=UTC)),
    ],
    ids=["before", "at", "night", "week", "monday", "monday sent", "summer", "winter"],
)
def test_the_next_mail_is_due_at_six_in_berlin(rhythm, after, due):
    assert next_digest(rhythm, after) == due
