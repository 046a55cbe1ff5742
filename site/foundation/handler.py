"""How a question of a client becomes a request of Django."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler


class Utf8Handler(WSGIHandler):
    """Reads every form and question as UTF-8, which is all that the site's pages send.

    Django believes the charset that a client names, before the first middleware: „hex“ ended in an error there, and
    UTF-7 gave signs that no database and no page takes.
    """

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["CONTENT_TYPE"] = _type_and_boundary(environ.get("CONTENT_TYPE", ""))
        return super().__call__(environ, start_response)


def _type_and_boundary(content_type: str) -> str:
    """All of `Content-Type` that a form needs; a boundary holds no semicolon (RFC 2046, 5.1.1)."""
    named, *parameters = content_type.split(";")
    boundary = (each for each in parameters if each.strip().lower().startswith("boundary="))
    return ";".join([named, *boundary])
