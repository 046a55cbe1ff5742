"""`make bench`: what pages, courses, free times, bookings and feeds cost, against an empty view and against a peer.

Milliseconds depend on the machine, ratios hardly. Times are CPU times of the asked process, so that they mean something
on a busy machine. Pages are asked of a real gunicorn with one worker, the real settings and the demo content, in a
database that is gone at the end: a SQLite file, or one beside that of DATABASE_URL.

The bounds are those that the project set itself (docs/decisions/speed.md). A figure beyond its bound is marked, and
with --strict the run fails; no test depends on a clock.
"""

from __future__ import annotations

import argparse
import io
import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="mehrwert-bench-") as folder:
        from tests.servers import SECRET_KEY

        os.environ.update(
            VAR_DIR=folder,
            DEMO_PASSWORD="unused-here",
            SECRET_KEY=SECRET_KEY,
            DJANGO_SETTINGS_MODULE="tests.bench.settings",
        )
        import django

        django.setup()
        logging.disable()
        from django.db import connection

        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            return measure(Path(folder), options)
        finally:
            connection.creation.destroy_test_db(None, verbosity=0)


def measure(folder: Path, options: argparse.Namespace) -> int:
    from django.core.management import call_command
    from django.db import connection

    from tests.bench.figures import line, summary
    from tests.bench.meters import ServerMeter
    from tests.databases import url_of_test_database
    from tests.servers import RunningSite

    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_demo", stdout=io.StringIO())
    connection.close()
    settings = {"DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
    site = RunningSite(folder, url_of_test_database(), settings)
    figures = []
    try:
        meter = ServerMeter(site.start_web(workers=1))
        print(f"empty view: {meter.milliseconds('/leer/'):.2f} ms of CPU; × says how many of them, measured each time")
        for title, section in sections(meter, site).items():
            if options.only and not any(word in title for word in options.only.split(",")):
                continue
            print(f"\n{title}", flush=True)
            for figure in section():
                figures.append(figure)
                print(f"  {line(figure)}", flush=True)
    finally:
        site.stop()
    print(f"\n{summary(figures)}")
    return int(options.strict and not all(figure.is_kept for figure in figures))


def sections(meter: object, site: object) -> dict[str, Callable[[], Iterator[object]]]:
    """In this order: each adds to the database, free times and the peer put all other advisors out of work."""
    from tests.bench import bookings, catalogues, comparison, courses, feeds, imports, pages, tables, times

    found = {
        "content pages": lambda: pages.content_pages(meter),
        "bookings": lambda: bookings.bookings(meter),
        "crowd": lambda: bookings.crowd(site),
        "feeds": lambda: feeds.feeds(meter),
        "growth: twice the past": lambda: pages.growth(meter),
        "catalogues": catalogues.catalogues,
        "tables": tables.tables,
        "free times": lambda: times.free_time_pages(meter),
    }
    if comparison.is_peer_installed():
        found["peer"] = comparison.comparison
    found["courses: 10,000, then twice as many"] = lambda: courses.courses(meter)
    return found | {"import": imports.imports}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What pages, courses, free times, bookings and feeds cost.")
    parser.add_argument("--strict", action="store_true", help="fail when a figure is beyond its bound")
    parser.add_argument("--only", default="", metavar="SECTION", help="sections whose title holds this word")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
