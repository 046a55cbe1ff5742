"""What the first view of a page costs on the line: figures of issue 5, measured where they are spent."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request

SHIFTS = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value))
        .observe({type: "layout-shift", buffered: true});
    setTimeout(() => done(sum), 100);
})"""


def kind_of(path: str) -> str:
    if path.startswith("/media/"):
        return "photo"
    return path.rsplit(".", 1)[-1] if path.startswith("/static/") else "page"


def test_first_view_of_the_home_page_is_light_and_does_not_move(open_page: Callable[..., Page]) -> None:
    page = open_page("/healthz", width=360)
    fetched: list[Request] = []
    page.on("requestfinished", lambda request: fetched.append(request))  # noqa: PLW0108  # Playwright marks what it calls
    page.goto("/", wait_until="networkidle")

    bytes_of: dict[str, int] = {}
    for request in fetched:
        sizes = request.sizes()
        kind = kind_of(urlsplit(request.url).path)
        bytes_of[kind] = bytes_of.get(kind, 0) + sizes["responseBodySize"] + sizes["responseHeadersSize"]
    assert len(fetched) <= 15, [request.url for request in fetched]
    assert bytes_of["css"] <= 30_000
    assert bytes_of["js"] <= 15_000
    assert sum(bytes_of.values()) <= 400_000, bytes_of
    assert sum(bytes_of.values()) - bytes_of["photo"] <= 120_000, bytes_of
    assert page.evaluate(SHIFTS) == 0
    assert page.context.cookies() == []
