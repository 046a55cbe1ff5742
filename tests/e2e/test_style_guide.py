"""/stil/ in a real browser: every component in every state, so one walk looks at all of them."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page


def test_components_are_accessible_and_stay_on_the_screen(
    open_page: Callable[..., Page], login: Callable[[Page, str], None], axe: Callable[..., None]
) -> None:
    page = open_page("/", width=320)
    login(page, "redaktion")
    for width, scheme in ((320, "dunkel"), (1280, "hell")):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"/stil/?schema={scheme}")
        assert page.title().startswith("Bausteine der Website"), "no sample takes the focus and changes the title"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        # Samples of header and footer repeat the landmarks of the page's own.
        axe(page, without=["landmark-unique"])
