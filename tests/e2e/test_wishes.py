"""Advisor and part of the day by plain links, and the print view, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect


def test_the_filters_are_plain_links(open_page: Callable[..., Page], every_look: Callable[[Page], None]) -> None:
    page = open_page("/termin/hameln/")
    choices = page.locator(".choices__summary")
    who = page.get_by_role("navigation", name="Mit wem?").get_by_role("link")
    expect(who.first).to_be_hidden()
    choices.click()
    every_look(page)
    name = who.nth(1).inner_text()
    who.nth(1).click()
    expect(choices).to_contain_text(name.splitlines()[0].rstrip(" 0123456789"))
    choices.click()
    expect(page.locator("[aria-labelledby=person] [aria-current]")).to_have_text(name, use_inner_text=True)
    page.get_by_role("link", name="abends, ab 17 Uhr").click()
    expect(page.get_by_text("So, wie Sie gewählt haben, ist zurzeit nichts frei.")).to_be_visible()
    every_look(page)
    page.get_by_role("link", name="Zu jeder Tageszeit", exact=True).click()
    expect(page.locator("button[name=zeit]").first).to_be_visible()
    every_look(page)


def test_the_choices_unfold_by_keyboard_and_without_scripts(open_page: Callable[..., Page]) -> None:
    page = open_page("/termin/hameln/", javascript=False)
    summary = page.locator(".choices__summary")
    expect(summary).to_have_text(
        "Auswahl ändern: Erstberatung · 60 Minuten · im Büro · beliebige Beratung · zu jeder Tageszeit"
    )
    summary.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="am Telefon").press("Enter")
    expect(summary).to_contain_text("60 Minuten · am Telefon")
    expect(page.get_by_role("navigation", name="Mit wem?")).to_be_hidden()


def test_the_next_times_stand_on_the_first_screen_of_a_phone(open_page: Callable[..., Page]) -> None:
    page = open_page("/termin/hameln/?plz=31785", width=360, height=740)
    box = page.locator("button[name=zeit]").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 740
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_month_stands_beside_the_times_where_there_is_room(open_page: Callable[..., Page]) -> None:
    for width, is_beside in ((1280, True), (768, False)):
        page = open_page("/termin/hameln/", width=width)
        times, month = page.locator(".slot-list").first.bounding_box(), page.locator(".calendar-month").bounding_box()
        assert times is not None
        assert month is not None
        assert (month["y"] < times["y"] + times["height"]) == is_beside


def test_the_print_view_shows_only_what_was_chosen(open_page: Callable[..., Page]) -> None:
    page = open_page("/termin/hameln/?art=office&tageszeit=vormittag", width=800)
    page.emulate_media(media="print")
    expect(page.locator(".choices__summary")).to_have_text(
        "Erstberatung · 60 Minuten · im Büro · beliebige Beratung · vormittags, bis 12 Uhr", use_inner_text=True
    )
    links = page.locator("[aria-labelledby=tageszeit] a")
    expect(links.filter(visible=True)).to_have_count(0)
    page.locator(".choices").evaluate("choices => { choices.open = true }")
    expect(links.filter(visible=True)).to_have_count(1)
    expect(links.filter(visible=True)).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.locator(".slot").first).to_have_css("color", "rgb(0, 0, 0)")
    assert page.locator(".day-strip").evaluate("strip => strip.scrollWidth <= strip.clientWidth")


def test_the_days_of_all_offices_lead_to_the_times_of_one(
    open_page: Callable[..., Page], every_look: Callable[[Page], None]
) -> None:
    page = open_page("/termin/")
    page.get_by_role("link", name="Freie Tage in allen Büros").click()
    day = page.locator("#kalender").get_by_role("link", name=" frei").last
    label, _free = (day.locator(".visually-hidden").text_content() or "").rsplit(", ", 1)
    day.click()
    expect(page.locator("#bueros")).to_have_text(label)
    every_look(page)
    page.locator("#tag .card__title a").first.click()
    expect(page.get_by_role("heading", name="Wann passt es Ihnen?")).to_be_visible()
    expect(page.locator("#tag [name=zeit]").first).to_be_visible()
