"""An import that stops in the middle of its transaction, long enough to be killed."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from django.utils import timezone

from courses.importing.opening import open_with_columns
from courses.importing.run import apply_import
from courses.models import CourseImport

COMMAND = "import django; django.setup(); from tests.processes.lingering import main; main()"
"""For an interpreter, with the number of the import, its file, and a file that says: half of it is written."""


def main() -> None:
    number, file, sign = sys.argv[1:]

    def linger(_: int) -> None:
        Path(sign).touch()
        time.sleep(60)

    with Path(file).open("rb") as stream:
        read = open_with_columns(stream, {}, today=timezone.localdate())
        apply_import(CourseImport.objects.get(pk=number), read, now=timezone.now(), tell=linger)
