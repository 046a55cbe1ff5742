"""What the status and the numbers of a date say."""

from __future__ import annotations

from datetime import date

from courses.enums import RunStatus


class RunState:
    """Of a whole date, and of a row that was read without the rest of it."""

    status: str
    guaranteed: bool
    seats_max: int | None
    seats_taken: int | None
    registration_until: date | None

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

    def is_registration_over(self, today: date) -> bool:
        return self.registration_until is not None and self.registration_until < today

    def is_open(self, today: date) -> bool:
        """As far as anybody knows one can still register; `courses.querysets` asks the same of the database."""
        return not (self.is_full or self.is_registration_over(today))

    @property
    def is_certain(self) -> bool:
        """It takes place whoever else comes."""
        return self.guaranteed or self.status == RunStatus.RUNS
