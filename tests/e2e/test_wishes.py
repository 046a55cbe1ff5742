"""Advisor and part of the day by plain links, and the print view, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.parametrize(("width", "color_scheme"), [(320, "dark"), (1280, "light"), (320, "light"), (1280, "dark")])
def test_the_filters_are_plain_links(
    open_page: Callable[..., Page], axe: Callable[..., None], width: int, color_scheme: str
) -> None:
    page = open_page("/termin/hameln/", width=width, color_scheme=color_scheme)
    who = page.get_by_role("navigation", name="Mit wem?").get_by_role("link")
    name = who.nth(1).inner_text()
    who.nth(1).click()
    expect(page.locator("[aria-labelledby=person] [aria-current]")).to_have_text(name, use_inner_text=True)
    page.get_by_role("link", name="abends, ab 17 Uhr").click()
    expect(page.get_by_text("So, wie Sie gewählt haben, ist zurzeit nichts frei.")).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("link", name="Zu jeder Tageszeit", exact=True).click()
    expect(page.locator("button[name=zeit]").first).to_be_visible()
    axe(page)


def test_the_print_view_shows_only_what_was_chosen(open_page: Callable[..., Page]) -> None:
    page = open_page("/termin/hameln/?art=office&tageszeit=vormittag", width=800)
    page.emulate_media(media="print")
    links = page.locator("[aria-labelledby=tageszeit] a")
    expect(links.filter(visible=True)).to_have_count(1)
    expect(links.filter(visible=True)).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.locator(".slot").first).to_have_css("color", "rgb(0, 0, 0)")
    assert page.locator(".day-strip").evaluate("strip => strip.scrollWidth <= strip.clientWidth")
