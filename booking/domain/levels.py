"""How bad it is that something is late, in the three words that monitoring programs know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum


class Level(IntEnum):
    """Also the exit code of a check (Nagios plugin API)."""

    OK = 0
    WARNING = 1
    CRITICAL = 2


@dataclass(frozen=True, slots=True)
class Limits:
    """From which age on something is bad, and from which on it is critical."""

    warning: timedelta
    critical: timedelta

    def level_of(self, age: timedelta | None) -> Level:
        """None is the age of nothing. An age below zero (the clock jumped back) is no trouble."""
        if age is None or age < self.warning:
            return Level.OK
        return Level.CRITICAL if age >= self.critical else Level.WARNING
