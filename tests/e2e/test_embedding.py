"""The list of courses in the page of somebody else."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.conftest import SiteServer
from tests.e2e.conftest import Watch

FOREIGN = "https://www.diepholz.de/"
"""One that may; it is answered here."""
LIST, REFUSING = "/kurse/einbetten/liste/?anzahl=3", "/kurse/"


def test_list_shows_in_a_foreign_frame_and_leads_out_of_it_and_no_other_page_does(
    open_page: Callable[..., Page], site_server: SiteServer, watches: dict[BrowserContext, Watch]
) -> None:
    page = open_page("/kurse/einbetten/")
    # Chromium guards what answers on the own machine, as the site of a test does.
    page.context.grant_permissions(["local-network-access"])

    def answer(route: Route) -> None:
        framed = REFUSING if route.request.url.endswith("?alles") else LIST
        frame = f'<iframe src="{site_server.url}{framed}" title="Kurse" width="600" height="800"></iframe>'
        route.fulfill(content_type="text/html; charset=utf-8", body=f"<!doctype html><title>Kreis</title>{frame}")

    watches[page.context].others.add("www.diepholz.de")
    page.route(f"{FOREIGN}**", answer)
    page.goto(FOREIGN)
    shown = page.frame_locator("iframe")
    cards = shown.locator(".course-card .card__title a")
    expect(cards).to_have_count(3)
    expect(shown.locator("script")).to_have_count(0)
    assert page.context.cookies() == []
    name = str(cards.first.text_content())
    cards.first.click()
    page.wait_for_url(re.compile(re.escape(f"{site_server.url}/kurse/")))
    expect(page.get_by_role("heading", level=1)).to_have_text(name)

    watches[page.context].is_paused = True  # the browser tells its console that it refuses
    framed = site_server.url + REFUSING
    # What the page before still waited for is given up, too.
    with page.expect_event("requestfailed", lambda request: request.url == framed) as refused:
        page.goto(f"{FOREIGN}?alles")
    assert refused.value.failure == "net::ERR_BLOCKED_BY_RESPONSE"
