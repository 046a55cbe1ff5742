"""„Zusatzzeit“ in a real browser: found, filled in without a script and by keyboard, refused with a hint."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from booking.models import AvailabilityRule
from tests.factories.accounts import advisor_with_account
from tests.factories.booking import ServiceFactory
from tests.servers import RunningSite


@pytest.fixture
def advisor(site: RunningSite):
    ServiceFactory()
    return advisor_with_account(name="Nora Nord")


def step_to(page: Page, selector: str) -> None:
    """Tab until the field has the focus; the browser itself draws where it is within a date or a time."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by Tab")


def test_it_is_offered_without_scripts(advisor, open_desk: Callable[..., Page]) -> None:
    page = open_desk(advisor.user, "/admin/beratungszeiten/", width=360, javascript=False, may_answer=[422])
    page.goto(page.locator("a[href$='/zusatzzeit/']").first.get_attribute("href") or "")
    day = timezone.localdate() + timedelta(days=10)
    for name, value in {"tag": str(day), "von": "14:00", "bis": "12:00"}.items():
        page.fill(f"[name={name}]", value)
    page.get_by_label("am Telefon").check()
    page.get_by_role("button", name="Zusatzzeit anbieten").click()
    expect(page.get_by_text("Das Ende muss nach dem Beginn liegen.")).to_be_visible()
    expect(page.get_by_label("am Telefon")).to_be_checked()
    page.fill("[name=bis]", "16:00")
    page.get_by_role("button", name="Zusatzzeit anbieten").click()
    expect(page.get_by_text("Die Zusatzzeit steht:")).to_be_visible()
    expect(page.get_by_text(f"nur am {day:%d.%m.%Y}")).to_be_visible()
    assert AvailabilityRule.objects.get().kinds == ["office", "phone"]


def test_the_keyboard_alone_offers_it(advisor, open_desk: Callable[..., Page]) -> None:
    page = open_desk(advisor.user, "/admin/termine/zusatzzeit/")
    day = timezone.localdate() + timedelta(days=10)
    for name, keys in {"tag": f"{day:%m%d%Y}", "von": "0200P", "bis": "0400P"}.items():
        step_to(page, f"[name={name}]")
        page.keyboard.type(keys)
    step_to(page, "main form .desk-buttons button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/beratungszeiten/")
    rule = AvailabilityRule.objects.get()
    assert (rule.valid_from, f"{rule.start_time:%H:%M}", f"{rule.end_time:%H:%M}") == (day, "14:00", "16:00")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_axe_finds_nothing_with_and_without_errors(
    advisor, open_desk: Callable[..., Page], axe: Callable[..., None], width: int, color_scheme: str
) -> None:
    page = open_desk(
        advisor.user, "/admin/termine/zusatzzeit/", width=width, color_scheme=color_scheme, may_answer=[422]
    )
    axe(page, "main")
    page.get_by_role("button", name="Zusatzzeit anbieten").click()
    page.wait_for_selector(".error-message, .w-field__errors")
    axe(page, "main")
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert beyond <= 0, f"{beyond} px too wide at {width}"
