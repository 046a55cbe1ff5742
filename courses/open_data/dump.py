"""What is offered: one file of each form, and what is said about them.

The list of files, written last and by renaming, is the truth: files that it does not name do not exist. So a dump that
fails on its way leaves the one before it as it was.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec
from django.conf import settings
from msgspec import Struct

from courses.models import CourseSettings

_LIST = "liste.json"


class DumpFile(Struct, frozen=True, kw_only=True):
    """`name` is that in the address, `stored` that in the folder, another one for each dump."""

    name: str
    stored: str
    size: int
    sha256: str
    media_type: str

    @property
    def path(self) -> Path:
        return folder() / self.stored


class Dump(Struct, frozen=True, kw_only=True):
    made_at: datetime
    courses: int
    dates: int
    files: list[DumpFile]

    def file(self, name: str) -> DumpFile | None:
        return next((file for file in self.files if file.name == name), None)


def folder() -> Path:
    return Path(settings.OPEN_DATA_DIR)


def offered_dump() -> Dump | None:
    """None without a licence, and until something was written."""
    dump = latest_dump()
    return dump if dump and CourseSettings.as_shown().open_data_licence else None


def latest_dump() -> Dump | None:
    """None as long as nothing was written, or only by another release; the coming night writes anew."""
    try:
        return msgspec.json.decode((folder() / _LIST).read_bytes(), type=Dump)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def offer(dump: Dump) -> None:
    """From now on these files; those of earlier dumps go. Whoever is reading one reads it to its end."""
    fresh = folder() / f"{_LIST}.neu"
    fresh.write_bytes(msgspec.json.encode(dump))
    fresh.replace(folder() / _LIST)
    named = {_LIST, *(file.stored for file in dump.files)}
    for path in folder().iterdir():
        if path.name not in named:
            path.unlink(missing_ok=True)
