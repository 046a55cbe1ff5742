"""What the status and the numbers of a date say."""

from __future__ import annotations

from courses.enums import RunStatus


class RunState:
    """Of a whole date, and of a row that was read without the rest of it."""

    status: str
    guaranteed: bool
    seats_max: int | None
    seats_taken: int | None

    @property
    def seats_left(self) -> int | None:
        """None where the provider names no number."""
        if self.seats_max is None or self.seats_taken is None:
            return None
        return max(0, self.seats_max - self.seats_taken)

    @property
    def is_full(self) -> bool:
        """The provider says so, or its numbers do; `courses.querysets` asks the same of the database."""
        return self.status == RunStatus.FULL or self.seats_left == 0

    @property
    def is_certain(self) -> bool:
        """It takes place whoever else comes."""
        return self.guaranteed or self.status == RunStatus.RUNS
