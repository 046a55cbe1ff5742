"""The watch over browser pages, and those who look at them, must themselves be able to fail."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import SiteServer
from tests.e2e.conftest import Watch
from tests.e2e.looks import assert_room_for_any_text, forced_colours
from tests.e2e.test_keyboard import walk_through
from tests.servers import wait_until


def test_machine_addresses_open_without_complaint(open_page: Callable) -> None:
    page = open_page("/robots.txt")

    assert "Sitemap:" in page.inner_text("body")


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("console.error('kaputt')", "console: kaputt"),
        ("setTimeout(() => { throw new Error('geworfen') })", "script error: geworfen"),
        ("location.href = 'http://elsewhere.example/'", "request to another host: http://elsewhere.example/"),
        ("new Image().src = 'http://elsewhere.example/x.png'", "elsewhere.example"),
        ("document.body.innerHTML = '<p style=color:red>'", "Content Security Policy"),
    ],
)
def test_watch_notices(browser: Browser, site_server: SiteServer, script: str, complaint: str) -> None:
    context = browser.new_context(base_url=site_server.url)
    watch = Watch(site_server.url.removeprefix("http://"), expected_statuses={404})
    watch.over(context)
    page = context.new_page()
    page.goto("/gibt-es-nicht/")

    page.evaluate(script)

    # What the browser tells is heard only while the page is asked for something.
    wait_until(lambda: page.wait_for_timeout(50) or complaint in "\n".join(watch.complaints), what=complaint)
    context.close()


def sees_all_in_forced_colours(page: Page) -> None:
    with forced_colours(page):
        pass


FAULTS = [
    (sees_all_in_forced_colours, ".button { border: 0 }"),
    (
        sees_all_in_forced_colours,
        ".slot { forced-color-adjust: none; background: white; color: black; border-color: black }",
    ),
    (sees_all_in_forced_colours, ".slot[data-next] { background: canvastext; color: canvastext }"),
    (sees_all_in_forced_colours, ".steps__step::after { border: 0 }"),
    (sees_all_in_forced_colours, ".mark * { fill: none; stroke: #eee }"),
    (assert_room_for_any_text, "h1 { white-space: nowrap }"),
    (assert_room_for_any_text, ".slot { min-block-size: 0; block-size: 1rem; padding: 0 }"),
    (walk_through, ":focus-visible { outline: none }"),
    (walk_through, ".site-header::after { content: ''; position: fixed; inset: 0; z-index: 9 }"),
]


def test_looks_notice(open_page: Callable[..., Page]) -> None:
    page = open_page("/termin/hameln/", reduced_motion="reduce")
    page.evaluate("() => { document.adoptedStyleSheets.push(new CSSStyleSheet()) }")
    for look, fault in FAULTS:
        page.evaluate("fault => { document.adoptedStyleSheets[0].replaceSync(fault) }", fault)
        with pytest.raises(AssertionError):
            look(page)
        page.emulate_media(forced_colors="none")
        page.evaluate("() => { document.adoptedStyleSheets.length = 1 }")
    page.evaluate("document.adoptedStyleSheets[0].replaceSync('')")
    sees_all_in_forced_colours(page)
    assert_room_for_any_text(page)
    page.set_viewport_size({"width": 320, "height": 900})
    walk_through(page)
