"""What a request says, as far as the database can keep it."""

from __future__ import annotations

from collections.abc import Mapping


def said(data: Mapping[str, str], name: str, longest: int) -> str:
    """The value of that name in one line: cut, without control characters (PostgreSQL refuses NUL with an error)."""
    return "".join(sign for sign in data.get(name, "")[:longest] if sign.isprintable()).strip()
