"""What a service adds to the way of a firm: a duration to choose, own questions, words after the booking."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import SiteServer
from tests.e2e.test_booking import fill_in


def test_a_firm_chooses_how_long_without_scripts(own_site_server: SiteServer, open_page: Callable[..., Page]) -> None:
    page = open_page("/termin/hameln/?anliegen=erstberatung", server=own_site_server, javascript=False, width=360)
    page.get_by_role("navigation", name="Wie lange?").get_by_role("link", name="90 Minuten").click()
    expect(page.get_by_role("link", name="90 Minuten")).to_have_attribute("aria-current", "true")
    page.locator("button[name=zeit]").first.click()
    fill_in(page)
    page.get_by_role("button", name="Termin verbindlich buchen").click()
    expect(page.get_by_role("heading", name="Gut zu wissen")).to_be_visible()
    hours = re.search(r"(\d+):(\d+) bis (\d+):(\d+) Uhr", page.get_by_role("main").inner_text())
    assert hours is not None
    begin, end = (int(hours[i]) * 60 + int(hours[i + 1]) for i in (1, 3))
    assert end - begin == 90


@pytest.mark.parametrize(("width", "color_scheme"), [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")])
def test_own_questions_are_asked_and_explained(
    own_site_server: SiteServer,
    open_page: Callable[..., Page],
    axe: Callable[..., None],
    width: int,
    color_scheme: str,
) -> None:
    page = open_page(
        "/termin/hameln/?anliegen=erstberatung&dauer=30",
        server=own_site_server,
        width=width,
        color_scheme=color_scheme,
        reduced_motion="reduce",
        may_answer=[422],
    )

    def checked() -> None:
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    checked()
    page.get_by_role("link", name="Förderberatung").click()
    expect(page.get_by_role("navigation", name="Wie lange?")).to_have_count(0)
    page.locator("button[name=zeit]").first.click()
    fill_in(page)
    page.get_by_text("Nein", exact=True).click()
    expect(page.get_by_label("Nein")).to_be_checked()
    checked()
    page.get_by_role("button", name="Termin verbindlich buchen").click()
    page.get_by_role("link", name="Bitte geben Sie eine Zahl ein.").click()
    expect(page.get_by_label("Für wie viele Menschen suchen Sie eine Förderung?")).to_be_focused()
    expect(page.get_by_label("Nein")).to_be_checked()
    checked()
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Termin ist gebucht")
    page.get_by_role("link", name="Ihre Daten").click()
    expect(page.get_by_text("Für wie viele Menschen suchen Sie eine Förderung?")).to_be_visible()
    checked()
