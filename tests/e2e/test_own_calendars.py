"""An advisor connects calendars of her own with nothing but the pages: to be read, and to be written into."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from booking.models import BusyCalendar, PushCalendar
from booking.services.push import push_due
from tests.booking.calendar_servers import calendar
from tests.booking.entered import client_for
from tests.calendar_peers import PASSWORD, USER, CalDavServer, radicale, xandikos
from tests.factories.accounts import advisor_with_account
from tests.factories.booking import AppointmentFactory
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
        assert is_within_the_screen(page)

        page.click("text=Verbindung testen")
        page.wait_for_selector("text=„Outlook im Büro“ ist lesbar.")
        page.click("text=Trennen")
        page.wait_for_selector("text=„Outlook im Büro“ ist getrennt.")
    assert [row.name for row in BusyCalendar.objects.all()] == ["Nextcloud"]


class Hands:
    """What a person does on a page, counted: three minutes depend on the machine, steps do not."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = self.entries = 0

    def click(self, role: Literal["link", "button"], name: str, within: str = "main") -> None:
        self.clicks += 1
        self.page.locator(within).get_by_role(role, name=name).click()

    def enter(self, label: str, value: str, within: str = "main") -> None:
        self.entries += 1
        self.page.locator(within).get_by_label(re.compile(rf"^\s*{label}")).fill(value)


def test_a_fresh_advisor_connects_each_kind_with_nothing_but_the_page(
    site: RunningSite, open_desk: Callable[..., Page], tmp_path: Path
) -> None:
    """From „Mein Kalender“ on, with what a provider tells: an address, or server, user and password."""
    day = timezone.localdate() + timedelta(days=1)
    published = calendar(f"{day:%Y%m%d}T090000Z/{day:%Y%m%d}T100000Z")
    peer = tmp_path / "xandikos"
    peer.mkdir()
    ina = advisor_with_account(name="Ina Neu")
    booked = AppointmentFactory(advisor=ina, starts_at=timezone.now() + timedelta(days=5))
    with hostile_server(lambda talk: talk.answer(published)) as outlook, xandikos(peer) as cloud:
        cloud.make_collection("beratung", "Beratung")
        site.environment["FETCHING_ALLOWED_INSIDE"] = f"127.0.0.1:{outlook.port},{cloud.endpoint}"
        page = open_desk(ina.user, "/admin/kalender/")
        steps = {
            kind: steps_of(way, page, cloud, f"{outlook.address}kalender.ics")
            for kind, way in (("ics", by_address), ("caldav", by_account), ("link", by_link), ("push", by_entering))
        }
        push(cloud)
        assert [*cloud.objects("beratung")] == [f"mehrwert-{booked.uid.hex}.ics"]
    assert steps == {"ics": (2, 2), "caldav": (2, 4), "link": (1, 1), "push": (2, 3)}


def steps_of(way: Callable[[Hands, CalDavServer, str], None], page: Page, cloud: CalDavServer, url: str) -> tuple:
    """Clicks and entries."""
    page.goto(page.url.partition("/admin/")[0] + "/admin/kalender/")
    hands = Hands(page)
    way(hands, cloud, url)
    return hands.clicks, hands.entries


def by_address(hands: Hands, cloud: CalDavServer, url: str) -> None:
    hands.click("link", "Belegte Zeiten: eigenen Kalender verbinden")
    hands.enter("Name", "Outlook", "#connect-ics-content")
    hands.enter("Adresse des Kalenders", url, "#connect-ics-content")
    hands.click("button", "Testen und verbinden", "#connect-ics-content")
    expect(hands.page.get_by_text("„Outlook“ ist verbunden.")).to_be_visible()


def by_account(hands: Hands, cloud: CalDavServer, url: str) -> None:
    hands.click("link", "Belegte Zeiten: eigenen Kalender verbinden")
    hands.enter("Name", "Nextcloud", "#connect-caldav-content")
    enter_account(hands, cloud, "#connect-caldav-content")
    hands.click("button", "Testen und verbinden", "#connect-caldav-content")
    expect(hands.page.get_by_text("„Nextcloud“ ist verbunden.")).to_be_visible()


def by_link(hands: Hands, cloud: CalDavServer, url: str) -> None:
    hands.enter("Name", "Handy", "#new-link-content")
    hands.click("button", "Link anlegen", "#new-link-content")
    expect(hands.page.get_by_text("Der neue Link ist da.")).to_be_visible()
    address = urlsplit(hands.page.get_by_label("Adresse", exact=True).input_value())
    answer = hands.page.request.get(address.path)
    assert (answer.status, answer.text().count("BEGIN:VEVENT")) == (200, 1)


def by_entering(hands: Hands, cloud: CalDavServer, url: str) -> None:
    hands.click("link", "Termine eintragen: Termine in einen eigenen Kalender (CalDAV) schreiben")
    enter_account(hands, cloud, "main")
    hands.click("button", "Testen und verbinden")
    expect(hands.page.get_by_text("steht noch aus")).to_have_count(1)


def enter_account(hands: Hands, cloud: CalDavServer, within: str) -> None:
    for label, value in (("Adresse des Servers", cloud.url), ("Benutzername", USER), ("App-Passwort", PASSWORD)):
        hands.enter(label, value, within)


