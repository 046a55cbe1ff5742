"""Which of the XML formats a file is: told by its outermost element, never by its name."""

from __future__ import annotations

import re
from typing import BinaryIO

from courses.catalogue import openqcat, openvhs
from courses.catalogue.records import FileRead, FileRefused
from courses.catalogue.xml_charsets import text_of, xml_charset

_HEAD = 4000
_BEFORE = re.compile(r"<!--.*?-->|<[?!][^>]*>", re.DOTALL)
_FIRST = re.compile(r"<(?:[\w.-]{1,40}:)?([A-Za-z_][\w.-]{0,60})")
_OPEN_VHS = re.compile(r"open-?vhs|<(?:\w{1,20}:)?veranstaltung", re.IGNORECASE)


def open_xml(stream: BinaryIO) -> FileRead:
    """Raises FileRefused."""
    head = next(text_of(stream, xml_charset(stream)), "")[:_HEAD]
    first = _FIRST.search(_BEFORE.sub("", head))
    name = first[1] if first else ""
    if name.upper() == openqcat.ROOT:
        return openqcat.read_openqcat(stream)
    if _OPEN_VHS.search(head):
        return openvhs.read_openvhs(stream)
    begins = f"Sie beginnt mit „{name}“. " if name else ""
    raise FileRefused(f"Diese Art von XML kennen wir nicht. {begins}Wir lesen open-Q-cat und Open-vhs.")
