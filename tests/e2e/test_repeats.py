"""Repeating a step in a real browser: reload, back button, double click and a lost connection lead to one booking."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Error, Page, Route, expect

from tests.conftest import SiteServer
from tests.e2e.test_booking import fill_in

BOOK = "Termin verbindlich buchen"


@pytest.fixture
def form(own_site_server: SiteServer, open_page: Callable[..., Page]) -> Page:
    """The form with a reserved time, filled in, without scripts."""
    page = open_page("/termin/hameln/", server=own_site_server, javascript=False, width=360)
    page.locator("button[name=zeit]").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Angaben")
    fill_in(page)
    return page


def is_booked_at(page: Page, address: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Termin ist gebucht")
    assert page.url == address


def test_back_and_reload_show_the_same_booking(form: Page) -> None:
    form.get_by_role("button", name=BOOK).click()
    form.wait_for_url("**/termin/ansehen/**")
    booked = form.url
    form.reload()
    is_booked_at(form, booked)
    form.go_back()
    if form.url != booked:
        form.reload()
    is_booked_at(form, booked)


def test_two_clicks_before_the_answer_book_once(form: Page) -> None:
    form.get_by_role("button", name=BOOK).dblclick()
    form.wait_for_url("**/termin/ansehen/**")
    booked = form.url
    form.reload()
    is_booked_at(form, booked)


def test_a_connection_lost_after_sending_books_once(form: Page) -> None:
    """The server has booked, and the answer never comes: whoever sends again or reloads finds the booking."""
    address = form.url
    lost: list[str] = []

    def lose(route: Route) -> None:
        if route.request.method != "POST" or lost:
            route.continue_()
            return
        lost.append(route.fetch(max_redirects=0).headers["location"])
        route.abort("connectionreset")

    form.route("**/termin/reserviert/**", lose)
    with pytest.raises(Error, match="ERR_CONNECTION_RESET"), form.expect_navigation():
        form.get_by_role("button", name=BOOK).click()
    # The browser's own page about the lost connection is still on its way into the old tab.
    again = form.context.new_page()
    again.goto(address)
    assert len(lost) == 1
    expect(again.get_by_role("heading", level=1)).to_have_text("Ihr Termin ist gebucht")
    assert again.url.endswith(lost[0])
