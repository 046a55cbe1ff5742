"""Content lines read as RFC 5545 describes them, without the library that wrote them."""

import re


def content_lines(text: str) -> list[str]:
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def properties(text: str) -> list[tuple[str, str]]:
    """Name with its parameters, and value, for lines whose parameters hold no colon."""
    return [(name, value) for name, _, value in (line.partition(":") for line in content_lines(text))]


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda match: {"n": "\n"}.get(match[1], match[1]), value)


def assert_folded(text: str) -> None:
    """At most 75 octets a line, no character cut in two, and no line end but CRLF for any reader."""
    octets = text.encode().split(b"\r\n")
    assert max(len(line) for line in octets) <= 75
    assert [line.decode() for line in octets] == text.split("\r\n")
    assert text.splitlines() == text.split("\r\n")[:-1]
