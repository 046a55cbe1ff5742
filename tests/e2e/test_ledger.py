"""The page „Verteilung“ in a real browser: accessible in every width and colour, without a script, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tests.factories.accounts import advisor_with_account
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory
from tests.factories.offices import AdvisorFactory
from tests.servers import RunningSite


@pytest.mark.parametrize("java_script", [True, False])
def test_ledger_is_read_in_every_width_and_colour(
    site: RunningSite, open_desk: Callable[..., Page], axe: Callable, java_script: bool
) -> None:
    nora = advisor_with_account(name="Nora Nord")
    olaf = AdvisorFactory(name="Olaf Ost", office=nora.office, share_percent=50)
    apart = AdvisorFactory(name="Pia Besonders", office=nora.office, in_pool=False)
    for person in (nora, olaf, apart):
        AvailabilityRuleFactory(advisor=person)
    AppointmentFactory(advisor=nora, starts_at=timezone.now() + timedelta(days=2))
    page = open_desk(nora.user, javascript=java_script)
    for width, scheme in ((1280, "light"), (1280, "dark"), (320, "light"), (320, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        page.goto("/admin/verteilung/")
        assert "Olaf Ost hat mit 0,00 die wenigsten Termine" in page.inner_text("main")
        if java_script:
            axe(page, "main")
            beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert beyond <= 0, f"{beyond} px too wide at {width}"
    page.focus("#id_tag")
    page.keyboard.press("Enter")
    page.wait_for_url("**/verteilung/?tag=*")
