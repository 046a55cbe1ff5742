"""What is measured, what is wanted of it, and the table of both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figure:
    """One line. `ratio` is to the empty view, or to what `against` names; `number` counts anything else.

    `wanted` holds the most of each column, `at_least` the least.
    """

    name: str
    milliseconds: float | None = None
    ratio: float | None = None
    queries: int | None = None
    number: int | None = None
    against: str = ""
    remark: str = ""
    wanted: dict[str, float] = field(default_factory=dict)
    at_least: dict[str, float] = field(default_factory=dict)

    @property
    def is_kept(self) -> bool:
        return all(getattr(self, column) <= most for column, most in self.wanted.items()) and all(
            getattr(self, column) >= least for column, least in self.at_least.items()
        )

    @property
    def is_judged(self) -> bool:
        return bool(self.wanted or self.at_least)


_UNITS = {"milliseconds": " ms", "ratio": "×", "queries": " queries", "number": ""}


def line(figure: Figure) -> str:
    bounds = [
        f"{sign} {value:g}{_UNITS[column]}"
        for sign, columns in (("≤", figure.wanted), ("≥", figure.at_least))
        for column, value in columns.items()
    ]
    mark = ("✓" if figure.is_kept else "✗") if figure.is_judged else " "
    cells = (
        f"{figure.name:46}",
        _cell(figure.milliseconds, 10, 2, " ms"),
        _amount(figure),
        _cell(figure.queries, 4, 0, " q"),
        f"{', '.join(bounds):24}",
        mark,
        " ".join(filter(None, (figure.against and f"× {figure.against}", figure.remark))),
    )
    return "  ".join(cells).rstrip()


def _amount(figure: Figure) -> str:
    if figure.number is not None:
        return _cell(figure.number, 9, 0, "")
    return _cell(figure.ratio, 8, 2 if figure.ratio and figure.ratio < 10 else 1, "×")


def _cell(value: float | None, width: int, digits: int, unit: str) -> str:
    text = "" if value is None else f"{value:,.{digits}f}{unit}"
    return f"{text:>{width + len(unit)}}"


def summary(figures: Iterable[Figure]) -> str:
    judged = [figure for figure in figures if figure.is_judged]
    missed = [figure.name for figure in judged if not figure.is_kept]
    text = f"{len(judged) - len(missed)} of {len(judged)} figures as wanted"
    return f"{text}; missed: {', '.join(missed)}" if missed else text
