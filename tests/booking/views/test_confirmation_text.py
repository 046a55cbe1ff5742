"""The words of a service to whoever has booked it."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from booking.emails import send_booked
from booking.links import Purpose, path_to
from foundation.models import OutgoingMail
from tests.factories.booking import AppointmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]
TEXT = "Parkplätze gibt es am Haus <Tor 2>.\n\nSpät dran? Rufen Sie an."


def mail_and_page(client, appointment):
    send_booked(appointment, now=datetime(2026, 11, 23, 7, tzinfo=UTC))
    mail = message_from_bytes(bytes(OutgoingMail.objects.get(kind="firm_booked").message), policy=policy.default)
    text, html = (mail.get_body([kind]).get_content().replace("\r\n", "\n") for kind in ("plain", "html"))
    return text, html, client.get(path_to(appointment, Purpose.VIEW)).content.decode()


def test_it_stands_on_the_page_and_in_both_parts_of_the_mail(client, service, advisor):
    service.confirmation_text = TEXT
    service.save()
    text, html, page = mail_and_page(client, AppointmentFactory(service=service, advisor=advisor))
    assert f"\n{TEXT}\n" in text
    for shown in (html, page):
        assert "<p>Parkplätze gibt es am Haus &lt;Tor 2&gt;.</p>" in shown
        assert "<p>Spät dran? Rufen Sie an.</p>" in shown
    assert "Gut zu wissen" in page


def test_without_words_there_is_no_empty_place(client, service, advisor):
    text, _, page = mail_and_page(client, AppointmentFactory(service=service, advisor=advisor))
    assert "Gut zu wissen" not in page
    assert "\n\n\n" not in text.partition("-- ")[0]
