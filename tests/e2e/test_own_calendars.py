"""An advisor connects a calendar by its address and an account over CalDAV with nothing but the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Page

from booking.models import BusyCalendar
from tests.booking.calendar_servers import calendar
from tests.calendar_peers import PASSWORD, USER, radicale
from tests.factories.accounts import advisor_with_account
from tests.hostile_servers import hostile_server
from tests.servers import RunningSite


def test_calendars_are_connected_tested_and_disconnected(
    site: RunningSite, open_desk: Callable[..., Page], axe: Callable, tmp_path: Path
) -> None:
    day = timezone.localdate() + timedelta(days=1)
    published = calendar(f"{day:%Y%m%d}T090000Z/{day:%Y%m%d}T100000Z")
    peer = tmp_path / "radicale"
    peer.mkdir()
    with hostile_server(lambda talk: talk.answer(published)) as outlook, radicale(peer) as cloud:
        cloud.make_collection("praxis", "Praxis")
        cloud.make_collection("chor", "Chor")
        site.environment["FETCHING_ALLOWED_INSIDE"] = f"127.0.0.1:{outlook.port},{cloud.endpoint}"
        page = open_desk(advisor_with_account(name="Nora Nord").user, "/admin/kalender/", width=320, may_answer=(422,))

        page.click("text=Belegte Zeiten")
        page.fill("#id_ics_name", "Outlook im Büro")
        page.fill("#id_ics_url", "http://192.168.178.1/kalender.ics")
        page.click("#connect-ics-content >> text=Testen und verbinden")
        page.wait_for_selector("text=Diese Adresse kann nicht abgerufen werden")
        axe(page, "main")
        page.fill("#id_ics_url", f"{outlook.address}kalender.ics")
        page.click("#connect-ics-content >> text=Testen und verbinden")
        page.wait_for_selector("text=„Outlook im Büro“ ist verbunden.")
        page.wait_for_selector("text=Als Nächstes belegt")

        page.fill("#id_caldav_name", "Nextcloud")
        page.fill("#id_caldav_url", cloud.url)
        page.fill("#id_caldav_user", USER)
        page.fill("#id_caldav_password", PASSWORD)
        page.click("#connect-caldav-content >> text=Testen und verbinden")
        page.wait_for_selector("text=„Nextcloud“ ist verbunden.")
        page.uncheck("label:has-text('Chor') input")
        page.click("text=Auswahl speichern")
        page.wait_for_selector("text=Die Auswahl gilt ab jetzt.")
        assert not page.is_checked("label:has-text('Chor') input")
        axe(page, "main")
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0

        page.click("text=Verbindung testen")
        page.wait_for_selector("text=„Outlook im Büro“ ist lesbar.")
        page.click("text=Trennen")
        page.wait_for_selector("text=„Outlook im Büro“ ist getrennt.")
    assert [row.name for row in BusyCalendar.objects.all()] == ["Nextcloud"]
