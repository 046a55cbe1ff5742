"""How gunicorn serves the site: `gunicorn --config site/mehrwert/gunicorn.py`, with PYTHONPATH=site:. set."""

import os
import time
from contextlib import suppress
from typing import Any

import gunicorn.http.wsgi
from gunicorn.http.errors import ParseException

# The Server line names neither software nor version.
gunicorn.http.wsgi.SERVER = "MehrWert"

wsgi_app = "mehrwert.wsgi:application"
preload_app = True  # what no process changes stands once in memory, and a process that is begun anew answers at once
bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or max(2, min(4, os.cpu_count() or 2)))
threads = 4
timeout = 60
graceful_timeout = 30
keepalive = 5
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112  # heartbeats off the disk

# What a browser sends is far below these.
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190

# Addresses of this site carry tokens (feeds, links in mails): requests are not logged here at all.
accesslog = None
errorlog = "-"
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "warning")
control_socket_disable = True

# Which proxy headers are believed is Django's decision alone (TRUSTED_PROXIES in settings.py).
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}

# A refusal reaches its reader only if what is still being sent is taken from the line: closing on it resets the
# connection, and the browser shows an error of its own instead of the page. gunicorn itself takes 64 kB.
LINGER_SECONDS = 10
LINGER_BYTES = 64 * 1024 * 1024


def post_request(_worker: object, request: Any, environ: dict[str, Any], _response: object) -> None:
    """Throws away what was sent and no view has read, after the answer has gone out (RFC 9112, 9.6)."""
    line = environ.get("gunicorn.socket")
    if line is None:
        return
    ends_at = time.monotonic() + LINGER_SECONDS
    left = LINGER_BYTES
    with suppress(OSError, ParseException):  # gone or stalled: gunicorn closes the connection
        while left > 0 and (seconds := ends_at - time.monotonic()) > 0:
            line.settimeout(seconds)
            piece = request.body.read(65536)
            if not piece:
                break
            left -= len(piece)
        line.settimeout(None)


def when_ready(_server: object) -> None:
    if os.environ.get("ANNOUNCE"):
        print(os.environ["ANNOUNCE"], flush=True)  # noqa: T201  # `make run` says so on the terminal
