"""Times that are held for a firm: chosen without scripts and by keyboard, offered at the desk, and under axe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from booking.enums import Kind, OfferReason, Status
from booking.links import path_to_offer
from booking.models import Appointment, Closure, MoveOffer
from booking.services.offer import offer_times
from tests.conftest import SiteServer
from tests.factories.accounts import client_of, office_lead
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ClosureFactory
from tests.servers import RunningSite


def day() -> datetime:
    found = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=14)
    return found + timedelta(days=max(0, 7 - found.weekday() if found.weekday() > 3 else 0))


@pytest.fixture
def server(site: RunningSite) -> SiteServer:
    return SiteServer(site, site.start_web(workers=2))


@pytest.fixture
def closure(site: RunningSite) -> Closure:
    lead = office_lead(name="Lena Leitung")
    AvailabilityRuleFactory(advisor=lead, kinds=[Kind.OFFICE, Kind.VIDEO])
    for hour in (-1, 0, 1):
        AppointmentFactory(advisor=lead, starts_at=day() + timedelta(hours=hour), phone="05151 4711")
    return ClosureFactory(office=lead.office, first_day=day().date())


@pytest.fixture
def offer(closure: Closure) -> MoveOffer:
    now = timezone.now()
    appointment = Appointment.objects.order_by("starts_at").first()
    assert appointment is not None
    until = now + timedelta(days=3)
    return offer_times(appointment, reason=OfferReason.CLOSING, until=until, now=now, closure=closure)


def test_a_firm_chooses_without_scripts(server: SiteServer, offer: MoveOffer, open_page: Callable[..., Page]) -> None:
    page = open_page(path_to_offer(offer), server=server, javascript=False, width=320)
    expect(page.get_by_role("heading", level=1)).to_have_text("Welche Zeit passt Ihnen?")
    expect(page.get_by_role("button", name="Diese Zeit nehmen")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Diese Zeit nehmen").nth(1).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Termin ist verschoben")
    page.goto(path_to_offer(offer))
    expect(page.get_by_role("heading", level=1)).to_have_text("Sie haben schon gewählt")
    assert page.context.cookies() == []
    assert not Appointment.objects.filter(status=Status.HELD).exists()


def test_the_keyboard_alone_declines_and_goes_on_to_all_times(
    server: SiteServer, offer: MoveOffer, open_page: Callable[..., Page]
) -> None:
    page = open_page(path_to_offer(offer), server=server)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "keine":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/termin/verschieben/**")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wann passt es Ihnen besser?")
    offer.refresh_from_db()
    assert offer.answer == "declined"


def test_pages_of_the_firm_are_accessible(
    server: SiteServer, offer: MoveOffer, open_page: Callable[..., Page], every_look: Callable[[Page], None]
) -> None:
    page = open_page(path_to_offer(offer), server=server, may_answer=(409, 410))
    every_look(page)
    page.evaluate("document.querySelector('button[name=zeit]').value = '00000000-0000-4000-8000-000000000000'")
    page.locator("button[name=zeit]").first.click()
    expect(page.get_by_text("Diese Zeit lässt sich nicht mehr wählen.")).to_be_visible()
    every_look(page)
    MoveOffer.objects.update(answer="expired")
    page.goto(path_to_offer(offer))
    expect(page.get_by_role("heading", level=1)).to_have_text("Diese Zeiten sind nicht mehr reserviert")
    every_look(page)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_office_closed_in_one_go(
    server: SiteServer, closure: Closure, open_page: Callable[..., Page], axe: Callable, width: int
) -> None:
    page = open_page("/admin/login/", server=server, width=width)
    cookie = client_of(closure.office.advisors.get().user).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server.url}])
    page.goto(f"/admin/termine/betroffen/{closure.pk}/")
    axe(page, "main")
    page.get_by_role("link", name="E-Mail ansehen").first.click()
    expect(page.get_by_text("Noch nicht geschickt.")).to_be_visible()
    axe(page, "main")
    page.go_back()
    page.get_by_role("button", name="Allen 3 drei Ersatztermine anbieten").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 Betriebe bekommen eine E-Mail mit reservierten Zeiten.")).to_be_visible()
    axe(page, "main")
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert beyond <= 0
    assert Appointment.objects.filter(status=Status.HELD).count() == 9
