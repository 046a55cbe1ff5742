"""The watch over browser pages must itself be able to fail."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.conftest import SiteServer
from tests.e2e.conftest import Watch


def test_machine_addresses_open_without_complaint(open_page: Callable) -> None:
    page = open_page("/robots.txt")

    assert "Sitemap:" in page.inner_text("body")


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("console.error('kaputt')", "console: kaputt"),
        ("setTimeout(() => { throw new Error('geworfen') })", "script error: geworfen"),
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
    page.wait_for_timeout(300)
    context.close()

    assert complaint in "\n".join(watch.complaints)
