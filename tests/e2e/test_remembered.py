"""Finding, remembering, comparing and taking along courses: without script, and by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.test_booking import tab_to
from tests.servers import wait_until

LIST = "/kurse/?form=on_site"
STORED = "localStorage.getItem('merkliste')"


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def test_without_script_the_address_is_the_list(open_page: Callable[..., Page]) -> None:
    page = open_page(LIST, javascript=False, width=320)
    names = page.locator(".course-card .card__title").all_text_contents()[:2]
    for name in names:
        page.get_by_role("link", name=name).and_(page.locator("[data-remember]")).click()
    expect(page.get_by_role("status").filter(has_text="gemerkt")).to_have_text("2 Kurse gemerkt")
    page.get_by_role("link", name="Vergleichen").click()
    heading(page, "Ihre Merkliste")
    columns = page.get_by_role("columnheader")
    expect(columns).to_have_text(names)
    expect(page.get_by_role("button", name="Drucken")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    calendar = page.get_by_role("link", name="Kalender").get_attribute("href")
    assert page.request.get(str(calendar)).text().startswith("BEGIN:VCALENDAR")
    page.get_by_role("link", name=names[0]).and_(page.locator("[data-forget]")).click()
    expect(columns).to_have_text(names[1:])
    page.get_by_role("link", name="Liste leeren").click()
    expect(page.get_by_text("Auf Ihrer Merkliste steht noch kein Kurs.")).to_be_visible()


def test_by_keyboard_the_browser_keeps_the_list_from_the_first_click_on(
    open_page: Callable[..., Page], axe: Callable[..., None]
) -> None:
    page = open_page(LIST)
    page.wait_for_selector("button[data-remember]")
    assert page.evaluate("localStorage.length") == 0
    other = page.context.new_page()
    other.goto(LIST)
    for number in (1, 2):
        tab_to(page, "button[data-remember]:not([data-remembered])", 120)
        page.keyboard.press("Enter")
        expect(page.locator("button[data-remembered]")).to_have_count(number)
    axe(page)
    ids = page.evaluate(f"JSON.parse({STORED})")
    assert len(ids) == 2
    expect(other.locator("button[data-remembered]")).to_have_count(2)
    tab_to(page, ".remembered-bar a", 120)
    page.keyboard.press("Enter")
    heading(page, "Ihre Merkliste")
    expect(page).to_have_url(re.compile("&".join(f"kurs={pk}" for pk in ids) + "$"))
    expect(page.get_by_role("button", name="Drucken")).to_be_visible()
    axe(page)
    tab_to(page, ".comparison")  # whoever cannot scroll by mouse does it by arrows
    other.goto("/kurse/merkliste/")
    expect(other.get_by_role("columnheader")).to_have_count(2)
    tab_to(page, "[data-forget-all]")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Auf Ihrer Merkliste steht noch kein Kurs.")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0
    expect(other.get_by_text("Auf Ihrer Merkliste steht noch kein Kurs.")).to_be_visible()


def test_what_was_taken_off_does_not_come_back_and_what_is_not_shown_stays(open_page: Callable[..., Page]) -> None:
    """Links of a page that was asked for with ids brought them back; a list that somebody sent emptied the own one;
    what is gone could not be taken off."""
    page = open_page(LIST)
    page.wait_for_selector("button[data-remember]")
    first, second = (
        str(button.get_attribute("data-remember")) for button in page.locator("button[data-remember]").all()[:2]
    )
    page.goto(f"{LIST}&kurs={first}" + "".join(f"&kurs={pk}" for pk in range(900001, 900008)))
    page.locator(f"button#merken-{first}").click()
    expect(page.locator(f"button#merken-{second}")).to_have_text(re.compile("^Merken"))
    expect(page.get_by_text("Ihre Merkliste ist voll.")).to_have_count(0)
    page.evaluate("localStorage.clear()")
    page.goto(f"{LIST}&kurs={first}")
    page.locator(f"button#merken-{first}").click()
    expect(page.locator("button[data-remembered]")).to_have_count(0)
    expect(page.locator(f"main a[href*='kurs={first}']")).to_have_count(0)
    page.locator(".course-card .card__title a").first.click()
    expect(page.locator("button[data-remember]")).to_have_text(re.compile("^Merken"))

    page.evaluate(f"localStorage.setItem('merkliste', '[{second}, 999999]')")
    page.goto(f"/kurse/merkliste/?kurs={first}")
    page.get_by_role("link", name="Liste leeren").click()
    expect(page).to_have_url(re.compile(f"kurs={second}&kurs=999999$"))
    expect(page.get_by_role("columnheader")).to_have_count(1)
    # The browser's own waiting needs eval, which the policy of the site forbids.
    wait_until(lambda: page.evaluate(STORED) == f"[{second}]", what="the list kept without what is gone")
