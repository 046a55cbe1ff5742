"""„Auskunft und Löschen“ in a real browser: shown, handed out and erased, with and without JavaScript."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from booking.models import Appointment
from tests.e2e.conftest import SiteServer, Watch
from tests.factories.accounts import administrator, client_of
from tests.factories.booking import AppointmentFactory
from tests.servers import RunningSite


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(
    browser: Browser, site: RunningSite, watches: dict[BrowserContext, Watch], request: pytest.FixtureRequest
) -> Iterator[Page]:
    soon = timezone.now() + timedelta(days=3)
    AppointmentFactory(starts_at=soon, note="Ruft gern vormittags an", topic="Staplerschein", size_class="10-49")
    server = SiteServer(site, site.start_web(workers=2))
    cookie = client_of(administrator()).cookies[settings.SESSION_COOKIE_NAME]
    context = browser.new_context(base_url=server.url, locale="de-DE", java_script_enabled=request.param)
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server.url}])
    watches[context] = watch = Watch(urlsplit(server.url).netloc)
    watch.expected_statuses.add(422)
    watch.over(context)
    yield context.new_page()
    context.close()
    assert not watch.complaints, "\n".join(watch.complaints)


def test_p4_an_address_is_shown_handed_out_and_erased(
    page: Page, axe: Callable, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    page.goto("/admin/termine/auskunft/")
    page.fill("[name=adresse]", "Kim.Muster@firma.example")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Ruft gern vormittags an")
    if "without" not in request.node.callspec.id:
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert beyond <= 0, f"{beyond} px too wide at {width}"
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                axe(page, "main")
    with page.expect_download() as download:
        page.click("button:has-text('Als Datei herunterladen')")
    download.value.save_as(tmp_path / "auskunft.json")
    handed_out = json.loads((tmp_path / "auskunft.json").read_text())
    assert handed_out["Termine"][0]["Vom Büro festgehalten"]["Interne Notiz"] == "Ruft gern vormittags an"
    page.click("button:has-text('Endgültig löschen')")
    page.wait_for_selector("text=Bitte bestätigen Sie das, bevor Sie löschen.")
    page.check("[name=sicher]")
    page.click("button:has-text('Endgültig löschen')")
    page.wait_for_selector("text=Ein Termin ist anonymisiert.")
    assert page.url.endswith("/admin/termine/auskunft/")
    assert Appointment.objects.get().email == ""
