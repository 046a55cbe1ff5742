"""XML of strangers, one element at a time: no DTD, no entities, nothing from elsewhere, and an end to everything.

defusedxml refuses what a declaration could do; size, depth and number are bounded here. Memory holds one element and
one piece of the file, however long the file is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException, DTDForbidden
from defusedxml.ElementTree import DefusedXMLParser

from courses.catalogue.records import FileRefused
from courses.catalogue.xml_charsets import XmlCharset, text_of

DEEPEST = 40
LONGEST_TEXT = 500_000
"""Characters of one element that is asked for, such as a course, in its text and its attributes."""

LONGEST_PIECE = 1024 * 1024
"""Characters that a single tag, comment or attribute may take: what the parser must keep until it ends."""

MOST_ELEMENTS = 20_000
"""Inside one element that is asked for, such as a course, its attributes counted too."""

MOST_NAMES = 1000
"""Of elements and attributes, and of namespaces."""

_NOT_XML = "Hier ist die Datei kein gültiges XML. Oft ist es ein „&“ im Text, das „&amp;“ heißen muss."
_CUT_SHORT = "Hier endet die Datei mitten im Text. Vermutlich ist sie nur zum Teil angekommen."
_WORDS = {
    3: _CUT_SHORT,
    5: _CUT_SHORT,
    7: "Hier endet ein Element, das nicht begonnen hat oder in dem noch ein anderes offen ist.",
    9: "Hier steht noch etwas, obwohl die Datei schon zu Ende ist.",
    11: "Hier steht eine Abkürzung wie „&nbsp;“. In XML gibt es nur &amp;, &lt;, &gt;, &quot; und &apos;.",
    20: _CUT_SHORT,
}
"""By the numbers of expat's errors, which are part of its interface."""

_DTD = (
    "Die Datei enthält eine DOCTYPE-Angabe. Aus Sicherheitsgründen lesen wir solche Dateien nicht; bitte exportieren "
    "Sie ohne sie."
)


@dataclass(slots=True)
class Element:
    """Names are without namespace. `within` are the elements around it, outermost first, without their children."""

    name: str
    attributes: Mapping[str, str]
    line: int
    within: tuple[Element, ...] = ()
    children: list[Element] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces).strip()

    def all(self, *path: str) -> list[Element]:
        """Every element that this path of names leads to."""
        found = [self]
        for name in path:
            found = [child for element in found for child in element.children if child.name == name]
        return found

    def first(self, *path: str) -> Element | None:
        return next(iter(self.all(*path)), None)

    def value(self, *path: str) -> str:
        """The text of the first element there that has one, or nothing."""
        return next((element.text for element in self.all(*path) if element.text), "")


def elements(stream: BinaryIO, charset: XmlCharset, wanted: frozenset[str]) -> Iterator[Element]:
    """Every outermost element with one of these names, whole, in the order of the file. Raises FileRefused."""
    target = _Target(wanted)
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    expat = target.expat = parser.parser
    fed = 0
    try:
        for text in text_of(stream, charset):
            parser.feed(text)
            fed += len(text.encode())
            if fed - expat.CurrentByteIndex > LONGEST_PIECE:
                raise _refusal(expat.CurrentLineNumber, "Ein einzelnes Stück der Datei ist größer als 1 MB.")
            yield from target.finished()
        parser.close()
    except ParseError as error:
        raise _refusal(error.position[0], _WORDS.get(error.code, _NOT_XML)) from None
    except DTDForbidden:
        raise _refusal(expat.CurrentLineNumber, _DTD) from None
    except DefusedXmlException:
        raise _refusal(expat.CurrentLineNumber, "Die Datei verweist auf anderes als sich selbst.") from None
    yield from target.finished()


class _Target:
    """What the parser tells, as elements; whatever stands outside those that are wanted is passed over."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self.wanted = wanted
        self.expat: Any = None
        self._around: list[Element] = []
        self._open: list[Element] = []
        self._done: list[Element] = []
        self._names: dict[str, str] = {}
        self._prefixes: set[str] = set()
        self._count = self._length = 0

    def finished(self) -> list[Element]:
        done, self._done = self._done, []
        return done

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        line = self.expat.CurrentLineNumber
        if len(self._around) + len(self._open) >= DEEPEST:
            raise _refusal(
                line, f"Hier liegen mehr als {DEEPEST} Ebenen ineinander. Kurslisten haben weniger als zehn."
            )
        element = Element(self._name(tag, line), {self._name(key, line): attributes[key] for key in attributes}, line)
        if not self._open and element.name not in self.wanted:
            self._around.append(element)
            return
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._count = self._length = 0
            element.within = tuple(self._around)
        self._open.append(element)
        self._count += 1 + len(attributes)
        if self._count > MOST_ELEMENTS:
            raise _refusal(line, f"Ein einzelner Eintrag hat hier mehr als {MOST_ELEMENTS} Teile.")
        self._lengthen(sum(map(len, attributes.values())))

    def end(self, tag: str) -> None:
        if not self._open:
            self._around.pop()
            return
        element = self._open.pop()
        if not self._open:
            self._done.append(element)

    def data(self, text: str) -> None:
        if self._open:
            self._lengthen(len(text))
            self._open[-1].pieces.append(text)

    def start_ns(self, prefix: str, _: str) -> None:
        """The parser keeps every prefix until the end of the file, used or not."""
        self._prefixes.add(prefix)
        if len(self._prefixes) > MOST_NAMES:
            raise _refusal(self.expat.CurrentLineNumber, f"Die Datei nennt mehr als {MOST_NAMES} Namensräume.")

    def _lengthen(self, length: int) -> None:
        self._length += length
        if self._length > LONGEST_TEXT:
            raise _refusal(self.expat.CurrentLineNumber, "Ein einzelner Eintrag ist hier länger als 500.000 Zeichen.")

    def close(self) -> None:
        """The parser asks for it."""

    def _name(self, tag: str, line: int) -> str:
        """The parser keeps every name until the end of the file, so their number has one, too."""
        name = self._names.get(tag)
        if name is None:
            if len(self._names) >= MOST_NAMES:
                raise _refusal(line, f"Die Datei enthält mehr als {MOST_NAMES} verschiedene Namen von Elementen.")
            name = self._names[tag] = tag.rpartition("}")[2]
        return name


def _refusal(line: int, why: str) -> FileRefused:
    return FileRefused(f"Zeile {line}: {why}")
