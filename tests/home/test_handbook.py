"""The handbooks: every picture that they show is taken, every page and heading that they link to is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.screenshots import DESK_PAGES, WAY_OF_A_FIRM

DOCS = Path(__file__).resolve().parents[2] / "docs"
TAKEN = {*DESK_PAGES, *WAY_OF_A_FIRM, "auswirkung"}
PAGES = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))


def links_of(page: str) -> list[str]:
    return re.findall(r"\]\(([^)\s]+)\)", (DOCS / page).read_text())


def anchors_of(path: Path) -> set[str]:
    """As GitHub and its like make them: lower case, spaces to hyphens, the rest of the signs left out."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for link in links_of(page):
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = link.partition("#")
        path = ((DOCS / page).parent / target).resolve() if target else DOCS / page
        if path.parent.name == "handbuch":
            assert path.stem in TAKEN, f"{page}: nobody takes {link}"
            continue
        assert path.exists(), f"{page}: {link}"
        assert not anchor or anchor in anchors_of(path), f"{page}: {link}"


def test_every_picture_of_the_desk_is_shown() -> None:
    shown = {Path(link).stem for page in ("buero.md", "beratung.md", "redaktion.md") for link in links_of(page)}
    assert TAKEN - shown == set()
