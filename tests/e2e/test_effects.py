"""„Auswirkung zeigen“ in a real browser: accessible at both ends of the screens, and whole without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from booking.models import AvailabilityRule, Service
from tests.e2e.conftest import SiteServer, Watch
from tests.factories.accounts import administrator, advisor_with_account, client_of
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ClosureFactory
from tests.factories.offices import OfficeDayFactory
from tests.servers import RunningSite


@pytest.fixture
def open_desk(
    browser: Browser, site: RunningSite, watches: dict[BrowserContext, Watch]
) -> Iterator[Callable[..., Page]]:
    """Function that gives a page of the desk with a user signed in, on a site of its own."""
    server = SiteServer(site, site.start_web(workers=2))

    def open_(user, **options) -> Page:
        cookie = client_of(user).cookies[settings.SESSION_COOKIE_NAME]
        context = browser.new_context(base_url=server.url, timezone_id="Europe/Berlin", locale="de-DE", **options)
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server.url}])
        watches[context] = watch = Watch(urlsplit(server.url).netloc)
        watch.over(context)
        return context.new_page()

    yield open_
    for context in watches:
        context.close()
    complaints = [complaint for watch in watches.values() for complaint in watch.complaints]
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def rule(browser: Browser, site: RunningSite) -> AvailabilityRule:
    """Mornings, with an appointment at nine on the next Monday."""
    rule = AvailabilityRuleFactory(advisor=advisor_with_account(name="Nora Nord"))
    day = timezone.localdate() + timedelta(days=7 - timezone.localdate().weekday())
    nine = datetime.combine(day, time(9), tzinfo=timezone.get_current_timezone())
    AppointmentFactory(advisor=rule.advisor, starts_at=nine)
    return rule


def test_the_effect_of_a_rule_is_shown_without_scripts(open_desk: Callable[..., Page], rule: AvailabilityRule) -> None:
    page = open_desk(rule.advisor.user, java_script_enabled=False)
    page.goto(f"/admin/beratungszeiten/edit/{rule.pk}/")
    expect(page.get_by_text("In Worten: Nora Nord")).to_be_visible()
    page.fill("[name=start_time]", "10:00")
    page.get_by_role("button", name="Auswirkung zeigen").click()
    expect(page.get_by_text("Noch ist nichts gespeichert.")).to_be_visible()
    expect(page.get_by_text("montags bis freitags, 10:00 bis 12:00 Uhr")).to_be_visible()
    expect(page.get_by_role("link", name="9:00 Uhr, Erstberatung")).to_be_visible()
    assert AvailabilityRule.objects.get().start_time == time(9)
    page.get_by_role("button", name="Speichern").click()
    page.wait_for_url("**/admin/beratungszeiten/")
    assert AvailabilityRule.objects.get().start_time == time(10)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_the_pages_with_an_effect_are_accessible(
    open_desk: Callable[..., Page], axe: Callable, rule: AvailabilityRule, width: int, scheme: str
) -> None:
    closure = ClosureFactory(advisor=rule.advisor, first_day=timezone.localdate() + timedelta(days=7))
    office_day = OfficeDayFactory(office=rule.office, advisors=[rule.advisor], start_time=time(13), end_time=time(16))
    look = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    page = open_desk(rule.advisor.user, **look)

    def checked() -> None:
        expect(page.get_by_role("heading", name="Auswirkung")).to_be_visible()
        axe(page, "main")
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond <= 0, f"{page.url} is {beyond} px too wide at {width}"

    def show_effect() -> None:
        """By the key: a mouse may miss the button, since Wagtail's page shifts on a phone as the time's list closes."""
        page.get_by_role("button", name="Auswirkung zeigen").press("Enter")
        checked()

    page.goto(f"/admin/beratungszeiten/edit/{rule.pk}/")
    page.fill("[name=start_time]", "10:00")
    show_effect()
    page.goto(f"/admin/beratungszeiten/delete/{rule.pk}/")
    checked()
    page.goto(f"/admin/schliesszeiten/delete/{closure.pk}/")
    checked()
    asked = timezone.localdate() + timedelta(days=7 - timezone.localdate().weekday())
    page.goto(
        f"/admin/warum/?anliegen={Service.objects.get().pk}&buero={rule.office_id}&art=video&tag={asked}&uhrzeit=09:10"
    )
    page.get_by_role("link", name="Diese Art bei der Beratungszeit ankreuzen").wait_for()
    axe(page, "main")
    page = open_desk(administrator(), **look)
    page.goto("/admin/anliegen/")
    page.click("text=Erstberatung")
    page.fill("[name=duration]", "90")
    show_effect()
    page.goto(f"/admin/sprechtage/edit/{office_day.pk}/")
    page.uncheck("[name=is_active]")
    show_effect()
