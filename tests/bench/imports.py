"""A CSV file of 10,000 rows from its first byte to the courses, by a process of its own and the one that reads for it:
how fast, how much memory."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.db import connection
from django.utils import timezone
from django.utils.text import slugify

from courses.catalogue.columns import BY_FIELD
from courses.importing.apart import read_apart
from courses.importing.run import apply_import
from courses.importing.wording import summary
from courses.models import CourseImport, Provider, Topic
from tests.bench.catalogues import LEAST_PER_SECOND, most_megabytes
from tests.bench.figures import Figure
from tests.bench.tables import MOST_MB, ROWS, write_csv
from tests.databases import url_of_test_database

_COMMAND = "import django; django.setup(); from tests.bench.imports import main; main()"


def imports() -> Iterator[Figure]:
    """With every column filled: 5,000 courses with two dates each, which the second time are there already."""
    provider = _provider()
    connection.close()
    places = {"PYTHONPATH": os.pathsep.join(sys.path), "DATABASE_URL": url_of_test_database()}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kurse.csv"
        write_csv(path)
        for what in ("new", "unchanged"):
            command = [sys.executable, "-c", _COMMAND, str(path), str(provider.pk)]
            answer = subprocess.run(command, env=os.environ | places, capture_output=True, check=True)
            said, spent, taken, megabytes = json.loads(answer.stdout)
            least, most = {"number": LEAST_PER_SECOND}, {"number": MOST_MB}
            remark = f"a second of CPU; {said}; {taken:.1f} s by the clock"
            yield Figure(f"rows of {what} courses", number=int(ROWS / spent), at_least=least, remark=remark)
            yield Figure(f"memory for {ROWS:,} rows of them", number=megabytes, wanted=most, remark="MB at most")


def _provider() -> Provider:
    """With the topic that the file names."""
    topic, name = BY_FIELD["topics"].example, BY_FIELD["provider"].example
    if not Topic.objects.filter(name=topic).exists():
        Topic.objects.create(name=topic, slug=f"bench-{slugify(topic)}")
    return Provider.objects.get_or_create(name=name, defaults={"slug": f"bench-{slugify(name)}"})[0]


def main() -> None:
    """Writes what was done, seconds of CPU and by the clock, and the most megabytes, of both processes."""
    path, provider = sys.argv[1:]
    reader_held = [0]
    children = Path(f"/proc/self/task/{os.getpid()}/children")

    def look(_: int) -> None:
        reader_held.extend(most_megabytes(pid) for pid in children.read_text().split())

    spent, taken, now = time.process_time(), time.monotonic(), timezone.now()
    imported = CourseImport.objects.create(provider_id=provider, created_at=now)
    with Path(path).open("rb") as stream, read_apart(stream, {}, today=timezone.localdate(now)) as read:
        apply_import(imported, read, now=now, tell=look)
    reader = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent, taken = time.process_time() - spent + reader.ru_utime + reader.ru_stime, time.monotonic() - taken
    megabytes = most_megabytes() + max(reader_held)
    sys.stdout.write(json.dumps([summary(imported.counts), spent, taken, megabytes]))
