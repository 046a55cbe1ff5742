"""Texts of providers, who send HTML of every kind or none, as the little that a course page shows.

nh3 keeps the elements that the field `contents` of a course offers its editors, without any attribute, and drops what
stands inside scripts and styles. Its output is then put into blocks, as an editor would have written them.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from itertools import groupby

import nh3

SHOWN = frozenset({"h3", "p", "br", "b", "i", "ul", "ol", "li"})
WITHOUT_TEXT = frozenset({"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "textarea"})
LONGEST_MARKUP = 12_000
"""Characters of a text that are read, attributes not counted. The parser's time grows with the square of the depth of
lists: 0.05 s at this length, 2 s at eight times as much. A long description of a course has 5,000."""

_READ_AS = {
    "strong": "b",
    "em": "i",
    **dict.fromkeys(("h1", "h2", "h4", "h5", "h6"), "h3"),
    **dict.fromkeys(("div", "section", "article", "blockquote", "pre", "address", "table", "caption", "tr"), "p"),
    **dict.fromkeys(("dl", "dt", "dd"), "p"),
    **dict.fromkeys(("menu", "dir"), "ul"),
}
_START_OR_END = re.compile(r"<(/?)([a-z][a-z0-9]{0,15})(?:[\s/][^<>]*)?>", re.IGNORECASE)
_COMMENT = "<!--"
_ESCAPED = re.compile(
    r"&lt;/?(?:p|br|b|i|u|strong|em|ul|ol|li|div|span|h[1-6])(?:\s[^<>&]{0,200})?/?&gt;", re.IGNORECASE
)
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u00ad\u200b\u202a-\u202e\u2066-\u2069]")
_ENDS_OF_LINES = re.compile("\r\n|[\r\x85\u2028\u2029]")
_BULLET = re.compile(r"[-–—•·*▪◦]\s+|[•▪◦](?=\S)")
_NUMBER = re.compile(r"\d{1,2}[.)]\s+(?=\D)")


def allowed_html(markup: str) -> str:
    """For what is stored and about to be shown: the allowlist, whoever wrote it and by whatever way."""
    return nh3.clean(markup, tags=set(SHOWN), clean_content_tags=set(WITHOUT_TEXT), attributes={}, link_rel=None)


def contents_html(text: str) -> str:
    """HTML or plain text as blocks that an editor could have written; empty where nothing is to be read."""
    return contents_and_whether_cut(text)[0]


def contents_and_whether_cut(text: str) -> tuple[str, bool]:
    """The same, never longer than what is read again, and whether its end is left out: „&“ is longer in HTML."""
    is_cut = is_too_long(text)
    text = _readable(text)
    markup = _as_blocks(text)
    while len(markup) > LONGEST_MARKUP:
        is_cut = True
        text = shortened(text, int(len(text) * min(0.95, LONGEST_MARKUP / len(markup))))
        markup = _as_blocks(text)
    return markup, is_cut


def _as_blocks(text: str) -> str:
    return _of_markup(text) if _is_markup(text) else _of_lines(html.unescape(text))


def plain_text(text: str) -> str:
    """HTML or plain text as one line, for fields that hold no markup."""
    text = _readable(text)
    if _is_markup(text):
        text = _START_OR_END.sub(lambda tag: "" if tag[2] in {"b", "i"} else " ", allowed_html(_simplified(text)))
    return " ".join(html.unescape(text).split())


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters, cut between two words, with „…“ where something is missing."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    if not text[limit - 1].isspace():
        kept = kept.rpartition(" ")[0] or kept
    return f"{kept.rstrip(' ,;:–-')}…"


def is_too_long(text: str) -> bool:
    """The end of this text is not read."""
    return len(_simplified(text)) > LONGEST_MARKUP


def _readable(text: str) -> str:
    """The part that is read, without characters that steer, turn the direction of reading or cannot be seen."""
    text = _UNSEEN.sub("", _ENDS_OF_LINES.sub("\n", text))
    if not _is_markup(text) and _ESCAPED.search(text):
        text = html.unescape(text)  # escaped once too often, as exports of exports are
    return _simplified(text)[:LONGEST_MARKUP]


def _is_markup(text: str) -> bool:
    """„< 10 Personen“ is none."""
    return _COMMENT in text or _START_OR_END.search(text) is not None


def _simplified(text: str) -> str:
    """Every element without attributes and by the name that it has here; cells of a table keep their distance."""

    def bare(tag: re.Match[str]) -> str:
        name = tag[2].lower()
        return f"{' ' if name in {'td', 'th'} else ''}<{tag[1]}{_READ_AS.get(name, name)}>"

    return _START_OR_END.sub(bare, text)


class _Blocks:
    """Paragraphs, headings and lists in the making. A list inside a list becomes items of the outer one."""

    def __init__(self) -> None:
        self._done: list[tuple[str, str]] = []
        self._block = ""
        self._pieces: list[tuple[str, str]] = []

    def begin(self, block: str) -> None:
        """`block` is h3, p, or the kind of the list of which this is an item."""
        self.end()
        self._block = block

    def text(self, text: str, look: str = "") -> None:
        """`look` is any of "", "b", "i", "bi"."""
        if text.strip() or self._pieces:
            self._pieces.append(("" if self._block == "h3" else look, text))

    def line_break(self) -> None:
        if self._pieces:
            self._pieces.append(("br", ""))

    def end(self) -> None:
        while self._pieces and not self._pieces[-1][1].strip():
            self._pieces.pop()
        pieces = groupby(self._pieces, key=lambda piece: piece[0])
        inner = "".join(_piece(look, "".join(text for _, text in same)) for look, same in pieces)
        if inner:
            self._done.append((self._block or "p", inner.strip()))
        self._block, self._pieces = "", []

    def html(self) -> str:
        self.end()
        return "".join(
            _group(block, [inner for _, inner in same]) for block, same in groupby(self._done, lambda b: b[0])
        )


def _piece(look: str, text: str) -> str:
    if look == "br":
        return "<br/>"
    words = html.escape(" ".join(f"|{text}|".split())[1:-1], quote=False)
    return "".join(f"<{tag}>" for tag in look) + words + "".join(f"</{tag}>" for tag in reversed(look))


def _group(block: str, inners: list[str]) -> str:
    if block in {"ul", "ol"}:
        return f"<{block}>{''.join(f'<li>{inner}</li>' for inner in inners)}</{block}>"
    return "".join(f"<{block}>{inner}</{block}>" for inner in inners)


class _Walk(HTMLParser):
    """Over what nh3 has left, so every element is known and ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks = _Blocks()
        self._lists: list[str] = []
        self._is_in_item = False
        self._looks = {"b": 0, "i": 0}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._looks:
            self._looks[tag] += 1
        elif tag in {"ul", "ol"}:
            self._lists.append(tag)
        elif tag == "li":
            self.blocks.begin(self._lists[0] if self._lists else "p")
            self._is_in_item = True
        elif tag == "br" or self._is_in_item:
            self.blocks.line_break()
        else:
            self.blocks.begin(self._lists[0] if self._lists else tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._looks:
            self._looks[tag] -= 1
        elif tag in {"ul", "ol"}:
            self._lists.pop()
            self._is_in_item = False
            self.blocks.end()
        elif tag == "li" or not self._is_in_item:
            self._is_in_item = False
            self.blocks.end()

    def handle_data(self, data: str) -> None:
        self.blocks.text(data, "".join(look for look, depth in self._looks.items() if depth))


def _of_markup(text: str) -> str:
    walk = _Walk()
    walk.feed(allowed_html(text))
    walk.close()
    return walk.blocks.html()


def _of_lines(text: str) -> str:
    """An empty line parts paragraphs; lines that begin with a dash, a dot or a number are a list."""
    blocks = _Blocks()
    in_list = False
    for line in map(str.strip, text.split("\n")):
        bullet = _BULLET.match(line)
        mark = bullet or _NUMBER.match(line)
        if mark:
            blocks.begin("ul" if bullet else "ol")
            blocks.text(line[mark.end() :])
        elif not line or in_list:
            blocks.end()
            blocks.text(line)
        else:
            blocks.line_break()
            blocks.text(line)
        in_list = mark is not None
    return blocks.html()
