"""The page that moves an appointment, in a real browser: other kinds, people and offices by plain links."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.conftest import SiteServer
from tests.e2e.test_booking import fill_in


def book(page: Page) -> str:
    """Books the last shown time in an office, and gives the address of the page that moves it."""
    page.locator("button[name=zeit]").last.click()
    fill_in(page)
    page.get_by_role("button", name="Termin verbindlich buchen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Termin ist gebucht")
    return page.get_by_role("link", name="Verschieben").get_attribute("href") or ""


def test_it_goes_to_a_call_of_another_office_without_scripts(
    own_site_server: SiteServer, open_page: Callable[..., Page]
) -> None:
    page = open_page(
        "/termin/hameln/?art=office", server=own_site_server, javascript=False, width=360, may_answer=[422]
    )
    page.goto(book(page))
    expect(page.get_by_text("Bisher:")).to_contain_text("MehrWert-Büro Hameln")
    page.locator(".choices__summary").click()
    page.get_by_role("link", name="am Telefon").click()
    page.locator(".choices__summary").click()
    page.get_by_role("link", name="MehrWert-Büro Vechta").click()
    expect(page.locator("[aria-labelledby=buero] [aria-current]")).to_have_text("MehrWert-Büro Vechta")
    page.locator("button[name=zeit]").first.click()
    expect(page.get_by_text("Bitte geben Sie die Nummer ein, unter der wir Sie anrufen.").first).to_be_visible()
    page.fill("[name=phone]", "05151 12345")
    page.locator("button[name=zeit]").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Termin ist verschoben")
    expect(page.get_by_text("Wir rufen Sie an unter 05151 12345")).to_be_visible()
    assert page.context.cookies() == []


def test_axe_finds_nothing_in_any_state(
    own_site_server: SiteServer,
    open_page: Callable[..., Page],
    axe: Callable[..., None],
    every_look: Callable[[Page], None],
) -> None:
    page = open_page(
        "/termin/hameln/?anliegen=erstberatung&art=office",
        server=own_site_server,
        reduced_motion="reduce",
        may_answer=[422],
    )
    move = book(page)
    for query in ("", "?art=video", "?art=video&buero=vechta", "?art=phone"):
        page.goto(move + query)
        axe(page)
        page.locator(".choices__summary").click()
        every_look(page)
    page.locator("button[name=zeit]").first.click()
    expect(page.get_by_text("Bitte geben Sie die Nummer ein, unter der wir Sie anrufen.").first).to_be_visible()
    every_look(page)
