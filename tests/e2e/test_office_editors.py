"""The workplace of the editors of an office in a real browser: what is ours in it, dark on a phone, light on a desk,
and in colours of their own."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.looks import forced_colours

PARTS = {
    "": (".w-panel--dashboard", ".w-panel--dashboard"),
    "arbeitslisten/freigabe/": ("main", "main"),
    "kontakt-buero/": ("main", "main tbody"),
    "kontakt-menschen/": ("main", "main tbody"),
}
"""What axe looks at, and what of it is drawn by us: the arrows of Wagtail's columns are lost in forced colours."""


def test_lists_and_contacts_are_accessible_and_lead_to_the_own_office(
    open_page: Callable[..., Page], login: Callable[[Page, str], None], axe: Callable[..., None]
) -> None:
    page = open_page("/", width=320)
    login(page, "buero")
    for width, scheme in ((320, "dark"), (1280, "light")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for path, (part, drawn) in PARTS.items():
            page.goto(f"/admin/{path}")
            axe(page, part)
            with forced_colours(page, drawn):
                axe(page, part, without=["color-contrast"])  # which reads the colours that are not shown
    page.goto("/admin/kontakt-buero/")
    page.get_by_role("main").get_by_role("link", name="MehrWert-Büro Hameln").click()
    expect(page.get_by_role("textbox", name="Telefon")).to_be_visible()
    expect(page.get_by_role("textbox", name="Name")).to_have_count(0)
    axe(page, "main form")
    time = page.locator("#id_opening_hours-0-opens_at")
    for typed, kept in (("8.30", "08:30"), ("25:00", "25:00")):  # until now the present moment, without a word
        time.fill(typed)
        time.press("Tab")
        expect(time).to_have_value(kept)
