"""The widget of recurrences in a real browser, under the admin's own Content-Security-Policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from booking.models import AvailabilityRule
from foundation.recurrences.text import as_text
from tests.e2e.conftest import SiteServer, Watch
from tests.factories.accounts import advisor_with_account, client_of
from tests.factories.booking import AvailabilityRuleFactory
from tests.servers import RunningSite


@pytest.fixture
def desk(browser: Browser, site: RunningSite, watches: dict[BrowserContext, Watch]) -> Iterator[Callable[..., Page]]:
    """Function that opens the admin as an advisor, from a browser in some time zone."""
    server = SiteServer(site, site.start_web(workers=2))
    host = urlsplit(server.url).netloc
    advisor = advisor_with_account(name="Nora Nord")
    cookie = client_of(advisor.user).cookies[settings.SESSION_COOKIE_NAME]
    watch, contexts = Watch(host), []

    def open_(path: str, zone: str = "Europe/Berlin", color_scheme: str = "light") -> Page:
        context = browser.new_context(base_url=server.url, timezone_id=zone, locale="de-DE", color_scheme=color_scheme)
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server.url}])
        contexts.append(context)
        watches[context] = watch
        watch.over(context)
        page = context.new_page()
        page.goto(path)
        return page

    open_.advisor = advisor
    yield open_
    for context in contexts:
        context.close()
    assert not watch.complaints, "\n".join(watch.complaints)


def fill_in(page: Page) -> None:
    page.check("[name=kinds][value=office]")
    for name, value in (("start_time", "09:00"), ("end_time", "12:00"), ("valid_from", "2026-12-01")):
        page.fill(f"[name={name}]", value)
        # The picker opens a moment after its field has the focus and lies over the rest of the form until Tab.
        picker = page.locator(".xdsoft_datetimepicker:visible")
        picker.wait_for()
        page.locator(f"[name={name}]").press("Tab")
        expect(picker).to_have_count(0)


def save(page: Page) -> None:
    page.click("button[type=submit].action-save, footer button[type=submit]")
    page.wait_for_url("**/admin/beratungszeiten/")


def add_date(page: Page, day: str, *, excluded: bool) -> None:
    page.click("text=Datum hinzufügen")
    panel = page.locator("div.recurrence-widget .panel").last
    if excluded:
        panel.locator("[name=mode]").check()
    panel.locator(".date-field").fill(day)
    panel.locator(".date-field").press("Tab")


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Europe/Athens", "America/New_York"])
def test_days_chosen_anywhere_are_the_days_saved(desk, zone):
    page = desk("/admin/beratungszeiten/new/", zone)
    fill_in(page)
    page.click("text=Regel hinzufügen")
    page.click("div.recurrence-widget .weekly td:has-text('Di')")
    page.check("div.recurrence-widget [name=limit]")
    page.locator("div.recurrence-widget .until .date-field").fill("2027-06-30")
    page.locator("div.recurrence-widget .until .date-field").press("Tab")
    add_date(page, "2026-12-29", excluded=True)
    add_date(page, "2027-07-06", excluded=False)
    save(page)

    rule = AvailabilityRule.objects.get()
    expected = [
        "RRULE:FREQ=WEEKLY;UNTIL=20270630T120000Z;BYDAY=TU",
        "RDATE:20270706T120000Z",
        "EXDATE:20261229T120000Z",
    ]
    assert as_text(rule.days).split("\n") == expected
    assert rule.advisor == desk.advisor

    page = desk(f"/admin/beratungszeiten/edit/{rule.pk}/", zone)
    shown = page.locator("div.recurrence-widget").inner_text()
    assert "Dienstag" in shown
    assert "29" in shown
    save(page)
    assert as_text(AvailabilityRule.objects.get().days).split("\n") == expected


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_widget_is_german_and_accessible(desk, axe, color_scheme):
    rule = AvailabilityRuleFactory(advisor=desk.advisor)
    page = desk(f"/admin/beratungszeiten/edit/{rule.pk}/", color_scheme=color_scheme)
    page.locator("div.recurrence-widget .header a.recurrence-label").first.click()
    text = page.locator("div.recurrence-widget").inner_text()
    for word in ("Regel hinzufügen", "Datum hinzufügen", "Frequenz", "Wöchentlich", "Wiederholen bis"):
        assert word in text
    for word in ("Add rule", "Frequency", "Weekly"):
        assert word not in text
    axe(page, "div.recurrence-widget")


def test_weekday_is_pressed_by_keyboard(desk):
    page = desk("/admin/beratungszeiten/new/")
    fill_in(page)
    page.locator("div.recurrence-widget .add-rule").press("Enter")
    cell = page.locator("div.recurrence-widget .weekly td:has-text('Do')")
    cell.press("Enter")
    assert cell.get_attribute("aria-pressed") == "true"
    save(page)
    assert as_text(AvailabilityRule.objects.get().days) == "RRULE:FREQ=WEEKLY;BYDAY=TH"
