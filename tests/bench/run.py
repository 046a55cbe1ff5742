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
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]

CASES = {
    "home page": "/",
    "first step of a booking": "/termin/",
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


if __name__ == "__main__":
    main()
