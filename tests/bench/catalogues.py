"""open-Q-cat catalogues of 10 and of 100 MB, each read by a process of its own: how fast, and how much memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from courses.catalogue.opening import open_file
from tests.bench.figures import Figure

SIZES = (10, 100)
LEAST_PER_SECOND, MOST_MORE_MB = 500, 30
_BEGIN = '<?xml version="1.0" encoding="ISO-8859-15"?>\n<OPENQCAT version="1.1"><NEW_CATALOG FULLCATALOG="true">\n'
_END = "</NEW_CATALOG></OPENQCAT>\n"
_SENTENCE = "Sie lernen, Bleche sicher zu verbinden, und &lt;b&gt;üben&lt;/b&gt; an der Bank. "
_SERVICE = """<SERVICE><PRODUCT_ID>{number}</PRODUCT_ID><SERVICE_DETAILS><TITLE>Schweißen {course}</TITLE>
<DESCRIPTION_LONG>{text}</DESCRIPTION_LONG><SERVICE_DATE><START_DATE>2027-01-{day:02}T08:00:00+01:00</START_DATE>
<END_DATE>2027-02-{day:02}T16:00:00+01:00</END_DATE></SERVICE_DATE><KEYWORD>MAG</KEYWORD><SERVICE_MODULE>
<EDUCATION type="{kind}"><COURSE_ID>{course}</COURSE_ID><EXTENDED_INFO><INSTRUCTION_FORM type="101">Präsenz
</INSTRUCTION_FORM></EXTENDED_INFO><MODULE_COURSE><MAX_PARTICIPANTS>12</MAX_PARTICIPANTS><LOCATION>
<NAME>Haus {day}</NAME><STREET>Musterweg {day}</STREET><ZIP>31582</ZIP><CITY>Nienburg</CITY></LOCATION>
</MODULE_COURSE></EDUCATION></SERVICE_MODULE></SERVICE_DETAILS><SERVICE_PRICE_DETAILS><SERVICE_PRICE><PRICE_AMOUNT>450.0</PRICE_AMOUNT>
</SERVICE_PRICE></SERVICE_PRICE_DETAILS></SERVICE>
"""


def catalogues() -> Iterator[Figure]:
    peaks = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder) / "catalogue.xml"
            services = write(path, size)
            seconds, peaks[size] = read_apart(path)
            rate = {"number": LEAST_PER_SECOND}
            remark = f"a second of CPU; {services:,} in {seconds:.1f} s"
            yield Figure(
                f"courses and dates of {size} MB", number=int(services / seconds), at_least=rate, remark=remark
            )
    small, large = (peaks[size] for size in SIZES)
    most = {"number": MOST_MORE_MB}
    yield Figure(
        "memory for ten times the file", number=large - small, wanted=most, remark=f"MB more; at most {large} MB"
    )


def write(path: Path, megabytes: int, *, sentences: int = 30) -> int:
    """One course in three, the other two are dates that it has more; some stand before it. How many there are."""
    number = 0
    with path.open("w", encoding="iso8859-15") as file:
        file.write(_BEGIN)
        while file.tell() < megabytes * 1024 * 1024:
            kind = "true" if number % 3 == 1 else "false"
            course = number - number % 3 + 1
            file.write(
                _SERVICE.format(
                    number=number, course=course, kind=kind, day=1 + number % 28, text=_SENTENCE * sentences
                )
            )
            number += 1
        file.write(_END)
    return number


def read_apart(path: Path) -> tuple[float, int]:
    """Seconds of CPU and the most megabytes of a process that does nothing else. Any file with courses."""
    places = os.pathsep.join(sys.path)
    answer = subprocess.run(
        [sys.executable, "-m", "tests.bench.catalogues", str(path)],
        env=os.environ | {"PYTHONPATH": places},
        capture_output=True,
        check=True,
    )
    seconds, megabytes = json.loads(answer.stdout)
    return seconds, megabytes


def _read(path: Path) -> tuple[float, int]:
    started = time.process_time()
    with path.open("rb") as file:
        for _ in open_file(file, today=date(2027, 1, 1)).entries:
            pass
    return time.process_time() - started, most_megabytes()


def most_megabytes(process: str = "self") -> int:
    """That this process ever held, 0 of one that has ended. `getrusage` also counts what the process held that started
    it."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM:")), 0)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_read(Path(sys.argv[1]))))
