"""Small model fields of places and people."""

from __future__ import annotations

from typing import Any

from foundation.codes import CodeSetField
from offices.holidays import PublicHoliday


class PublicHolidaysField(CodeSetField):
    """A set of public holidays."""

    description = "Public holidays"
    codes = PublicHoliday

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 240)
        super().__init__(*args, **kwargs)
