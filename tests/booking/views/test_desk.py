"""From a mail to the appointment at the advisor's desk."""

from __future__ import annotations

import pytest

from tests.factories.accounts import advisor_with_account, client_of
from tests.factories.booking import AppointmentFactory

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


def test_visitors_are_asked_to_log_in(client):
    appointment = AppointmentFactory()
    for reference in (appointment.reference, "GIBT-ESNI"):
        assert client.get(f"/termin/vorgang/{reference}/").url.startswith("/admin/login/")
