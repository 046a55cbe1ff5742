"""What a firm prints: its appointment and its data, black on white, one sheet, without navigation and buttons."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import SiteServer
from tests.e2e.test_booking import fill_in

SCREEN_ONLY = (
    ".site-nav, .site-header__action, .site-footer__top, .steps, .easy-words, .button, .skip-link, .screen-only"
)


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_the_booked_appointment_and_the_own_data_are_printed(
    own_site_server: SiteServer, open_page: Callable[..., Page], color_scheme: str
) -> None:
    page = open_page(
        "/termin/vechta/?anliegen=erstberatung&art=office",
        server=own_site_server,
        width=794,
        color_scheme=color_scheme,
        javascript=False,
    )
    page.locator("button[name=zeit]").first.click()
    fill_in(page)
    page.get_by_role("button", name="Termin verbindlich buchen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Termin ist gebucht")
    data = page.get_by_role("link", name="Ihre Daten", exact=True).get_attribute("href") or ""

    page.emulate_media(media="print", color_scheme=color_scheme)
    printed = page.locator("main").inner_text()
    for part in (
        "Uhr",
        "MehrWert-Büro Vechta, ",
        "Vom Bahnhof",
        "Was Sie mitbringen",
        "Vorgangsnummer",
        "Fragen zum Termin?",
    ):
        assert part in printed, part
    assert_black_on_white_without_navigation(page)
    assert pages_of(page) == 1

    page.goto(data)
    page.emulate_media(media="print", color_scheme=color_scheme)
    printed = page.locator("main").inner_text()
    for part in ("Beispiel Metallbau GmbH", "Kim Muster", "Wann wir sie löschen", "ist die Zeit um"):
        assert part in printed, part
    assert_black_on_white_without_navigation(page)


def assert_black_on_white_without_navigation(page: Page) -> None:
    expect(page.locator(SCREEN_ONLY).filter(visible=True)).to_have_count(0)
    expect(page.locator("h1")).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.locator(".facts dd").first).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.locator("body")).to_have_css("background-color", "rgba(0, 0, 0, 0)")


def pages_of(page: Page) -> int:
    """Sheets of A4 with the margins that browsers leave."""
    margin = dict.fromkeys(("top", "right", "bottom", "left"), "10mm")
    return len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4", margin=margin)))
