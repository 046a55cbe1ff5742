"""Files for spreadsheets: CSV with semicolons and a byte order mark, as German ones read.

A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a formula, and some take
a quote or a separator inside a cell for its end. Strangers type what stands in the cells: such places get an
apostrophe.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from io import StringIO

MARK = "\ufeff"
"""Stands before the first line of a file: without it spreadsheets do not read UTF-8."""

_PLACE = r"""["'\s]*[=+\-@\t\r]"""
_FORMULA = re.compile(rf"(^|[;,])({_PLACE})")
_NEUTRALISED = re.compile(rf"(^|[;,])'({_PLACE})")


def neutralised(cell: str) -> str:
    """The cell as text that no spreadsheet calculates; a phone number begins with `'+49`."""
    return _FORMULA.sub(r"\1'\2", cell)


def restored(cell: str) -> str:
    """What `neutralised` was given."""
    return _NEUTRALISED.sub(r"\1\2", cell)


def csv_line(cells: Iterable[str]) -> str:
    """Every cell in quotes and neutralised."""
    text = StringIO()
    csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL).writerow(map(neutralised, cells))
    return text.getvalue()
