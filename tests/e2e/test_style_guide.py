"""/stil/ in a real browser: every component in every state, so one walk looks at all of them."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.e2e.looks import assert_room, forced_colours


def test_components_are_accessible_and_stay_on_the_screen(
    open_page: Callable[..., Page], login: Callable[[Page, str], None], axe: Callable[..., None]
) -> None:
    page = open_page("/", width=320)
    login(page, "redaktion")
    # Samples of header and footer repeat the landmarks of the page's own.
    repeated = ["landmark-unique"]
    for scheme in ("dunkel", "hell"):
        page.goto(f"/stil/?schema={scheme}")
        assert page.title().startswith("Bausteine der Website"), "no sample takes the focus and changes the title"
        for width in (320, 1280):
            assert_room(page, width)
            axe(page, without=repeated)
    with forced_colours(page):
        axe(page, without=[*repeated, "color-contrast"])  # which reads the colours that are not shown
