"""A visit in the firm: the postcode before the times, without scripts, and every step under axe."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.conftest import SiteServer
from tests.e2e.test_booking import fill_in

VISIT = "/termin/hameln/?anliegen=beratung-im-betrieb"


def test_every_step_to_a_visit_is_accessible(
    own_site_server: SiteServer, open_page: Callable[..., Page], every_look: Callable[[Page], None]
) -> None:
    page = open_page(VISIT, server=own_site_server, reduced_motion="reduce")
    every_look(page)
    field = page.get_by_label("Postleitzahl Ihres Betriebs")
    field.fill("27209")
    field.press("Enter")
    expect(page.get_by_text("Diese Postleitzahl kennen wir nicht.")).to_be_visible()
    every_look(page)
    field.fill("31860")
    field.press("Enter")
    expect(page.get_by_text("Besuch in 31860: Zu diesen Zeiten passt die Fahrt.")).to_be_visible()
    every_look(page)
    page.locator("button[name=zeit]").first.click()
    expect(page.locator("[name=postcode]")).to_have_value("31860")


def test_a_visit_needs_no_scripts_and_no_cookie(own_site_server: SiteServer, open_page: Callable[..., Page]) -> None:
    page = open_page(VISIT, server=own_site_server, javascript=False, width=360)
    page.get_by_label("Postleitzahl Ihres Betriebs").fill("31860")
    page.get_by_role("button", name="Zeiten zeigen").click()
    page.get_by_role("link", name="Postleitzahl ändern").click()
    page.get_by_label("Postleitzahl Ihres Betriebs").fill("31855")
    page.get_by_role("button", name="Zeiten zeigen").click()
    page.locator("button[name=zeit]").first.click()
    fill_in(page)
    page.fill("[name=postcode]", "31855")
    page.fill("[name=street]", "Musterweg 1")
    page.get_by_role("button", name="Termin verbindlich buchen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Termin ist gebucht")
    expect(page.get_by_text("bei Ihnen im Betrieb, Musterweg 1, 31855").first).to_be_visible()
    assert page.context.cookies() == []
