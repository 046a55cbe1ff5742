"""The process in which a PDF file is looked at: `python -m foundation.pdfs.child`. `foundation.pdfs.check` asks it."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from foundation.apart import Limits, answer

if TYPE_CHECKING:
    from pypdf import PdfReader
    from pypdf.generic import DictionaryObject

LIMITS = Limits(memory=512 * 1024**2, cpu_seconds=5, nice=10)
PAGES = 20
"""So many are searched for a first word."""


def look(told: Mapping[str, Any], content: bytes) -> Mapping[str, Any]:
    """What a reader who does not see the pages has need of, and whether it is there (PDF/UA-1, 7.1, 7.2 and 7.3). It
    raises what its library raises where the file is damaged or locked."""
    from pypdf import PdfReader  # noqa: PLC0415

    reader = PdfReader(BytesIO(content))
    root = reader.root_object
    return {
        "text": any(page.extract_text().strip() for page in islice(reader.pages, PAGES)),
        "tags": _is_tagged(root),
        "language": "/Lang" in root and bool(str(root["/Lang"]).strip()),
        "title": _has_title(reader),
    }


def _is_tagged(root: DictionaryObject) -> bool:
    """Says that it is, and has a tree of tags that is not empty."""
    if "/MarkInfo" not in root or "/StructTreeRoot" not in root:
        return False
    marks, tree = root["/MarkInfo"], root["/StructTreeRoot"]  # not `get`, which follows no references
    is_marked = "/Marked" in marks and str(marks["/Marked"]) == "True"  # as an object false is true, too
    return is_marked and "/K" in tree and bool(tree["/K"])


def _has_title(reader: PdfReader) -> bool:
    """In the properties of old (the dictionary) or of new (XMP)."""
    titles = [reader.metadata.title] if reader.metadata else []
    if reader.xmp_metadata:
        titles += (reader.xmp_metadata.dc_title or {}).values()
    return any(str(title).strip() for title in titles if title)


if __name__ == "__main__":
    answer(look, LIMITS)
