"""„Früher kommen“: wished for and answered without scripts and under axe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from booking.links import Purpose, path_to, path_to_offer
from booking.models import Appointment, EarlierWish
from booking.services.cancel import cancel_appointment
from booking.services.pass_on import pass_on_freed_times
from booking.wording import when
from tests.conftest import SiteServer
from tests.e2e.test_offers import day
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory
from tests.factories.offices import AdvisorFactory
from tests.servers import RunningSite


@pytest.fixture
def server(site: RunningSite) -> SiteServer:
    return SiteServer(site, site.start_web(workers=2))


@pytest.fixture
def early(site: RunningSite) -> Appointment:
    advisor = AdvisorFactory(name="Ada Beispiel")
    AvailabilityRuleFactory(advisor=advisor)
    return AppointmentFactory(advisor=advisor, starts_at=day())


@pytest.fixture
def late(early: Appointment) -> Appointment:
    return AppointmentFactory(advisor=early.advisor, starts_at=day() + timedelta(days=7))


def test_a_firm_comes_earlier_without_scripts(
    server: SiteServer, early: Appointment, late: Appointment, open_page: Callable[..., Page]
) -> None:
    page = open_page(path_to(late, Purpose.VIEW), server=server, javascript=False, width=320)
    page.get_by_role("link", name="Nach einem früheren Termin fragen lassen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Möchten Sie früher kommen?")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_text("vormittags, bis 12 Uhr").click()
    page.get_by_role("button", name="Bitte fragen Sie mich").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wir fragen Sie, wenn früher etwas frei wird")
    expect(page.get_by_label("vormittags, bis 12 Uhr")).to_be_checked()

    cancel_appointment(early, now=timezone.now())
    [offer] = pass_on_freed_times(now=timezone.now())
    page.goto(path_to_offer(offer))
    expect(page.get_by_role("heading", level=1)).to_have_text("Möchten Sie früher kommen?")
    page.get_by_role("button", name="Diese Zeit nehmen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Termin ist verschoben")
    expect(page.locator("main")).to_contain_text(when(early.starts_at, early.ends_at))
    assert not EarlierWish.objects.exists()
    assert page.context.cookies() == []


def test_the_pages_are_accessible(
    server: SiteServer,
    early: Appointment,
    late: Appointment,
    open_page: Callable[..., Page],
    every_look: Callable[[Page], None],
) -> None:
    """The wish, the question of a firm that waits, and its answer after the time has been passed on."""
    page = open_page(path_to(late, Purpose.EARLIER), server=server, reduced_motion="reduce", may_answer=[410])
    every_look(page)
    page.get_by_role("button", name="Bitte fragen Sie mich").click()
    expect(page.get_by_role("button", name="Nicht mehr fragen")).to_be_visible()
    every_look(page)
    cancel_appointment(early, now=timezone.now())
    [offer] = pass_on_freed_times(now=timezone.now())
    page.goto(path_to_offer(offer))
    expect(page.get_by_role("heading", level=1)).to_have_text("Möchten Sie früher kommen?")
    every_look(page)
    page.get_by_role("button", name="Nein, der bisherige Termin bleibt").click()
    every_look(page)
    page.goto(path_to_offer(offer))
    every_look(page)
