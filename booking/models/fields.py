"""Small model fields of the booking."""

from __future__ import annotations

from typing import Any

from booking.enums import Kind
from foundation.codes import CodeSetField


class KindsField(CodeSetField):
    """A set of kinds of meeting."""

    description = "Kinds of meeting"
    codes = Kind
    empty_message = "Bitte wählen Sie mindestens eine Art."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 80)
        super().__init__(*args, **kwargs)
