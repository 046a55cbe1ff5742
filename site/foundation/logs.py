"""Log lines without personal data and without keys: what a line must not say is taken out before it is written."""

from __future__ import annotations

import logging
import re

MASK = "…"

# Each pattern reads a text of any length once: a match begins only where its kind of word begins (S8).
_ADDRESS = re.compile(r"(?<![\w.!#$&*+=^{|}~-])[\w.!#$&*+=^{|}~-]++(?:@|%40)[\w.-]+")
_QUERY = re.compile(r"\?[^\s\"'<>]+")
# Links that open an appointment, a calendar, a provider's courses, an order of mails or a new password, whatever their
# key looks like …
_KEY_BY_PLACE = re.compile(
    r"(/(?:termin/\w+|kalender|kurse/angaben|kurse/suchauftrag/\w+|password_reset/confirm/[\w-]+)/)[^/\s\"'<>?.]+"
)
# … and any part of a path that looks like a key: twenty signs or more, with a digit or a capital among them.
_KEY_BY_SHAPE = re.compile(r"(?<=/)(?=[a-z_:=-]*[A-Z0-9])[A-Za-z0-9_:=-]{20,}")


def masked(text: str) -> str:
    """`text` without e-mail addresses, query strings and the keys in paths."""
    text = _ADDRESS.sub(MASK, text)
    text = _QUERY.sub("?" + MASK, text)
    text = _KEY_BY_PLACE.sub(r"\1" + MASK, text)
    return _KEY_BY_SHAPE.sub(MASK, text)


class MaskSecrets(logging.Filter):
    """Rewrites every record: message with its arguments, traceback and stack. It drops none."""

    _traces = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            message = record.getMessage()
        except (TypeError, ValueError):
            message = f"{record.msg} {record.args}"
        record.msg, record.args = masked(message), None
        if record.exc_info and not record.exc_text:
            record.exc_text = self._traces.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = masked(record.exc_text)
        if record.stack_info:
            record.stack_info = masked(record.stack_info)
        return True
