"""One style sheet out of many: what `@import` names takes its place, in the layer that it names."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

_IMPORT = re.compile(r'^@import url\("([\w./-]+)"\)(?: layer\((\w+)\))?;$', re.MULTILINE)
_COMMENT = re.compile(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/")
_BLANK_LINES = re.compile(r"\n[ \t\n]+")
_ADDRESS = re.compile(r"\burl\(")


class UnbundledAddress(ValueError):
    """A sheet names a file, whose address would not hold from the place of the bundle."""


def bundle(name: str, read: Callable[[str], str]) -> str:
    """The sheet `name` with all that it imports, without comments and indents. `read` gives the text of a name."""

    def imported(match: re.Match[str]) -> str:
        target, layer = match[1], match[2]
        text = bundle(posixpath.normpath(posixpath.join(posixpath.dirname(name), target)), read)
        return f"@layer {layer} {{\n{text}}}" if layer else text

    text = _COMMENT.sub("", read(name))
    text = _IMPORT.sub(imported, text)
    if _ADDRESS.search(text):
        raise UnbundledAddress(name)
    return _BLANK_LINES.sub("\n", text).lstrip()
