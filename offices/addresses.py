"""Addresses that hold the short name of an office: a fixed word in the same place would hide the office."""

from __future__ import annotations

from django.urls import NoReverseMatch, Resolver404, resolve, reverse


class OfficeAddresses:
    """The apps above name theirs here; before any does, no short name is refused."""

    def __init__(self) -> None:
        self._names: list[str] = []

    def register(self, *names: str) -> None:
        """Names of addresses whose only argument is the short name of an office."""
        self._names.extend(name for name in names if name not in self._names)

    def hidden(self, slug: str) -> str:
        """The first address of an office of that short name which leads to another page; empty if none does."""
        return next((address for name in self._names if (address := _if_hidden(name, slug))), "")


def _if_hidden(name: str, slug: str) -> str:
    try:
        address = reverse(name, args=[slug])
        return "" if resolve(address).view_name == name else address
    except (NoReverseMatch, Resolver404):
        # No short name at all: the field itself says so.
        return ""


office_addresses = OfficeAddresses()
