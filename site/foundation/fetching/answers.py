"""What a server said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from foundation.fetching.addresses import Address


@dataclass(frozen=True, slots=True)
class Answer:
    """Any status, redirects that were followed excepted. Names in `headers` are lower case, values are on one line.
    `address` is where the answer came from in the end."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    address: Address

    def retry_after(self, *, now: datetime) -> timedelta | None:
        """How long the server asks to be left alone (RFC 9110, 10.2.3), never negative."""
        value = self.headers.get("retry-after", "")
        if value.isascii() and value.isdigit():
            return timedelta(seconds=min(int(value[:9]), 10**8))
        try:
            moment = parsedate_to_datetime(value)
        except (TypeError, ValueError):
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return max(moment - now, timedelta(0))
