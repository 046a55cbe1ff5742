"""How much a form with files may hold, said before anything of it is read or written to the disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase

MOST_BYTES = 20 * 1024 * 1024
"""Of one request. The largest file that a form for many takes has 15 MB; how large it may be, the form says itself."""

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class _Allowance:
    most_bytes: int
    permission: str


def takes_more(view: View, *, most_bytes: int, permission: str) -> View:
    """The view with a bound of its own for what is posted to it by whoever has the permission."""
    view.upload_allowance = _Allowance(most_bytes, permission)  # type: ignore[attr-defined]  # wrappers copy it
    return view


class BoundedUpload(FileUploadHandler):
    """Stands before the handlers that take files in. Raises RequestDataTooBig, which is answered 413 (F26)."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803  # Django's name
        content_length: int,
        boundary: bytes,
        encoding: str | None = None,
    ) -> None:
        if content_length > MOST_BYTES and content_length > _most_bytes(self.request):
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def _most_bytes(request: HttpRequest | None) -> int:
    """View and user are known: the form is read no earlier than for its proof of origin."""
    match = request and request.resolver_match
    allowance: _Allowance | None = getattr(match.func, "upload_allowance", None) if match else None
    if request is None or allowance is None or not request.user.has_perm(allowance.permission):
        return MOST_BYTES
    return allowance.most_bytes
