"""A place on every office's page for what upper apps know of the office.

The apps above register here; this app never looks up to them.
"""

from __future__ import annotations

from collections.abc import Callable

from offices.models import Office

Section = Callable[[Office], dict[str, object]]

_sections: list[tuple[str, Section]] = []


def register_section(template: str, section: Section) -> None:
    """`section` gives the context of `template` for an office; sections stand in the order of their registration."""
    if (template, section) not in _sections:
        _sections.append((template, section))


def sections_of(office: Office) -> list[tuple[str, dict[str, object]]]:
    """Template and context of every registered section."""
    return [(template, section(office)) for template, section in _sections]
