"""Pictures of the site.

`make screenshots` leaves the main pages at three widths, light and dark, in screenshots/seiten/, which git ignores: to
be looked at before a change is called done. `make handbook` renews the pictures that the handbook shows, which git
keeps. A fresh site with demo content is served for it, and one firm books, so that the desk has something to show;
nothing of it stays.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.servers import RunningSite, chromium  # noqa: E402  # only after the path is set

TARGET = ROOT / "screenshots"
HANDBOOK = ROOT / "docs" / "handbuch" / "bilder"
PASSWORD = "Nur-fuer-Bilder-4711"
WIDTHS = (360, 768, 1440)
MAIN_PAGES = {
    "start": "/",
    "beratung": "/beratung/",
    "bueros": "/bueros/",
    "buero": "/bueros/vechta/",
    "zeiten": "/termin/vechta/",
    "kurse": "/kurse/",
    "kurse-nichts": "/kurse/?text=Imkern",
    "bedarf": "/kurse/bedarf-melden/?text=Imkern+bei+Vechta",
    "suchauftrag": "/kurse/suchauftrag/?text=Stapler",
    "kurse-einbetten": "/kurse/einbetten/?thema=digitalisierung",
    "kurse-im-rahmen": "/kurse/einbetten/liste/",
    "kursdaten": "/api/",
    "kurs": "/kurse/sps-grundlagen/?plz=31785",
    "kursliste-pruefen": "/kurse/datei-pruefen/",
    "anbieter": "/anbieter/werkschule-schaumburg/",
    "foerderung": "/foerderungen/win/",
    "nachrichten": "/nachrichten/",
    "nachricht": "/nachrichten/sieben-landkreise-ein-netz/",
    "datenschutz": "/datenschutz/",
    "suche": "/suche/?q=beratung",
    "tage": "/termin/tage/",
    "person": "/bueros/vechta/team/ayla-musterfeld/",
    "kontakt": "/kontakt/",
    "fragen": "/fragen/",
    "glossar": "/glossar/",
    "dateien": "/herunterladen/",
    "partner": "/partner/",
    "presse": "/presse/",
    "thema": "/digitalisierung/",
    "barrierefreiheit": "/barrierefreiheit/",
    "veranstaltungen": "/veranstaltungen/",
    "englisch": "/en/",
    "englisch-buero": "/en/offices/hameln/",
    "leichte-sprache": "/leicht/beratung/",
}
WAY_OF_A_FIRM = ("betrieb-1-zeit-waehlen", "betrieb-2-angaben", "betrieb-3-gebucht", "betrieb-4-verschieben")
OWN_PAGES = {"absagen": "absagen", "daten": "daten", "frueher-kommen": "frueher"}
"""Pages of a booked appointment, by the part of their address that the page of the appointment links to."""

SUBMISSION = "einreichen"
CHECKS = "pruefung"
DESK_PAGES = {
    "termine": "termine/",
    "termin": "{inspect}",
    "termin-verschieben": "{move}",
    "neuer-termin": "termine/neu/?anliegen=erstberatung&art=office&buero=vechta",
    "tagesplan": "termine/tag/?buero=vechta&tag={day}",
    "woche": "termine/woche/?buero=vechta&tag={day}",
    "zeit-blockieren": "termine/blockieren/",
    "zusatzzeit": "termine/zusatzzeit/",
    "beratungszeiten": "beratungszeiten/",
    "schliesszeiten": "schliesszeiten/",
    "verteilung": "verteilung/",
    "mailtexte": "e-mail-texte/",
    "anliegen": "anliegen/",
    "anliegen-neu": "anliegen/new/",
    "warum": "warum/",
    "startseite": "",
    "arbeitsliste": "arbeitslisten/kurse/",
}
"""Pictures of the desk by their address in the admin; `auswirkung` is taken beside them, of a form that was asked."""
FIRM = {
    "organization": "Beispiel Metallbau GmbH",
    "name": "Kim Muster",
    "email": "kim@metallbau.example",
    "phone": "05151 12345",
    "postcode": "49377",
    "topic": "Staplerschein",
}

# A picture below the fold comes when it is scrolled to; without this, pictures of pages would have holes.
WAKE_LAZY_PICTURES = """() => {
    const pictures = [...document.images];
    pictures.forEach(picture => picture.loading = "eager");
    return Promise.all(pictures.map(picture => picture.decode().catch(() => null)));
}"""


ADD_COURSES = """
from django.utils import timezone
from courses.models import CourseCataloguePage
from tests.factories.many_courses import add_courses
add_courses(CourseCataloguePage.objects.get(), {number}, today=timezone.localdate())
"""


@contextmanager
def demo_site(*, more_courses: int = 0) -> Iterator[str]:
    """The address of a site with demo content, and so many generated courses, that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="bilder-") as folder:
        var_dir = Path(folder)
        (var_dir / "media").mkdir()
        site = RunningSite(var_dir, f"sqlite:///{var_dir / 'db.sqlite3'}", {"DEMO_PASSWORD": PASSWORD})
        site.manage("migrate", "--verbosity=0")
        site.manage("load_demo")
        if more_courses:
            site.manage("shell", "--no-imports", "--command", ADD_COURSES.format(number=more_courses))
        site.manage("collectstatic", "--no-input", "--verbosity=0")
        try:
            yield site.start_web(workers=2).url
        finally:
            site.stop()


