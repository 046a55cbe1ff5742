"""„Nächster freier Termin“ in a real browser: on every page that tells it, and the way through its link."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.conftest import SiteServer

PAGES = ("/", "/bueros/vechta/", "/kurse/sps-grundlagen/", "/nachrichten/sieben-landkreise-ein-netz/")
GONE = "/termin/vechta/?anliegen=erstberatung&art=office&zeit=2026-01-07T09:00%2B01:00"


def test_axe_finds_nothing_where_it_is_told_and_where_it_leads(
    open_page: Callable[..., Page], every_look: Callable[[Page], None]
) -> None:
    page = open_page("/", reduced_motion="reduce")
    for address in (*PAGES, GONE):
        page.goto(address)
        if address != GONE:
            expect(page.locator(".next-free").first).to_be_visible()
        every_look(page)
    expect(page.get_by_role("heading", name="Diese Zeit ist nicht mehr frei")).to_be_visible()
    later = page.locator("[aria-labelledby=tage] button[name=zeit], .free-times__next button[name=zeit]").last
    page.goto(f"/termin/vechta/?zeit={(later.get_attribute('value') or '').replace('+', '%2B')}")
    expect(page.get_by_role("heading", name="Ihre Zeit ist frei")).to_be_visible()
    every_look(page)


def test_a_course_leads_to_its_time_and_comes_along_without_scripts(
    own_site_server: SiteServer, open_page: Callable[..., Page]
) -> None:
    page = open_page("/kurse/sps-grundlagen/", server=own_site_server, javascript=False, width=360)
    told = page.locator(".next-free__time").first.get_attribute("datetime")
    page.locator(".next-free__link").first.click()
    first = page.locator("button[name=zeit]").first
    assert first.get_attribute("value") == told
    first.click()
    expect(page.get_by_text("Wir sprechen über den Kurs „SPS-Grundlagen“.")).to_be_visible()
    page.goto("/kurse/sps-grundlagen/")
    assert page.locator(".next-free__time").first.get_attribute("datetime") is not None
    assert page.context.cookies() == []
