"""Who writes our calendar files, and in what form people's words stand in them."""

from __future__ import annotations

import re

from icalendar.prop import vText

# RFC 5545, 3.7.3: names the product, not its version. It stands in every file; a new value changes the bytes of all.
PRODID = "-//MehrWert//Beratungstermine//DE"

# Unicode 5.8 and UAX #14: all of these end a line. Some clients split files at any of them, not at CRLF only.
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# RFC 5545, 3.1: CONTROL may stand nowhere (HTAB is not one of them). Lone surrogates have no UTF-8 form.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

_ESCAPES = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})


def clean_text(text: str) -> str:
    r"""Every kind of line end becomes ``\n``, other control characters disappear, the rest stays as it is."""
    return _UNPRINTABLE.sub("", _LINE_END.sub("\n", text))


def clean_line(text: str) -> str:
    """Cleaned like any text, then each run of white space, line ends included, is one space."""
    return " ".join(clean_text(text).split())


def is_one_word(text: str) -> bool:
    """True where nothing was to be cleaned and no white space divides: what a UID, URL or address must be."""
    return bool(text) and clean_text(text) == text and text.split() == [text]


class Text(vText):
    r"""A TEXT value (RFC 5545, 3.3.11) that is cleaned as it is written.

    icalendar's own escaping reads a backslash followed by N as a line break and so splits ``C:\Nachweise`` in two.
    """

    def to_ical(self) -> bytes:
        return clean_text(self).translate(_ESCAPES).encode()
