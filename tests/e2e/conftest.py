"""Headless Chromium against the real site.

    def test_home_page(open_page, axe):
        page = open_page("/", width=320, color_scheme="dark")
        axe(page)

`open_page` follows a path on the shared site (`site_server`: demo content, hashed static files, DEBUG off). A test
fails when one of its pages wrote an error to the console, broke the Content-Security-Policy, threw in a script or asked
another host for anything. Tests that write use `own_site_server`, a copy of the site for one test alone:

    def test_booking(own_site_server, open_page):
        page = open_page("/termin/", server=own_site_server)
        own_site_server.site.start_worker()        # mails leave
        own_site_server.site.manage("…")
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from foundation.models import User
from tests.conftest import DEMO_PASSWORD, SiteServer
from tests.e2e.axe import findings
from tests.e2e.looks import assert_room, assert_room_for_any_text, forced_colours
from tests.factories.accounts import client_of
from tests.servers import RunningProcess, RunningSite, chromium

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",  # nothing leaves this machine
]
PATIENCE = 30_000
"""Milliseconds that a page may take on a busy machine, before it counts as one that never comes."""
expect.set_options(timeout=PATIENCE)
LOOKS = [(320, "dark", "200%"), (1280, "light", "100%")]
"""Width of the window, colour scheme and size of the text; the last one is what a page opens with. What axe sees of
colours does not hang on the others."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = chromium()
    if executable is None:
        pytest.fail("Chromium was not found; install it or name it in CHROMIUM.")
    with pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop in this thread, at which Django would refuse the ORM.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
            yield browser
            browser.close()


@dataclass
class Watch:
    """What went wrong in the pages of one test."""

    host: str
    expected_statuses: set[int] = field(default_factory=set)
    is_paused: bool = False
    complaints: list[str] = field(default_factory=list)
    others: set[str] = field(default_factory=set)
    """Hosts that this test asks on purpose."""
    expected_texts: set[str] = field(default_factory=set)
    """Of errors in the console, whenever they come."""

    def over(self, context: BrowserContext) -> None:
        # Looked at as they pass: whoever holds requests up keeps the browser from its cache.
        context.on("request", self._request)
        self.listens_to(context)

    def listens_to(self, context: BrowserContext) -> None:
        """Without an eye on each request."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self._script_error(str(error.error)))

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.netloc not in {self.host, *self.others}:
            self.complaints.append(f"request to another host: {request.url}")

    def _script_error(self, text: str) -> None:
        # The browser itself gives up a page transition when the next page comes late; no script of ours is at fault.
        if not text.startswith("Transition was "):
            self.complaints.append(f"script error: {text}")

    def _console(self, message: Any) -> None:
        if message.type != "error" or self.is_paused:
            return
        expected = {*self.expected_texts, *(f"status of {status}" for status in self.expected_statuses)}
        if any(text in message.text for text in expected):
            return
        self.complaints.append(f"console: {message.text} ({message.location.get('url', '')})")


@pytest.fixture
def watches() -> dict[BrowserContext, Watch]:
    """The watch over each browser profile of the test."""
    return {}


@pytest.fixture
def open_page(
    request: pytest.FixtureRequest, browser: Browser, watches: dict[BrowserContext, Watch]
) -> Iterator[Callable[..., Page]]:
    """Function that opens a path in a fresh browser profile and gives Playwright's page.

    Options: width, height, color_scheme ("light", "dark"), javascript (False turns it off), status (the expected status
    of this page; others fail), may_answer (statuses that later pages may have, such as 422 of a wrong form), server
    (default: the shared site), and whatever Playwright's `new_context` takes.
    """

    def open_(
        path: str = "/",
        *,
        width: int = 1280,
        height: int = 900,
        color_scheme: str = "light",
        javascript: bool = True,
        status: int = 200,
        may_answer: Collection[int] = (),
        server: SiteServer | None = None,
        **options: Any,
    ) -> Page:
        server = server or request.getfixturevalue("site_server")
        context = browser.new_context(
            base_url=server.url,
            viewport={"width": width, "height": height},
            color_scheme=color_scheme,
            java_script_enabled=javascript,
            locale="de-DE",
            timezone_id="Europe/Berlin",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        watch = Watch(urlsplit(server.url).netloc, {status, *may_answer} - {200})
        watch.over(context)
        watches[context] = watch
        page = context.new_page()
        response = page.goto(path)
        assert response is not None
        assert response.status == status, f"{path}: {response.status}, expected {status}"
        return page

    yield open_
    for context in watches:
        context.close()
    complaints = [complaint for watch in watches.values() for complaint in watch.complaints]
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def axe(watches: dict[BrowserContext, Watch]) -> Callable[..., None]:
    """Function that fails on any finding of axe (WCAG 2.0 to 2.2, A and AA, and best practice). Needs JavaScript on.

    `without` names rules that a page breaks on purpose.
    """

    def check(page: Page, context: str | None = None, *, without: Collection[str] = ()) -> None:
        # axe measures with styles of its own, which the policy refuses and the console reports.
        watch = watches[page.context]
        watch.is_paused = True
        report = findings(page, context, without=without)
        watch.is_paused = False
        assert not report, f"{page.url}: {len(report)} rules broken\n" + "\n".join(report)

    return check


@pytest.fixture
def every_look(axe: Callable[..., None]) -> Callable[[Page], None]:
    """Function that runs axe over the page as it stands in every look, and sees that nothing runs over the edge, is cut
    off or lost.

    Scripts and style sheets see one page in many windows: nothing is loaded again, and what was typed stays.
    """

    def check(page: Page) -> None:
        page.wait_for_load_state("load")
        for width, scheme, size in LOOKS:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert_room(page, width, size)
            axe(page)
        with forced_colours(page):
            assert_room(page, 1280, "200%")
            assert_room_for_any_text(page)
        assert_room(page, width, size)

    return check


@pytest.fixture
def open_desk(
    browser: Browser, site: RunningSite, watches: dict[BrowserContext, Watch]
) -> Iterator[Callable[..., Page]]:
    """Function that opens the admin on the test's own database, signed in as a user: `open_desk(user, path)`.

    Options as of `open_page`; the server is started with the first page.
    """
    servers: list[RunningProcess] = []
    opened: dict[BrowserContext, Watch] = {}

    def open_(
        user: User,
        path: str = "/admin/",
        *,
        width: int = 1280,
        color_scheme: str = "light",
        javascript: bool = True,
        may_answer: Collection[int] = (),
    ) -> Page:
        if not servers:
            servers.append(site.start_web(workers=2))
        url = servers[0].url
        cookie = client_of(user).cookies[settings.SESSION_COOKIE_NAME]
        context = browser.new_context(
            base_url=url,
            viewport={"width": width, "height": 800},
            color_scheme=color_scheme,
            java_script_enabled=javascript,
            locale="de-DE",
            timezone_id="Europe/Berlin",
        )
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url}])
        watches[context] = opened[context] = watch = Watch(urlsplit(url).netloc, set(may_answer))
        watch.over(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_
    for context in opened:
        context.close()
    complaints = [complaint for watch in opened.values() for complaint in watch.complaints]
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def login() -> Callable[[Page, str], None]:
    """Function that signs a page in at the admin: `login(page, "redaktion")`."""

    def sign_in(page: Page, username: str = "admin") -> None:
        page.goto("/admin/login/")
        page.fill("[name=username]", username)
        page.fill("[name=password]", DEMO_PASSWORD)
        page.click("[type=submit]")
        page.wait_for_url("**/admin/")

    return sign_in
