"""Every content page in a real browser: axe in light and dark, narrow and wide; nothing runs over the edge."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

PAGES = [
    "/",
    "/beratung/",
    "/bueros/",
    "/bueros/hameln/",
    "/kurse/",
    "/kurse/?text=Quantenphysik",
    "/kurse/bedarf-melden/?text=Imkern+bei+Vechta",
    "/kurse/suchauftrag/?text=Stapler",
    "/kurse/sps-grundlagen/?plz=31785",
    "/kurse/datei-pruefen/",
    "/kurse/einbetten/?thema=digitalisierung",
    "/api/",
    "/offene-daten/",
    "/anbieter/werkschule-schaumburg/",
    "/foerderungen/win/",
    "/foerderung/",
    "/nachrichten/",
    "/nachrichten/thema/digitalisierung/2022/02/",
    "/nachrichten/sieben-landkreise-ein-netz/",
    "/veranstaltungen/",
    "/veranstaltungen/workshop-plan-fuer-das-jahr/",
    "/veranstaltungen/netzwerktreffen-generationen/",
    "/ueber-uns/",
    "/en/",
    "/en/contact/",
    "/en/offices/nienburg/",
    "/en/search/?q=office",
    "/leicht/",
    "/leicht/bueros/hameln/",
    "/leicht/barriere-freiheit/",
    "/impressum/",
    "/datenschutz/",
    "/barrierefreiheit/",
    "/suche/?q=foerderung",
    "/suche/?q=Digitalisirung",
    "/suche/?q=%3F",
    "/kontakt/",
    "/fragen/?q=Kosten",
    "/glossar/",
    "/herunterladen/",
    "/partner/",
    "/presse/",
    "/digitalisierung/",
]


# Both widths and both looks; what axe sees of colours does not hang on the width.
@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_pages_are_accessible(
    open_page: Callable[..., Page], axe: Callable[..., None], width: int, scheme: str
) -> None:
    page = open_page("/", width=width, color_scheme=scheme)
    for path in PAGES:
        page.goto(urljoin(page.url, path))
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


GAP_ABOVE_THE_FOOTER = """() => {
    const ends = [...document.querySelectorAll("main *")].filter(element => !element.childElementCount)
        .map(element => element.getBoundingClientRect().bottom);
    return document.querySelector(".site-footer").getBoundingClientRect().top - Math.max(...ends);
}"""


def test_text_keeps_its_distance_from_the_footer(open_page: Callable[..., Page]) -> None:
    page = open_page("/", width=360)
    for path in ("/kurse/", "/kurse/sps-grundlagen/", "/nachrichten/", "/datenschutz/"):
        page.goto(urljoin(page.url, path))
        assert page.evaluate(GAP_ABOVE_THE_FOOTER) >= 40, path


def test_stories_can_be_scrolled_without_scripts(open_page: Callable[..., Page]) -> None:
    page = open_page("/", javascript=False, width=360)
    row = page.get_by_role("list", name="Geschichten aus dem Netz, seitlich blättern")
    expect(row.get_by_role("listitem")).to_have_count(5)
    expect(row).to_have_css("overflow-x", "auto")


def test_menu_opens_on_a_phone(open_page: Callable[..., Page]) -> None:
    page = open_page("/", width=360)
    page.get_by_role("button", name="Menü").click()
    page.get_by_role("navigation", name="Hauptmenü").get_by_role("link", name="Kurse").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kurse")


def test_search_stands_in_the_menu_and_needs_no_script(open_page: Callable[..., Page]) -> None:
    page = open_page("/", javascript=False, width=320)
    page.get_by_role("button", name="Menü").click()
    field = page.get_by_role("searchbox", name="Was suchen Sie?")
    field.fill("Digitalisirung")
    field.press("Enter")
    expect(page).to_have_title("0 Treffer für „Digitalisirung“ – Suche – MehrWert")
    page.get_by_role("link", name="Digitalisierung").click()
    expect(page.get_by_role("status")).to_contain_text("Treffer für „Digitalisierung“.")
    expect(page.get_by_role("main").locator("mark").first).to_have_text("Digitalisierung")


def test_network_map_leads_to_offices_by_keyboard(open_page: Callable[..., Page]) -> None:
    page = open_page("/", width=1280)
    node = page.get_by_role("group", name="Karte der sieben Kreisstädte").get_by_role("link", name="Holzminden")
    node.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("MehrWert-Büro Hameln")


def test_email_address_reads_and_copies_whole(open_page: Callable[..., Page]) -> None:
    page = open_page("/nachrichten/sieben-landkreise-ein-netz/")
    link = page.get_by_role("link", name="mara.musterdeich@mehrwert.example")
    expect(link).to_have_attribute("href", "mailto:mara.musterdeich@mehrwert.example")
    assert link.evaluate("element => element.innerText") == "mara.musterdeich@mehrwert.example"
    assert "mara.musterdeich@" not in page.request.get(page.url).text()


WIDER_THAN_THEIR_NEIGHBOURS = """() => [...document.querySelectorAll(".grid:not([data-size]) > *")]
    .filter(card => card.offsetWidth > card.parentElement.firstElementChild.offsetWidth + 1)
    .map(card => card.textContent.trim())"""


@pytest.mark.parametrize("path", ["/", "/bueros/hameln/", "/nachrichten/sieben-landkreise-ein-netz/"])
def test_printed_page_has_no_navigation_and_says_its_address(open_page: Callable[..., Page], path: str) -> None:
    page = open_page(path, width=760)
    page.emulate_media(media="print")
    for hidden in (page.locator(".site-nav"), page.locator(".slider__controls"), page.get_by_role("link", name="Menü")):
        expect(hidden.first).to_be_hidden()
    expect(page.get_by_text("Diese Seite im Netz:")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgba(0, 0, 0, 0)"
    assert page.evaluate(WIDER_THAN_THEIR_NEIGHBOURS) == [], "the last of three cards took a row of its own"