def new_page(browser: Browser, url: str, *, width: int, scheme: str = "light") -> Page:
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        locale="de-DE",
        timezone_id="Europe/Berlin",
        reduced_motion="reduce",
    )
    return context.new_page()


def visit(page: Page, path: str) -> None:
    """Opens a page; a picture of a fault would go into the handbook unseen."""
    response = page.goto(path)
    if response is None or not response.ok:
        sys.exit(f"{path}: {response and response.status}")


def shoot(page: Page, *, whole: bool = True) -> bytes:
    page.wait_for_load_state("networkidle")
    page.evaluate(WAKE_LAZY_PICTURES)
    return page.screenshot(full_page=whole)


def keep_page(page: Page, name: str) -> None:
    target = TARGET / "seiten" / f"{name}.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(shoot(page))
    print(target.relative_to(ROOT))


def keep_for_handbook(page: Page, name: str, *, whole: bool = True) -> None:
    """Small, for git keeps every one of them for ever."""
    target = HANDBOOK / f"{name}.webp"
    with Image.open(io.BytesIO(shoot(page, whole=whole))) as picture:
        picture.convert("RGB").save(target, quality=60, method=6)
    print(target.relative_to(ROOT))


def main_pages(browser: Browser, url: str, own_pages: dict[str, str]) -> None:
    for width in WIDTHS:
        for scheme in ("light", "dark"):
            page = new_page(browser, url, width=width, scheme=scheme)
            for name, path in (MAIN_PAGES | own_pages).items():
                visit(page, path)
                keep_page(page, f"{name}-{width}-{scheme}")
            page.context.close()


def way_of_a_firm(browser: Browser, url: str) -> tuple[str, str]:
    """Books in Vechta and leaves a picture of every step; the day of the appointment, and who advises."""
    page = new_page(browser, url, width=768)
    visit(page, "/termin/vechta/")
    keep_for_handbook(page, WAY_OF_A_FIRM[0])
    first = page.locator("button[name=zeit]").first
    day = (first.get_attribute("value") or "")[:10]
    first.click()
    for name, value in FIRM.items():
        page.fill(f"[name={name}]", value)
    keep_for_handbook(page, WAY_OF_A_FIRM[1])
    page.get_by_role("button", name="Termin verbindlich buchen").click()
    page.wait_for_url("**/termin/ansehen/**")
    advisor = page.locator("dl > div", has=page.get_by_text("Beratung", exact=True)).locator("dd").inner_text()
    keep_for_handbook(page, WAY_OF_A_FIRM[2])
    page.get_by_role("link", name="Verschieben").click()
    keep_for_handbook(page, WAY_OF_A_FIRM[3])
    page.context.close()
    return day, advisor


