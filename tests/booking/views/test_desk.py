"""From a mail to the appointment at the advisor's desk."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from booking.services.move import move_appointment
from tests.booking.conftest import NOW
from tests.factories.accounts import administrator, advisor_with_account, client_of
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory
from tests.factories.offices import AdvisorFactory, OfficeFactory

pytestmark = pytest.mark.django_db


def test_the_own_appointment_opens(django_assert_num_queries):
    advisor = advisor_with_account()
    appointment = AppointmentFactory(advisor=advisor)
    client = client_of(advisor.user)
    response = client.get(f"/termin/vorgang/{appointment.reference}/")
    assert response.status_code == 302
    page = client.get(response.url)
    assert page.status_code == 200
    assert "Beispiel Metallbau GmbH" in page.content.decode()


def test_a_colleagues_appointment_stays_closed():
    appointment = AppointmentFactory()
    client = client_of(advisor_with_account().user)
    page = client.get(f"/termin/vorgang/{appointment.reference}/", follow=True)
    assert page.status_code == 404
    assert "Beispiel Metallbau GmbH" not in page.content.decode()


@pytest.fixture
def given_away(now, service):
    """An appointment that went from Nora Nord to an office of which she sees nothing."""
    nora = advisor_with_account(name="Nora Nord")
    colleague = AdvisorFactory(
        name="Bea Beispiel", office=OfficeFactory(name="MehrWert-Büro Vechta", slug="vechta", phone="04441 12345")
    )
    AvailabilityRuleFactory(advisor=colleague)
    appointment = AppointmentFactory(advisor=nora, service=service)
    move_appointment(
        appointment,
        starts_at=datetime(2026, 12, 2, 8, tzinfo=UTC),
        sequence=0,
        now=NOW,
        office=colleague.office,
        advisor=colleague,
    )
    return nora, appointment


def test_who_had_it_learns_who_has_it_now_and_nothing_of_the_firm(given_away, django_assert_num_queries):
    nora, appointment = given_away
    client = client_of(nora.user)
    response = client.get(f"/termin/vorgang/{appointment.reference}/")
    page = " ".join(response.content.decode().split())
    assert response.status_code == 200
    assert f"Den Termin {appointment.reference} hat jetzt <strong>Bea Beispiel</strong>, MehrWert-Büro Vechta." in page
    assert "04441 12345" in page
    for secret in (appointment.organization, appointment.name, appointment.email, "2. Dezember", "9:00"):
        assert secret not in page
    with django_assert_num_queries(11):
        client.get(f"/termin/vorgang/{appointment.reference}/")


def test_who_never_had_it_finds_nothing(given_away):
    _, appointment = given_away
    colleague = advisor_with_account("andere", name="Olaf Ost")
    page = client_of(colleague.user).get(f"/termin/vorgang/{appointment.reference}/")
    assert page.status_code == 404
    assert "Bea Beispiel" not in page.content.decode()


def test_log_says_who_had_it_before(given_away):
    _, appointment = given_away
    page = client_of(administrator()).get(f"/termin/vorgang/{appointment.reference}/", follow=True).content.decode()
    said = "verschoben: 01.12.2026, 9:00 Uhr → 02.12.2026, 9:00 Uhr; {} → vechta; bisher bei Nora Nord (Betrieb)"
    assert said.format(appointment.office.slug) in page


def test_visitors_are_asked_to_log_in(client):
    appointment = AppointmentFactory()
    for reference in (appointment.reference, "GIBT-ESNI"):
        assert client.get(f"/termin/vorgang/{reference}/").url.startswith("/admin/login/")
