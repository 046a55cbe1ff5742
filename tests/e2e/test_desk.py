"""The advisor's own pages in a real browser: accessible, and their buttons pass the proof of origin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urljoin

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from booking.enums import Status
from booking.models import AdvisorFeed, Appointment, Closure
from tests.factories.accounts import advisor_with_account
from tests.factories.booking import (
    AdvisorFeedFactory,
    AppointmentFactory,
    AvailabilityRuleFactory,
    ClosureFactory,
    PushCalendarFactory,
    PushEntryFactory,
)
from tests.servers import RunningSite


@pytest.fixture
def advisor(site: RunningSite):
    return advisor_with_account(name="Nora Nord")


@pytest.fixture
def page(open_desk: Callable[..., Page], advisor) -> Page:
    return open_desk(advisor.user)


def test_calendar_link_is_made_copied_and_renewed(page: Page, axe: Callable) -> None:
    page.goto("/admin/kalender/")
    page.fill("[name=name]", "Outlook im Büro")
    page.click("text=Link anlegen")
    page.wait_for_selector("text=Der neue Link ist da.")
    address = page.locator("input[readonly]").input_value()
    page.click("text=Adresse kopieren")
    page.wait_for_selector("text=Adresse kopiert.")
    page.focus("summary:has-text('QR-Code')")
    page.keyboard.press("Enter")
    code = page.get_by_role("img", name="QR-Code mit der Adresse von „Outlook im Büro“")
    code.wait_for()
    assert code.bounding_box()["width"] >= 200
    axe(page, "main")

    page.click("button:has-text('Neue Adresse')")
    page.wait_for_selector("text=hat eine neue Adresse")
    assert page.locator("input[readonly]").input_value() != address
    page.click("button:has-text('Abschalten')")
    page.wait_for_selector("text=ist abgeschaltet")
    assert AdvisorFeed.objects.get().revoked_at is not None


def test_appointment_is_read_and_cancelled(page: Page, axe: Callable, advisor) -> None:
    appointment = AppointmentFactory(advisor=advisor, starts_at=datetime(2030, 1, 8, 9, tzinfo=UTC))
    page.goto("/admin/")
    page.click("text=Dienstag, 8. Januar, 10:00 Uhr")
    page.wait_for_selector("text=Termin absagen")
    axe(page, "main")
    page.fill("[name=reason]", "Krank")
    page.click("button:has-text('Absagen')")
    page.wait_for_selector("text=Der Termin ist abgesagt.")
    assert Appointment.objects.get(pk=appointment.pk).status == Status.CANCELLED


def test_request_is_confirmed_on_call(page: Page, axe: Callable, advisor) -> None:
    """In the browser: the second button of the form has an address of its own, and both pass the proof of origin."""
    now = timezone.now()
    waiting = {"status": Status.HELD, "hold_expires_at": now + timedelta(hours=2), "verification_sent_at": now}
    first, second = (
        AppointmentFactory(advisor=advisor, starts_at=datetime(2030, 1, day, 9, tzinfo=UTC), **waiting)
        for day in (8, 9)
    )
    page.goto(f"/admin/termine/inspect/{first.pk}/")
    axe(page, "main")
    page.click("button:has-text('Auf Zuruf bestätigen')")
    page.wait_for_selector("text=Der Termin ist gebucht.")
    page.goto(f"/admin/termine/inspect/{second.pk}/")
    page.click("button:has-text('Zeit freigeben')")
    page.wait_for_selector("text=Die Zeit ist wieder frei")
    found = Appointment.objects.order_by("starts_at").values_list("status", flat=True)
    assert list(found) == [Status.BOOKED, Status.EXPIRED]


@pytest.mark.parametrize("width", [1280, 320])
def test_pages_of_the_desk_are_accessible(page: Page, axe: Callable, advisor, width: int) -> None:
    AvailabilityRuleFactory(advisor=advisor)
    ahead = AppointmentFactory(advisor=advisor, starts_at=timezone.now() + timedelta(days=3))
    over = AppointmentFactory(advisor=advisor, starts_at=timezone.now() - timedelta(days=3))
    tomorrow = timezone.localdate() + timedelta(days=1)
    closure = ClosureFactory(advisor=advisor, first_day=tomorrow, start_time=time(9), end_time=time(10))
    refused = PushCalendarFactory(advisor=advisor, state="refused", last_error="Der Server verweigert den Zugang.")
    PushEntryFactory(calendar=refused, appointment=ahead)
    AdvisorFeedFactory(advisor=advisor, last_fetched_at=ahead.changed_at - timedelta(days=1))
    page.set_viewport_size({"width": width, "height": 800})
    wish = f"?anliegen=erstberatung&art=office&buero={advisor.office.slug}"
    for path in (
        f"inspect/{ahead.pk}/",
        f"inspect/{over.pk}/",
        f"verschieben/{ahead.pk}/",
        f"neu/{wish}",
        "blockieren/",
        "zusatzzeit/",
        f"betroffen/{closure.pk}/",
        f"tag/?tag={timezone.localdate(ahead.starts_at)}",
        f"woche/?tag={timezone.localdate(ahead.starts_at)}",
        f"tagesblatt/?tag={timezone.localdate(ahead.starts_at)}",
        "/admin/abgleich/",
        f"/admin/abgleich/{advisor.pk}/",
        "/admin/",
    ):
        page.goto(urljoin("/admin/termine/", path))
        axe(page, "main")
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond <= 0, f"{path} is {beyond} px too wide at {width}"


@pytest.mark.parametrize("width", [1280, 320])
def test_effect_is_shown_before_time_is_blocked_or_a_closure_saved(
    page: Page, axe: Callable, advisor, width: int
) -> None:
    AvailabilityRuleFactory(advisor=advisor)
    day = timezone.localdate() + timedelta(days=7 - timezone.localdate().weekday())
    AppointmentFactory(
        advisor=advisor, starts_at=datetime.combine(day, time(9), tzinfo=timezone.get_current_timezone())
    )
    page.set_viewport_size({"width": width, "height": 800})
    for path, values in {
        "termine/blockieren/": {"tag": str(day), "von": "08:00", "bis": "12:00", "grund": "Fortbildung"},
        "schliesszeiten/new/": {"reason": "Urlaub", "first_day": f"{day:%d.%m.%Y}", "last_day": f"{day:%d.%m.%Y}"},
    }.items():
        page.goto(f"/admin/{path}")
        for name, value in values.items():
            page.fill(f"[name={name}]", value)
        page.click("button:has-text('Auswirkung zeigen')")
        page.wait_for_selector("text=Noch ist nichts gespeichert.")
        page.wait_for_selector("text=9:00 Uhr, Erstberatung")
        axe(page, "main")
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond <= 0, f"{path} is {beyond} px too wide at {width}"
    assert not Closure.objects.exists()
