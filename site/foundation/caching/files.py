"""Kept pages and parts in files, which all processes of one machine share."""

from __future__ import annotations

from itertools import count

from django.core.cache.backends.filebased import FileBasedCache

LOOKS_EVERY = 50


class FileCache(FileBasedCache):
    """Looks whether it is full once in so many writes of a process, and may hold that many more than it should.

    Django lists the whole folder at each write: with the 2,000 files that it may hold, that takes longer than to make
    most pages anew.
    """

    _writes = count(1)

    def _cull(self) -> None:
        if next(self._writes) % LOOKS_EVERY == 0:
            super()._cull()  # type: ignore[misc]  # unknown to the stubs
