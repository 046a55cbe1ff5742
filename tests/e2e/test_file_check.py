"""A provider checks a list: without script, and the report as people with other senses and small screens have it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

LIST = {
    "name": "liste.csv",
    "mimeType": "text/csv",
    "buffer": "Kursnummer;Titel;Beginn;Preis\n1;Löten;3.12.2027;99 €\n2;Drehen;32.12.2027;0\n3;;;\n".encode(),
}


def check(page: Page) -> None:
    page.get_by_label("Ihre Datei").set_input_files(LIST)
    page.get_by_role("button", name="Datei prüfen").click()
    expect(page.get_by_role("heading", name="So haben wir „liste.csv“ gelesen")).to_be_visible()


def test_list_is_checked_without_script(open_page: Callable[..., Page]) -> None:
    page = open_page("/kurse/datei-pruefen/", javascript=False)
    check(page)
    expect(page.get_by_text("2 Kurse mit 1 Termin", exact=True)).to_be_visible()


def test_report_is_accessible(open_page: Callable[..., Page], axe: Callable[..., None]) -> None:
    page = open_page("/kurse/datei-pruefen/", width=320, color_scheme="dark")
    check(page)
    axe(page)