def is_within_the_screen(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def press(page: Page, name: str) -> None:
    """A button, by the keyboard alone, from wherever the focus is."""
    button = page.get_by_role("button", name=name, exact=True)
    tab_to(page, button)
    page.keyboard.press("Enter")


def choose(page: Page, name: str) -> None:
    """One of a group, by the keyboard alone: the group has one stop, arrows lead on inside it."""
    wanted = page.get_by_role("radio", name=name, exact=True)
    group = page.locator(f"input[name={wanted.get_attribute('name')}]")
    tab_to(page, group)
    page.keyboard.press("Space")
    for _ in range(group.count()):
        if not wanted.is_checked():
            page.keyboard.press("ArrowDown")
    expect(wanted).to_be_checked()


def tab_to(page: Page, wanted: Locator) -> None:
    for _ in range(150):
        if wanted.evaluate_all("elements => elements.includes(document.activeElement)"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way by Tab to {wanted}")


def push(server: CalDavServer) -> None:
    """What the worker does within a minute."""
    push_due(now=timezone.now(), client=client_for(("127.0.0.1", server.port)))


def test_appointments_are_entered_compared_and_repaired(
    site: RunningSite, open_desk: Callable[..., Page], axe: Callable, tmp_path: Path
) -> None:
    """DAV-4, DAV-6: connect, choose, what arrived, what differs, one click to repair, more or less in the entry; once
    connected without a mouse."""
    lena = advisor_with_account(name="Lena Licht")
    peer = tmp_path / "radicale"
    peer.mkdir()
    with radicale(peer) as cloud:
        cloud.make_collection("beratung", "Beratung")
        cloud.make_collection("chor", "Chor")
        site.environment["FETCHING_ALLOWED_INSIDE"] = cloud.endpoint
        start = timezone.now().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=3)
        first, second = (
            AppointmentFactory(advisor=lena, starts_at=start + timedelta(days=day), organization="Metall GmbH")
            for day in (0, 1)
        )
        page = open_desk(lena.user, "/admin/kalender/eintragen/", width=320, may_answer=(422,))

        page.fill("#id_caldav_url", cloud.url)
        page.fill("#id_caldav_user", USER)
        page.fill("#id_caldav_password", "falsch")
        page.click("text=Testen und verbinden")
        page.wait_for_selector("text=verweigert den Zugang")
        axe(page, "main")
        page.fill("#id_caldav_password", PASSWORD)
        page.click("text=Testen und verbinden")
        page.wait_for_selector("text=Wählen Sie jetzt den Kalender.")
        axe(page, "main")
        choose(page, "Beratung")
        press(page, "Diesen Kalender nehmen")
        page.wait_for_selector("text=Der Kalender ist gewählt.")
        expect(page.get_by_text("steht noch aus")).to_have_count(2)

        push(cloud)
        names = sorted(cloud.objects("beratung"))
        assert len(names) == 2
        page.reload()
        page.wait_for_selector("text=Alle Termine stehen im Kalender wie hier")
        moved, deleted = (f"mehrwert-{each.uid.hex}.ics" for each in (first, second))
        text = cloud.objects("beratung")[moved]
        cloud.put(f"beratung/{moved}", text.replace(f"{start:%Y%m%dT%H}0000Z", f"{start:%Y%m%dT%H}1500Z"))
        cloud.delete(f"beratung/{deleted}")
        press(page, "Jetzt vergleichen")
        page.wait_for_selector("text=Unten steht, was im Kalender anders ist.")
        expect(page.locator("#wrong-section").get_by_text("Im Kalender steht:")).to_be_visible()
        expect(page.locator("#wrong-section").get_by_text("Im Kalender gelöscht.")).to_be_visible()
        expect(page.locator("#log-section").get_by_text("Eingetragen:")).to_have_count(2)
        for width in (320, 1280):
            for scheme in ("light", "dark"):
                page.set_viewport_size({"width": width, "height": 800})
                page.emulate_media(color_scheme=scheme)
                axe(page, "main")
                assert is_within_the_screen(page)

        press(page, f"Neu eintragen: {second.reference}")
        page.wait_for_selector("text=Wird gleich neu eingetragen")
        push(cloud)
        page.reload()
        expect(page.locator("#wrong-section li")).to_have_count(1)
        press(page, "Alles neu eintragen")
        page.wait_for_selector("text=Wird gleich neu eingetragen")
        push(cloud)
        assert cloud.objects("beratung")[moved] == text

        choose(page, "nur „Belegt“, ohne Link")
        tab_to(page, page.get_by_label("Erinnerung"))
        page.keyboard.type("15")
        press(page, "Inhalt ändern")
        page.wait_for_selector("text=Die Einträge im Kalender werden gleich angepasst.")
        push(cloud)
        assert ["SUMMARY:Belegt\n" in each for each in cloud.objects("beratung").values()] == [True, True]
        assert [each.count("TRIGGER:-PT15M") for each in cloud.objects("beratung").values()] == [1, 1]

        press(page, "Trennen")
        page.wait_for_selector("text=Die eingetragenen Termine werden jetzt entfernt")
        push(cloud)
        assert cloud.objects("beratung") == {}
    assert not PushCalendar.objects.exists()
