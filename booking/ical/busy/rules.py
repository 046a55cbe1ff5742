"""Which recurrence rules may be expanded. Some ask for a million instants, or for none in ten thousand years."""

from __future__ import annotations

import re

FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
MOST_TIMES_A_DAY = 24


def is_bounded(rule: str) -> bool:
    """Whether a RRULE can be expanded for half a year without harm."""
    parts = _parts(rule)
    interval = parts.get("INTERVAL", "1")
    if parts.get("FREQ") not in FREQUENCIES or not re.fullmatch(r"[0-9]{1,4}", interval) or not int(interval):
        return False
    times = 1
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times *= len(parts.get(name, "0").split(","))
    return times <= MOST_TIMES_A_DAY


def is_zone_rule(rule: str) -> bool:
    """Whether it says when the clocks change: once a year (RFC 5545, 3.6.5)."""
    return is_bounded(rule) and _parts(rule)["FREQ"] == "YEARLY" and "BYHOUR" not in _parts(rule)


def _parts(rule: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in rule.upper().replace(" ", "").split(";"))
    return {name: value for name, _, value in pairs}
