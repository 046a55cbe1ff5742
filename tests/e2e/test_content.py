"""Every content page in a real browser: axe in each look, by keyboard alone, without script, on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urljoin

from playwright.sync_api import Page, expect

from tests.e2e.looks import assert_room, assert_room_for_any_text, forced_colours
from tests.e2e.test_keyboard import walk_through

PAGES = [
    "/",
    "/beratung/",
    "/bueros/",
    "/bueros/hameln/",
    "/bueros/hameln/team/jonas-musterkamp/",
    "/kurse/",
    "/kurse/?text=Excel",
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


def page_of_comparison(page: Page) -> str:
    """Where the first three courses of the list in view stand beside each other."""
    ids = page.eval_on_selector_all("[data-remember]", "all => all.slice(0, 3).map(one => one.dataset.remember)")
    return "/kurse/merkliste/?" + "&".join(f"kurs={pk}" for pk in ids)


# What axe sees of colours does not hang on the width.
def test_pages_are_accessible(open_page: Callable[..., Page], axe: Callable[..., None]) -> None:
    """Wide and light; in the visitor's own colours, by Tab alone; narrow and dark, with everything unfolded; in any
    size of text."""
    page = open_page("/kurse/", reduced_motion="reduce")
    for path in (*PAGES, page_of_comparison(page)):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme="light")
        page.goto(urljoin(page.url, path))
        axe(page)
        with forced_colours(page):
            axe(page, without=["color-contrast"])  # which reads the colours that are not shown
            walk_through(page)
        page.emulate_media(color_scheme="dark")
        page.evaluate("document.querySelectorAll('main details').forEach(part => { part.open = true })")
        assert_room(page, 320)
        axe(page)
        assert_room_for_any_text(page)


PAGES_OF_TEXT = ("/kurse/", "/kurse/sps-grundlagen/?plz=31785", "/nachrichten/", "/datenschutz/")
GAP_ABOVE_THE_FOOTER = """() => {
    const ends = [...document.querySelectorAll("main *")].filter(element => !element.childElementCount)
        .map(element => element.getBoundingClientRect().bottom);
    return document.querySelector(".site-footer").getBoundingClientRect().top - Math.max(...ends);
}"""

# What would do nothing, or never show. The link to compare comes with the first remembered course.
WAITS_FOR_A_SCRIPT = """() => [...document.querySelectorAll("a, button, form, [hidden]")].filter(element => {
    if (element.hidden) return element.textContent.trim() && !element.closest("[data-remembered-bar]");
    if (!element.checkVisibility()) return false;
    if (element.localName === "a") return !element.href;
    if (element.localName === "button") return element.type === "button" && !element.popoverTargetElement;
    return ![...element.elements].some(part => part.type === "submit" && part.checkVisibility());
}).map(element => element.outerHTML.slice(0, 120))"""


def test_every_page_works_without_script(open_page: Callable[..., Page]) -> None:
    page = open_page("/", javascript=False, width=360)
    stories = page.get_by_role("list", name="Geschichten aus dem Netz, seitlich blättern")
    expect(stories.get_by_role("listitem")).to_have_count(5)
    expect(stories).to_have_css("overflow-x", "auto")
    for path in PAGES:
        page.goto(urljoin(page.url, path))
        assert page.evaluate(WAITS_FOR_A_SCRIPT) == [], path
        if path in PAGES_OF_TEXT:
            assert page.evaluate(GAP_ABOVE_THE_FOOTER) >= 40, path

    page.goto(urljoin(page.url, "/kurse/"))
    page.get_by_text("Auswahl eingrenzen").first.click()
    page.locator(".facets").get_by_role("link", name=re.compile("^Digitalisierung")).click()
    expect(page.locator(".chips__chip")).to_contain_text("Digitalisierung")
    page.goto(urljoin(page.url, "/fragen/"))
    page.locator(".question__summary").first.click()
    expect(page.locator(".question__answer").first).to_be_visible()
    page.goto(urljoin(page.url, "/bueros/"))
    page.get_by_role("group", name="Karte der sieben Kreisstädte").get_by_role(
        "link", name=re.compile("^Vechta")
    ).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("MehrWert-Büro Vechta")
    page.get_by_role("link", name="English").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_menu_opens_on_a_phone_and_pages_fade_only_where_motion_is_welcome(
    open_page: Callable[..., Page], axe: Callable[..., None]
) -> None:
    page = open_page("/", width=360)
    page.add_init_script("addEventListener('pagereveal', event => { window.fades = Boolean(event.viewTransition) })")
    for motion, name in (("no-preference", "Kurse"), ("reduce", "Büros")):
        page.emulate_media(reduced_motion=motion)
        page.get_by_role("button", name="Menü").click()
        axe(page)
        page.get_by_role("navigation", name="Hauptmenü").get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        assert page.evaluate("window.fades") is (motion == "no-preference")


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


NOT_ON_PAPER = (
    ".course-search, .chips, .facets, .pagination, .remember, .remembered-bar, .share-links, .take-along, .screen-only"
)
WIDER_THAN_THEIR_NEIGHBOURS = """() => [...document.querySelectorAll(".grid:not([data-size]) > *")]
    .filter(card => card.offsetWidth > card.parentElement.firstElementChild.offsetWidth + 1)
    .map(card => card.textContent.trim())"""


def test_printed_page_has_no_navigation_shows_all_answers_and_says_its_address(open_page: Callable[..., Page]) -> None:
    page = open_page("/fragen/", width=760)
    page.emulate_media(media="print")
    answers = page.locator(".question__answer")
    expect(answers.filter(visible=True)).to_have_count(answers.count())
    for path in ("/", "/bueros/hameln/", "/nachrichten/sieben-landkreise-ein-netz/"):
        page.goto(urljoin(page.url, path))
        menu = page.get_by_role("link", name="Menü")
        for hidden in (page.locator(".site-nav"), page.locator(".slider__controls"), menu):
            expect(hidden.first).to_be_hidden()
        expect(page.get_by_text("Diese Seite im Netz:")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgba(0, 0, 0, 0)"
        assert page.evaluate(WIDER_THAN_THEIR_NEIGHBOURS) == [], "the last of three cards took a row of its own"
    page.goto(urljoin(page.url, "/kurse/?text=Deutsch"))
    expect(page.get_by_text("Gesucht: Deutsch")).to_be_visible()
    compared = page_of_comparison(page)
    for path in ("/kurse/?text=Deutsch", "/kurse/sps-grundlagen/", compared):
        page.goto(urljoin(page.url, path))
        expect(page.locator(NOT_ON_PAPER).filter(visible=True)).to_have_count(0)
        expect(page.get_by_text(re.compile(rf"Abgerufen am \d.*{re.escape(path)}"))).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator(".comparison")).to_have_css("background-image", "none")
