"""How much a form with files may hold, said before anything of it is read or written to the disk."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 20 * 1024 * 1024
"""Of one request. The largest file that a form takes has 15 MB; how large it may be, the form says itself."""


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
        if content_length > MOST_BYTES:
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
