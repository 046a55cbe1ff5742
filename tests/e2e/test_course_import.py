"""An editor takes in a provider's list: from the file to the report, with the worker that reads it.

On the way, what else the admin has of courses.
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import FilePayload, Page, expect

from tests.conftest import SiteServer
from tests.e2e.test_booking import tab_to

ROWS = (
    "Nummer;Titel;Kurzfassung;Thema;Form;Preis;Anmeldelink;Beginn;PLZ;Ort",
    "M-1;Imkern für Anfänger;An zwei Tagen.;Digitalisierung;vor Ort;99;https://a.example/1;12.01.2030;31655;Stadthagen",
    "M-2;;An einem Tag.;Digitalisierung;vor Ort;99;https://a.example/2;13.01.2030;31655;Stadthagen",
)
FILE = FilePayload(name="kurse.csv", mimeType="text/csv", buffer="\n".join(ROWS).encode("cp1252"))
LOOKS = ((320, "dark"), (1280, "light"))


def test_a_list_is_taken_in_from_the_file_to_the_report(
    own_site_server: SiteServer,
    open_page: Callable[..., Page],
    login: Callable[[Page, str], None],
    axe: Callable[..., None],
) -> None:
    own_site_server.site.start_worker()
    page = open_page("/", server=own_site_server, reduced_motion="reduce")
    login(page, "redaktion")

    def look() -> None:
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            axe(page, "main")

    def send_empty() -> None:
        """Past the browser's own checks, by keyboard."""
        page.evaluate("document.querySelectorAll('main form').forEach(form => { form.noValidate = true })")
        tab_to(page, "main form[method=post] [type=submit]")
        page.keyboard.press("Enter")
        page.locator("main .error-message").first.wait_for()
        look()

    page.goto("/admin/einlesen/")
    send_empty()
    page.locator("[name=provider]").select_option(label="Werkschule Schaumburg")
    page.locator("main [type=file]").set_input_files(FILE)
    look()
    page.get_by_role("button", name="Weiter").click()
    page.get_by_role("button", name="Vorschau zeigen").wait_for()
    look()
    page.get_by_role("button", name="Vorschau zeigen").click()
    start = page.get_by_role("button", name="Jetzt einlesen")
    expect(start).to_be_visible(timeout=120_000)  # the page comes anew by itself until the worker has read the file
    expect(page.get_by_role("status").filter(has_text="1 neu")).to_be_visible()
    look()
    start.click()
    expect(page.get_by_role("button", name="Alles zurücknehmen")).to_be_visible(timeout=120_000)
    expect(page.get_by_role("link", name="Abgelehnte Zeilen herunterladen")).to_be_visible()
    look()
    for path in ("kursquellen/", "verschwundene-kurse/", "bildungsbedarf/", "anbieter/link/1/"):
        page.goto(f"/admin/{path}")
        look()
    page.goto("/admin/kursquellen/new/")
    send_empty()
    page.locator("[name=provider]").select_option(label="Werkschule Schaumburg")
    page.fill("[name=address]", "https://a.example/kurse.csv")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/kursquellen/")
    look()
    tab_to(page, "main td button")

    page.goto("/kurse/?text=Imkern")
    expect(page.get_by_role("main").get_by_role("link", name="Imkern für Anfänger")).to_be_visible()
