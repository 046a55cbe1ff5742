"""`make bench`: what pages cost, as multiples of an empty view measured in the same run.

Milliseconds depend on the machine, ratios hardly. A case is a name and a path of the demo site. Runs in
one process through Django's handler with the real middleware, on the demo content in a temporary SQLite database.
"""

from __future__ import annotations

import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]

CASES = {
    "home page": "/",
    "news page": "/nachrichten/",
    "office page": "/bueros/hameln/",
    "course list": "/kurse/",
    "first step of a booking": "/termin/",
    "free times of an office": "/termin/hameln/",
    "page that does not exist": "/gibt-es-nicht/",
}
ROUNDS = 40


def median_milliseconds(call: Callable[[], object]) -> float:
    call()  # caches, templates and imports are warm in a server
    durations = []
    for _ in range(ROUNDS):
        before = time.perf_counter()
        call()
        durations.append(time.perf_counter() - before)
    return statistics.median(durations) * 1000


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="mehrwert-bench-") as folder:
        os.environ.update(VAR_DIR=folder, DEMO_PASSWORD="unused-here", DJANGO_SETTINGS_MODULE="tests.bench.settings")
        import django  # noqa: PLC0415  # reads the variables above

        django.setup()
        logging.disable()
        from django.core.management import call_command  # noqa: PLC0415
        from django.test import Client  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        call_command("load_demo", verbosity=0)
        client = Client()
        empty = median_milliseconds(lambda: client.get("/leer/"))
        print(f"{'empty view':28} {empty:8.2f} ms     1.0")
        for name, path in CASES.items():
            taken = median_milliseconds(lambda path=path: client.get(path))
            print(f"{name:28} {taken:8.2f} ms {taken / empty:7.1f}")
        for name, call in booking_cases(client):
            taken = median_milliseconds(call)
            print(f"{name:28} {taken:8.2f} ms {taken / empty:7.1f}")


def booking_cases(client: Any) -> Iterator[tuple[str, Callable[[], object]]]:
    """A feed of a thousand appointments, whole and unchanged, and the rules alone for 20 advisors over 8 weeks."""
    from booking.links import feed_address  # noqa: PLC0415  # after django.setup()
    from tests.bench.loads import busy_feed, busy_network  # noqa: PLC0415

    path = feed_address(busy_feed(appointments=1000)).removeprefix("http://127.0.0.1:8000")
    etag = client.get(path).headers["ETag"]
    yield "feed, nothing new (304)", lambda: client.get(path, headers={"If-None-Match": etag})
    yield "feed of 1,000, whole", lambda: client.get(path)
    yield "rules, 20 advisors × 8 weeks", busy_network(advisors=20, weeks=8, appointments=2000)


if __name__ == "__main__":
    main()
