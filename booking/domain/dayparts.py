"""Parts of the day, by the wall clock at which a consultation begins."""

from __future__ import annotations

from enum import Enum


class DayPart(Enum):
    """Half-open, in minutes since midnight; together they are the whole day."""

    MORNING = ("vormittag", "vormittags, bis 12 Uhr", 0, 12 * 60)
    AFTERNOON = ("nachmittag", "nachmittags, ab 12 Uhr", 12 * 60, 17 * 60)
    EVENING = ("abend", "abends, ab 17 Uhr", 17 * 60, 24 * 60)

    def __init__(self, slug: str, label: str, begins: int, ends: int) -> None:
        self.slug, self.label, self.begins, self.ends = slug, label, begins, ends

    def has(self, minutes: int) -> bool:
        """Whether a consultation that begins at this minute of the wall clock lies in this part."""
        return self.begins <= minutes < self.ends

    @classmethod
    def named(cls, slug: str) -> DayPart:
        """Raises ValueError for a name that is none."""
        for part in cls:
            if part.slug == slug:
                return part
        raise ValueError(slug)