def pages_of_an_appointment(browser: Browser, url: str) -> dict[str, str]:
    """Books, and gives the addresses that only the firm has."""
    page = new_page(browser, url, width=768)
    visit(page, "/termin/vechta/")
    page.locator("button[name=zeit]").last.click()
    for name, value in FIRM.items():
        page.fill(f"[name={name}]", value)
    page.get_by_role("button", name="Termin verbindlich buchen").click()
    page.wait_for_url("**/termin/ansehen/**")
    links = {name: page.locator(f"main a[href*='/termin/{path}/']").first for name, path in OWN_PAGES.items()}
    found = {name: link.get_attribute("href") or "" for name, link in links.items()}
    found |= {"gebucht": page.url, "daten-loeschen": found["daten"] + "loeschen/"}
    page.context.close()
    return found


def signed_in(browser: Browser, url: str, username: str) -> Page:
    page = new_page(browser, url, width=1280)
    page.goto("/admin/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def submission(browser: Browser, url: str) -> None:
    """What the editors of an office see when they hand in their own page."""
    page = signed_in(browser, url, "buero")
    page.goto("/admin/pages/search/?q=B%C3%BCro+Hameln")
    page.get_by_role("main").get_by_role("link", name="MehrWert-Büro Hameln").first.click()
    page.locator("footer .w-dropdown__toggle").first.click()
    page.locator("button[name=action-submit]").wait_for()
    keep_for_handbook(page, SUBMISSION)
    page.context.close()


def checks(browser: Browser, url: str) -> None:
    """What the editor says of a page while somebody spoils it."""
    page = signed_in(browser, url, "redaktion")
    page.goto("/admin/pages/search/?q=F%C3%B6rderung")
    page.get_by_role("main").get_by_role("link", name="Förderung", exact=True).first.click()
    page.locator("#id_lead").wait_for()
    page.locator("[data-side-panel-toggle=checks]").first.click()
    page.wait_for_timeout(5000)  # the editor looks only now for what is not saved; nothing on the page tells
    page.get_by_role("tab", name="Veröffentlichung").click()
    page.locator("#id_search_description").fill("")
    page.get_by_role("tab", name="Inhalt").click()
    page.locator("#id_lead").fill("www.foerderung.example")
    page.keyboard.press("Tab")
    page.get_by_text("„www.foerderung.example“ ist eine Adresse.").wait_for()
    expect(page.locator("[data-content-word-count]")).not_to_have_text("-", timeout=30_000)
    keep_for_handbook(page, CHECKS, whole=False)
    page.context.close()


def desk(browser: Browser, url: str, day: str, advisor: str) -> None:
    """The pages that the handbooks for advisors and offices explain, as an administrator sees them."""
    page = signed_in(browser, url, "admin")
    page.goto("/admin/termine/")
    inspect = page.get_by_role("main").get_by_role("row").nth(1).get_by_role("link").first.get_attribute("href") or ""
    inspect = inspect.removeprefix("/admin/")
    places = {"day": day, "inspect": inspect, "move": inspect.replace("inspect", "verschieben")}
    for name, path in DESK_PAGES.items():
        visit(page, f"/admin/{path.format(**places)}")
        keep_for_handbook(page, name)
    page.goto("/admin/termine/blockieren/")
    for name, value in {"tag": day, "von": "08:00", "bis": "18:00", "grund": "Fortbildung"}.items():
        page.fill(f"[name={name}]", value)
    page.get_by_label("Beratungsperson").select_option(label=advisor)
    page.get_by_role("button", name="Auswirkung zeigen").click()
    page.get_by_text("Gebuchte Termine in dieser Zeit").wait_for()
    keep_for_handbook(page, "auswirkung")
    page.context.close()


def main() -> None:
    executable = chromium()
    if executable is None:
        sys.exit("Chromium was not found; install it or name it in CHROMIUM.")
    with demo_site() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        if "--handbook" in sys.argv:
            desk(browser, url, *way_of_a_firm(browser, url))
            submission(browser, url)
            checks(browser, url)
        else:
            shutil.rmtree(TARGET, ignore_errors=True)
            main_pages(browser, url, pages_of_an_appointment(browser, url))
        browser.close()


if __name__ == "__main__":
    main()
