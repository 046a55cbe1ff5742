"""The way of a firm through a real browser: without scripts, by keyboard alone, and under axe in every state."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.conftest import SiteServer

FIRM = {
    "organization": "Beispiel Metallbau GmbH",
    "name": "Kim Muster",
    "email": "kim@metallbau.example",
    "postcode": "31785",
}


def fill_in(page: Page) -> None:
    for name, value in FIRM.items():
        page.fill(f"[name={name}]", value)


def test_a_firm_books_moves_and_cancels_without_scripts(
    own_site_server: SiteServer, open_page: Callable[..., Page]
) -> None:
    page = open_page("/", server=own_site_server, javascript=False, width=360)
    page.get_by_role("main").get_by_label("Postleitzahl Ihres Betriebs").fill("31785")
    page.get_by_role("main").get_by_role("button", name="Termine zeigen").click()
    expect(page.get_by_text("Ihr Büro für 31785 im Landkreis Hameln-Pyrmont.")).to_be_visible()

    chosen = page.locator("button[name=zeit]").first
    moment = chosen.get_attribute("value")
    assert chosen.locator("time").get_attribute("datetime") == moment
    chosen.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Angaben")
    fill_in(page)
    page.get_by_role("button", name="Termin verbindlich buchen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Termin ist gebucht")
    confirmation = page.url

    page.get_by_role("link", name="Verschieben").click()
    page.locator("button[name=zeit]").nth(3).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Termin ist verschoben")
    assert page.url == confirmation

    reminder = link_of_the_reminder(own_site_server)
    page.goto(reminder)
    page.get_by_role("button", name="Wir kommen").click()
    expect(page.get_by_text("Sie haben zugesagt. Die Beratung weiß Bescheid.")).to_be_visible()
    page.goto(reminder)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sie haben schon zugesagt")
    page.get_by_role("link", name="Verschieben").click()
    page.locator("button[name=zeit]").nth(2).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Termin ist verschoben")
    expect(page.get_by_text("Sie haben zugesagt.")).to_have_count(0)

    page.goto(reminder)
    page.get_by_role("link", name="Absagen").click()
    page.get_by_role("button", name="Termin absagen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Termin ist abgesagt")
    page.get_by_role("link", name="Ihre Daten", exact=True).click()
    sees_downloads_and_erases(page)
    assert page.context.cookies() == []


def link_of_the_reminder(server: SiteServer) -> str:
    """What the reminder of the latest booking leads to."""
    printed = server.site.manage(
        "shell",
        "--verbosity=0",
        "-c",
        "from booking.models import Appointment; from booking.links import Purpose, path_to; "
        "print(path_to(Appointment.objects.latest('booked_at'), Purpose.CONFIRM))",
    )
    return printed.stdout.strip()


def sees_downloads_and_erases(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Daten")
    for value in FIRM.values():
        expect(page.locator("[aria-labelledby=angaben] dd", has_text=value)).to_have_count(1)
    with page.expect_download() as file:
        page.get_by_role("link", name="Als Datei herunterladen").click()
    handed_out = Path(file.value.path()).read_text(encoding="utf-8")
    assert all(value in handed_out for value in FIRM.values())
    page.get_by_role("link", name="Jetzt löschen").click()
    page.get_by_role("button", name="Daten löschen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Daten sind gelöscht")
    page.reload()
    assert FIRM["organization"] not in page.content()


def test_three_page_loads_lead_from_an_office_to_the_confirmation(
    own_site_server: SiteServer, open_page: Callable[..., Page]
) -> None:
    page = open_page("/bueros/hameln/", server=own_site_server)
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))

    page.get_by_role("main").get_by_role("link", name="Erstberatung").first.click()
    page.locator("button[name=zeit]").first.click()
    page.wait_for_url("**/termin/reserviert/**")
    fill_in(page)
    page.get_by_role("button", name="Termin verbindlich buchen").click()
    page.wait_for_url("**/termin/ansehen/**")

    assert len(loads) == 3


def tab_to(page: Page, selector: str, limit: int = 60) -> None:
    """Presses Tab until the first element of the selector has the focus, and sees that the focus shows on the way."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """selector => {
                // Of a radio button the whole row is framed, of a card's link the whole card.
                const active = document.activeElement;
                const framed = active.closest('.choice, .card:has(.card__title > a:focus)') ?? active;
                const style = getComputedStyle(framed);
                return [active.matches(selector), style.outlineStyle !== 'none' || style.boxShadow !== 'none'];
            }""",
            selector,
        )
        assert focused[1], f"no visible focus on the way to {selector}"
        if focused[0]:
            return
    raise AssertionError(f"{selector} cannot be reached by Tab")


def test_axe_finds_nothing_on_any_step(
    own_site_server: SiteServer, open_page: Callable[..., Page], every_look: Callable[[Page], None]
) -> None:
    page = open_page("/termin/", server=own_site_server, reduced_motion="reduce", may_answer=[422, 409, 410, 404])
    every_look(page)
    page.get_by_text("Erklärung in Leichter Sprache").click()
    expect(page.get_by_text("Der Termin kostet nichts.")).to_be_visible()
    every_look(page)
    page.goto("/termin/?plz=00000")
    every_look(page)
    page.goto("/termin/?plz=31785")
    every_look(page)
    page.locator(".choices__summary").click()
    every_look(page)
    page.locator(".day-strip a").nth(2).click()
    every_look(page)
    page.locator("#tag button[name=zeit]").first.click()
    every_look(page)
    page.get_by_role("button", name="Termin verbindlich buchen").click()
    every_look(page)
    fill_in(page)
    page.get_by_role("button", name="Termin verbindlich buchen").click()
    every_look(page)
    booked = page.url
    page.get_by_role("link", name="Verschieben").click()
    every_look(page)
    page.goto(booked)
    page.get_by_role("link", name="Absagen").click()
    every_look(page)
    page.goto(booked)
    page.get_by_role("link", name="Ihre Daten", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Daten")
    every_look(page)
    page.get_by_role("link", name="Jetzt löschen").click()
    every_look(page)
    page.get_by_role("button", name="Termin absagen und Daten löschen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Daten sind gelöscht")
    every_look(page)
    may_be_gone = page.goto(booked)
    assert may_be_gone is not None
    assert may_be_gone.status == 410
    every_look(page)
    page.goto("/termin/ansehen/kaputt/")
    every_look(page)


def test_a_taken_time_offers_others_and_keeps_the_answers(
    own_site_server: SiteServer, open_page: Callable[..., Page], every_look: Callable[[Page], None]
) -> None:
    first = open_page("/termin/diepholz/", server=own_site_server, reduced_motion="reduce")
    # Whoever still looks at the page sees a time that others have taken meanwhile, by every advisor who had it.
    late = open_page("/termin/diepholz/", server=own_site_server, reduced_motion="reduce", may_answer=[409])
    value = late.locator("button[name=zeit]").first.get_attribute("value")
    for _ in range(8):
        first.goto("/termin/diepholz/")
        if first.locator(f"button[value='{value}']").count() == 0:
            break
        first.locator(f"button[value='{value}']").first.click()
    late.locator(f"button[value='{value}']").first.click()
    expect(late.get_by_role("heading", level=1)).to_have_text("Diese Zeit ist gerade vergeben worden")
    every_look(late)
    late.locator("button[name=zeit]").first.click()
    expect(late.get_by_role("heading", level=1)).to_have_text("Ihre Angaben")


def test_a_firm_says_yes_to_its_reminder(
    own_site_server: SiteServer, open_page: Callable[..., Page], every_look: Callable[[Page], None]
) -> None:
    page = open_page("/termin/hameln/", server=own_site_server)
    page.locator("button[name=zeit]").last.click()
    fill_in(page)
    page.get_by_role("button", name="Termin verbindlich buchen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Termin ist gebucht")
    page.goto(link_of_the_reminder(own_site_server))
    expect(page.get_by_role("heading", level=1)).to_have_text("Bleibt es bei diesem Termin?")
    every_look(page)
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Sie haben zugesagt. Die Beratung weiß Bescheid.")).to_be_visible()
    every_look(page)
    page.get_by_role("link", name="Absagen").click()
    page.get_by_role("button", name="Termin absagen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Termin ist abgesagt")
    every_look(page)
