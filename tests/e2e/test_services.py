"""What a service adds to the way of a firm: a duration to choose, own questions, words after the booking, an e-mail
address to confirm first."""

from __future__ import annotations

import email
import re
import sqlite3
from collections.abc import Callable
from email.policy import SMTP

from playwright.sync_api import Page, expect

from tests.conftest import SiteServer
from tests.e2e.test_booking import fill_in


def test_a_firm_chooses_how_long_without_scripts(own_site_server: SiteServer, open_page: Callable[..., Page]) -> None:
    page = open_page("/termin/hameln/?anliegen=erstberatung", server=own_site_server, javascript=False, width=360)
    page.locator(".choices__summary").click()
    page.get_by_role("navigation", name="Wie lange?").get_by_role("link", name="90 Minuten").click()
    page.locator(".choices__summary").click()
    expect(page.get_by_role("link", name="90 Minuten")).to_have_attribute("aria-current", "true")
    page.locator("button[name=zeit]").first.click()
    fill_in(page)
    page.get_by_role("button", name="Termin verbindlich buchen").click()
    expect(page.get_by_role("heading", name="Gut zu wissen")).to_be_visible()
    hours = re.search(r"(\d+):(\d+) bis (\d+):(\d+) Uhr", page.get_by_role("main").inner_text())
    assert hours is not None
    begin, end = (int(hours[i]) * 60 + int(hours[i + 1]) for i in (1, 3))
    assert end - begin == 90


def test_own_questions_are_asked_and_explained(
    own_site_server: SiteServer, open_page: Callable[..., Page], every_look: Callable[[Page], None]
) -> None:
    page = open_page(
        "/termin/hameln/?anliegen=erstberatung&dauer=30",
        server=own_site_server,
        reduced_motion="reduce",
        may_answer=[422],
    )
    every_look(page)
    page.locator(".choices__summary").click()
    page.get_by_role("link", name="Förderberatung").click()
    page.wait_for_url("**anliegen=foerder*")
    page.locator(".choices__summary").click()
    expect(page.get_by_role("navigation", name="Wie lange?")).to_have_count(0)
    page.locator("button[name=zeit]").first.click()
    fill_in(page)
    page.get_by_text("Nein", exact=True).click()
    expect(page.get_by_label("Nein")).to_be_checked()
    every_look(page)
    page.get_by_role("button", name="Termin verbindlich buchen").click()
    page.get_by_role("link", name="Bitte geben Sie eine Zahl ein.").click()
    expect(page.get_by_label("Für wie viele Menschen suchen Sie eine Förderung?")).to_be_focused()
    expect(page.get_by_label("Nein")).to_be_checked()
    every_look(page)
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Termin ist gebucht")
    page.get_by_role("link", name="Ihre Daten").click()
    expect(page.get_by_text("Für wie viele Menschen suchen Sie eine Förderung?")).to_be_visible()
    every_look(page)


def link_in_mail(server: SiteServer) -> str:
    """Where the newest mail asks to confirm the address leads, on this server."""
    database = server.site.var_dir / "db.sqlite3"
    with sqlite3.connect(database) as connection:
        rows = "SELECT message FROM foundation_outgoingmail WHERE kind = 'firm_verify' ORDER BY position DESC"
        mail = email.message_from_bytes(connection.execute(rows).fetchone()[0], policy=SMTP)
    found = re.search(r"https?://[^/]+(/termin/bestaetigen/\S+)", mail.get_body(("plain",)).get_content())
    assert found is not None
    return found[1]


def test_a_firm_confirms_its_address_before_it_is_booked_without_scripts(
    own_site_server: SiteServer, open_page: Callable[..., Page]
) -> None:
    address = "/termin/hameln/?anliegen=weiterbildungsfahrplan"
    page = open_page(address, server=own_site_server, javascript=False, width=360, may_answer=[410])
    page.locator("button[name=zeit]").first.click()
    fill_in(page)
    page.get_by_role("button", name="Weiter: E-Mail bestätigen").click()
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text("Noch nicht gebucht")
    waiting, first_link = page.url, link_in_mail(own_site_server)

    page.get_by_role("link", name="Angaben ändern").click()
    expect(page.get_by_label("Betrieb", exact=True)).to_have_value("Beispiel Metallbau GmbH")
    page.fill("[name=email]", "kim@neu.example")
    page.get_by_role("button", name="Angaben speichern").click()
    expect(page.get_by_text("eine E-Mail an kim@neu.example geschickt")).to_be_visible()
    assert page.url == waiting
    page.get_by_role("button", name="Erneut senden").click()
    expect(page.get_by_role("status").filter(has_text="Die E-Mail ist unterwegs.")).to_be_visible()

    page.goto(first_link)
    expect(title).to_have_text("Dieser Link gilt nicht mehr")
    link = link_in_mail(own_site_server)
    page.goto(link)
    expect(title).to_have_text("Möchten Sie diesen Termin buchen?")
    page.get_by_role("button", name="Termin verbindlich buchen").click()
    expect(title).to_have_text("Ihr Termin ist gebucht")
    booked = page.url
    for again in (link, waiting):
        page.goto(again)
        assert page.url == booked
    assert page.context.cookies() == []


def test_the_steps_of_confirming_are_accessible(
    own_site_server: SiteServer, open_page: Callable[..., Page], every_look: Callable[[Page], None]
) -> None:
    page = open_page(
        "/termin/hameln/?anliegen=weiterbildungsfahrplan",
        server=own_site_server,
        reduced_motion="reduce",
        may_answer=[410],
    )

    page.locator("button[name=zeit]").first.click()
    every_look(page)
    fill_in(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Noch nicht gebucht")
    every_look(page)
    page.get_by_role("button", name="Erneut senden").press("Enter")
    expect(page.get_by_role("status").filter(has_text="Die E-Mail ist unterwegs.")).to_be_visible()
    every_look(page)
    link = link_in_mail(own_site_server)
    page.goto(link)
    every_look(page)
    page.get_by_role("button", name="Zeit freigeben").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wann passt es Ihnen?")
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Diese Zeit ist nicht mehr für Sie reserviert")
    every_look(page)
