"""S8: no pattern of our own takes more than its share of time, whatever somebody sends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.stopwatch import processor_seconds

ROOT = Path(__file__).parents[2]
LENGTH = 100_000
EVIL = {
    "one letter": "a" * LENGTH,
    "one digit": "1" * LENGTH,
    "blanks": " " * LENGTH,
    "lines": "\n" * LENGTH,
    "blank lines": "\n \t" * (LENGTH // 3),
    "a comma before blanks": "," + " " * LENGTH + "x",
    "quotes": ",\"'" * (LENGTH // 3),
    "open brackets": "<" * LENGTH,
    "bracketed letters": "<a" * (LENGTH // 2),
    "open braces": "{" * LENGTH,
    "braces and letters": "{a" * (LENGTH // 2),
    "dots": "." * LENGTH + "_",
    "an address that never ends": "a@" + "a." * (LENGTH // 2) + "_",
    "slashes": "/termin/" * (LENGTH // 8),
    "equal signs": "=3" * (LENGTH // 2),
}


WAYS: dict[str, Callable[[re.Pattern[Any], Any], object]] = {
    "match": lambda pattern, text: pattern.match(text),
    "fullmatch": lambda pattern, text: pattern.fullmatch(text),
    "search": lambda pattern, text: pattern.search(text),
    "finditer": lambda pattern, text: list(pattern.finditer(text)),
    "findall": lambda pattern, text: pattern.findall(text),
    "split": lambda pattern, text: pattern.split(text),
    "sub": lambda pattern, text: pattern.sub(text[:0], text),
}


def uses() -> Iterator[tuple[str, str, re.Pattern[Any]]]:
    """Patterns at the top of a module, as the house style wants them, each with a way in which the module uses it."""
    for source in [*ROOT.glob("site/*/**/*.py"), *ROOT.glob("*/**/*.py")]:
        where = source.relative_to(ROOT / "site" if source.is_relative_to(ROOT / "site") else ROOT)
        if where.parts[0] not in {"foundation", "offices", "courses", "booking", "home", "mehrwert"}:
            continue
        written = source.read_text()
        if "re.compile(" not in written:
            continue
        module = import_module(".".join(where.with_suffix("").parts).removesuffix(".__init__"))
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                ways = set(re.findall(rf"\b{name}\.(\w+)\(", written))
                assert ways <= WAYS.keys(), f"{module.__name__}.{name}"
                yield from ((f"{module.__name__}.{name}", way, value) for way in sorted(ways))


def test_s8_no_text_keeps_a_pattern_of_ours_busy() -> None:
    """Processor time, and ten times what trust.md allows: a pattern that is wrong takes half a minute and more."""
    found = list(uses())
    assert len(found) >= 10
    for name, way, pattern in found:
        for which, text in EVIL.items():
            read = partial(WAYS[way], pattern, text if isinstance(pattern.pattern, str) else text.encode())
            assert processor_seconds(read) < 1, (name, way, which)
