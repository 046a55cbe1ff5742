"""The words of mails in a real browser: written, tried out and saved, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page

from booking.models import MailText
from tests.e2e.conftest import SiteServer, Watch
from tests.factories.accounts import client_of, office_lead
from tests.factories.booking import ServiceFactory
from tests.servers import RunningSite


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(
    browser: Browser, site: RunningSite, watches: dict[BrowserContext, Watch], request: pytest.FixtureRequest
) -> Iterator[Page]:
    ServiceFactory()
    lead = office_lead(name="Nora Nord")
    server = SiteServer(site, site.start_web(workers=2))
    cookie = client_of(lead.user).cookies[settings.SESSION_COOKIE_NAME]
    context = browser.new_context(
        base_url=server.url, timezone_id="Europe/Berlin", locale="de-DE", java_script_enabled=request.param
    )
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server.url}])
    watches[context] = watch = Watch(urlsplit(server.url).netloc)
    watch.expected_statuses.add(422)
    watch.over(context)
    yield context.new_page()
    context.close()
    assert not watch.complaints, "\n".join(watch.complaints)


def test_words_are_written_tried_out_and_saved(page: Page, axe: Callable, request: pytest.FixtureRequest) -> None:
    has_script = "without" not in request.node.callspec.id
    page.goto("/admin/e-mail-texte/")
    if has_script:
        axe(page, "main")
    page.click("text=Erinnerung")
    page.fill("[name=intro]", "Moin {nmae}")
    page.click("button:has-text('Vorschau')")
    page.wait_for_selector("text=Das ist hier kein Platzhalter: „{nmae}“")
    page.fill("[name=intro]", "Moin {name},\n\nbald ist es so weit.")
    page.click("button:has-text('Vorschau')")
    mail = page.frame_locator("iframe.desk-mail")
    mail.locator("p", has_text="Moin Kim Muster,").wait_for()
    mail.locator("a", has_text="Wir kommen").wait_for()
    assert not MailText.objects.exists()
    if has_script:
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                axe(page, "main")
    page.click("button:has-text('Speichern')")
    page.wait_for_selector("text=Der Text ist gespeichert.")
    assert MailText.objects.get().intro.replace("\r", "") == "Moin {name},\n\nbald ist es so weit."
