"""Tables of 10,000 rows with every column filled, each read by a process of its own: how fast, and how much memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook

from courses.catalogue.columns import BY_FIELD, COLUMNS
from courses.catalogue.writing import HEADINGS
from foundation.spreadsheets import MARK, csv_line
from tests.bench.catalogues import LEAST_PER_SECOND, read_apart
from tests.bench.figures import Figure

ROWS = 10_000
MOST_MB = 300
_TEXT = "Sie lernen, Bleche sicher zu verbinden, und üben an der Bank.\n\n" * 8


def tables() -> Iterator[Figure]:
    """Two rows make a course, for two dates."""
    with tempfile.TemporaryDirectory() as folder:
        for kind, write in (("CSV", write_csv), ("XLSX", _write_xlsx)):
            path = Path(folder) / "liste"
            write(path)
            seconds, megabytes = read_apart(path)
            least, most = {"number": LEAST_PER_SECOND}, {"number": MOST_MB}
            remark = f"a second of CPU; {len(COLUMNS)} columns in {seconds:.1f} s"
            yield Figure(f"rows of {kind}", number=int(ROWS / seconds), at_least=least, remark=remark)
            yield Figure(f"memory for {ROWS:,} rows of {kind}", number=megabytes, wanted=most, remark="MB at most")


def _rows() -> Iterator[list[str]]:
    examples = {field: column.example for field, column in BY_FIELD.items()}
    for number in range(ROWS):
        first = date(2027, 1, 1) + timedelta(days=number % 300)
        said = {"reference": f"K-{number // 2}", "title": f"Kurs {number // 2}", "contents": _TEXT}
        dates = {"starts_on": f"{first:%d.%m.%Y}", "ends_on": f"{first + timedelta(days=2):%d.%m.%Y}"}
        row = examples | said | dates | {"registration_until": "", "run_reference": f"T-{number}"}
        yield [row[column.field] for column in COLUMNS]


def write_csv(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(MARK + csv_line(HEADINGS))
        file.writelines(map(csv_line, _rows()))


def _write_xlsx(path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Kurse")
    sheet.append(HEADINGS)
    for row in _rows():
        sheet.append(row)
    book.save(path)
