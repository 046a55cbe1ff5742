"""A day at the desk of an office on a small screen and without scripts: the phone rings, plans change, people come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from booking.enums import Kind, Outcome, Status
from booking.models import Appointment, Closure
from tests.factories.accounts import office_lead
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ServiceFactory
from tests.servers import RunningSite


@pytest.fixture
def lead(site: RunningSite):
    ServiceFactory()
    person = office_lead(name="Lea Leitung")
    AvailabilityRuleFactory(advisor=person, kinds=[Kind.OFFICE, Kind.PHONE])
    return person


def choose_time(page: Page, number: int = 0) -> None:
    page.get_by_role("group", name="Freie Zeiten am").get_by_role("radio").nth(number).check()


def test_a_firm_calls_and_is_booked_moved_and_cancelled(lead, open_desk: Callable[..., Page]) -> None:
    page = open_desk(lead.user, "/admin/termine/woche/", width=360, javascript=False, may_answer=[422])
    page.get_by_role("link", name="Neuer Termin bei Lea Leitung").click()
    page.select_option("[name=anliegen]", "erstberatung")
    page.get_by_role("button", name="Freie Zeiten zeigen").click()
    choose_time(page)
    page.fill("[name=organization]", "Anruf GmbH")
    page.fill("[name=name]", "Kim Muster")
    page.get_by_role("button", name="Termin buchen").click()
    expect(page.get_by_label("Postleitzahl")).to_be_visible()
    page.fill("[name=postcode]", "31785")
    page.fill("[name=note]", "ruft noch einmal an")
    page.get_by_role("button", name="Termin buchen").click()
    expect(page.get_by_text("Der Termin ist gebucht.")).to_be_visible()
    expect(page.locator("[name=note]")).to_have_value("ruft noch einmal an")
    booked = Appointment.objects.get(status=Status.BOOKED)

    page.get_by_role("link", name="Verschieben", exact=True).click()
    page.select_option("[name=art]", "phone")
    page.get_by_role("button", name="Zeiten zeigen").click()
    choose_time(page, 1)
    page.fill("[name=phone]", "05151 12345")
    page.get_by_role("button", name="Auf diese Zeit verschieben").click()
    expect(page.get_by_text("Der Termin ist verschoben.")).to_be_visible()
    expect(page.get_by_role("link", name="05151 12345")).to_have_attribute("href", "tel:+49515112345")

    page.get_by_role("link", name="Folgetermin vereinbaren").click()
    expect(page.locator("[name=organization]")).to_have_value("Anruf GmbH")
    choose_time(page)
    page.get_by_role("button", name="Termin buchen").click()
    expect(page.get_by_text("Der Termin ist gebucht.")).to_be_visible()

    page.goto(f"/admin/termine/?q={booked.reference}")
    page.get_by_role("main").get_by_role("row").nth(1).get_by_role("link").first.click()
    page.fill("[name=reason]", "Der Betrieb sagt ab")
    page.get_by_role("button", name="Absagen").click()
    expect(page.get_by_text("Der Termin ist abgesagt.")).to_be_visible()
    assert [row.status for row in Appointment.objects.order_by("pk")] == [Status.CANCELLED, Status.BOOKED]


def test_what_became_of_it_is_noted_and_hours_are_blocked(lead, open_desk: Callable[..., Page]) -> None:
    over = AppointmentFactory(advisor=lead, starts_at=timezone.now() - timedelta(hours=2))
    page = open_desk(lead.user, f"/admin/termine/inspect/{over.pk}/", width=360, javascript=False)
    page.get_by_role("button", name="Nicht erschienen").click()
    expect(page.get_by_text("Festgehalten: nicht erschienen.")).to_be_visible()
    page.fill("[name=note]", "angerufen, niemand da")
    page.get_by_role("button", name="Notiz speichern").click()
    expect(page.get_by_text("Die Notiz ist gespeichert.")).to_be_visible()
    assert (Appointment.objects.get().outcome, Appointment.objects.get().note) == (
        Outcome.MISSED,
        "angerufen, niemand da",
    )
    page.goto("/admin/termine/blockieren/")
    for name, value in {"von": "08:00", "bis": "09:00", "grund": "Fortbildung"}.items():
        page.fill(f"[name={name}]", value)
    page.get_by_role("button", name="Zeit blockieren").click()
    expect(page.get_by_text("Die Zeit ist blockiert: Niemand kann sie mehr buchen.")).to_be_visible()
    assert Closure.objects.get().reason == "Fortbildung"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q={reference}", ["Eins GmbH"]),
        ("q=Zwei", ["Zwei GmbH"]),
        ("q=eins@firma.example", ["Eins GmbH"]),
        ("status=cancelled", ["Zwei GmbH"]),
        ("reply=offen", ["Eins GmbH"]),
    ],
)
def test_the_list_is_searched_and_filtered_without_scripts(
    lead, open_desk: Callable[..., Page], query: str, found: list[str]
) -> None:
    soon = timezone.now().replace(microsecond=0) + timedelta(days=2)
    first = AppointmentFactory(
        advisor=lead, organization="Eins GmbH", email="eins@firma.example", starts_at=soon, reminded_for=soon
    )
    AppointmentFactory(advisor=lead, organization="Zwei GmbH", starts_at=soon, status=Status.CANCELLED)
    page = open_desk(
        lead.user, f"/admin/termine/?{query.format(reference=first.reference)}", width=360, javascript=False
    )
    firms = page.get_by_role("main").get_by_role("cell", name="GmbH")
    assert firms.all_inner_texts() == found


@pytest.mark.parametrize("route", ["tag", "woche", "tagesblatt"])
def test_day_and_week_are_walked_by_keyboard(lead, open_desk: Callable[..., Page], route: str) -> None:
    """From the date on in the order in which one reads: show, before, today, after, the other views, appointments."""
    tomorrow = timezone.localtime() + timedelta(days=1)
    AppointmentFactory(advisor=lead, starts_at=tomorrow.replace(hour=10, minute=0, second=0, microsecond=0))
    page = open_desk(lead.user, f"/admin/termine/{route}/?tag={tomorrow.date()}", javascript=False)
    page.focus(".desk-nav button")
    reached = ["Anzeigen"]
    while reached[-1] and len(reached) < 25:
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.closest('main') ? document.activeElement.innerText : ''"))
    words = " | ".join(reached)
    order = {"tag": "Tag davor | Heute | Tag danach | Woche", "woche": "Woche davor | Heute | Woche danach | Tag"}
    assert order.get(route, "Tag davor | Heute | Tag danach | Tag | Woche") in words
    if route != "tagesblatt":
        assert "10:00–11:00 Erstberatung, Beispiel Metallbau GmbH" in words


def test_the_week_is_printed_across_one_sheet(lead, open_desk: Callable[..., Page]) -> None:
    booked = AppointmentFactory(advisor=lead, starts_at=timezone.now() + timedelta(hours=1))
    day = timezone.localdate(booked.starts_at)  # tomorrow, late in the evening
    page = open_desk(lead.user, f"/admin/termine/woche/?tag={day}", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".desk-nav")).to_be_hidden()
    expect(page.locator("#wagtail-sidebar")).to_be_hidden()
    expect(page.locator(".desk-entries a").first).to_have_css("color", "rgb(0, 0, 0)")
    sheet = page.pdf(prefer_css_page_size=True)
    assert sheet.count(b"/Type /Page\n") == 1
    box = sheet.split(b"/MediaBox [")[1].split(b"]")[0].split()
    assert float(box[2]) > float(box[3])
