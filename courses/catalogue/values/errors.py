from __future__ import annotations


class NotUnderstood(ValueError):
    """What stands in a cell is not what its column holds. The message is a German sentence that says why."""
