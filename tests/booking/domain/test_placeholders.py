"""S4: words in braces are put in, and nothing else is."""

from __future__ import annotations

import pytest

from booking.domain.placeholders import BrokenPlaceholders, broken, filled, paragraphs

VALUES = {
    "name": "Kim Muster",
    "wann": "Dienstag",
    "betrieb": "{wann} {0.__class__}",
    "ort": "A\r\n\r\nBcc: x@y.example",
}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", ()),
        ("ohne", ()),
        ("Guten Tag {name}, bis {wann}", ()),
        ("{nmae}", ("{nmae}",)),
        ("{name} {x} {y} {x}", ("{x}", "{y}")),
        ("{name.__class__}", ("{name.__class__}",)),
        ("{name!r} {name:>10}", ("{name!r}", "{name:>10}")),
        ("{ name }", ("{ name }",)),
        ("{Name}", ("{Name}",)),
        ("{}", ("{}",)),
        ("{name", ("{",)),
        ("name}", ("}",)),
        ("{{name}}", ("{", "}")),
        ("{{ settings.SECRET_KEY }}", ("{", "{ settings.SECRET_KEY }", "}")),
        ("{% load x %}", ("{% load x %}",)),
        ("{na\nme}", ("{na\nme}",)),
    ],
)
def test_broken_places_are_named(text, wrong):
    assert broken(text, allowed=VALUES.keys()) == wrong
    if wrong:
        with pytest.raises(BrokenPlaceholders) as refusal:
            filled(text, VALUES)
        assert refusal.value.found == wrong


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Guten Tag {name},\n\nbis {wann}.", "Guten Tag Kim Muster,\n\nbis Dienstag."),
        ("{name}{name}", "Kim MusterKim Muster"),
        ("\\g<1> {name} %s", "\\g<1> Kim Muster %s"),
        ("{betrieb}", "{wann} {0.__class__}"),
        ("in {ort}", "in A Bcc: x@y.example"),
    ],
)
def test_values_are_put_in_once_and_in_one_line(text, found):
    assert filled(text, VALUES) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (" \n ", []),
        ("a", ["a"]),
        ("a\nb", ["a\nb"]),
        ("a\n\nb", ["a", "b"]),
        ("a\r\n\r\nb\r\nc", ["a", "b\nc"]),
        ("\n\na  \n \n\t\n\nb\n", ["a", "b"]),
    ],
)
def test_blank_lines_part_paragraphs(text, found):
    assert paragraphs(text) == found
