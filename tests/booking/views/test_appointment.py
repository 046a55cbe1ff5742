"""What the links of a mail do: nothing when opened, one thing when their button is pressed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html import unescape

import icalendar
import pytest

from booking.enums import Status
from booking.links import Purpose, path_to
from booking.models import Appointment
from foundation.models import OutgoingMail
from tests.booking.conftest import NOW
from tests.factories.booking import AppointmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)


@pytest.fixture
def booked(advisor, service) -> Appointment:
    return AppointmentFactory(advisor=advisor, service=service, starts_at=NINE)


def text(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def rows():
    return list(Appointment.objects.order_by("pk").values()), OutgoingMail.objects.count()


@pytest.mark.parametrize("purpose", [Purpose.VIEW, Purpose.MOVE, Purpose.CANCEL, Purpose.CALENDAR])
@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_a_link_changes_nothing(client, booked, purpose, method):
    before = rows()
    for _ in range(3):
        response = getattr(client, method)(path_to(booked, purpose))
        assert response.status_code == 200
        assert response.cookies == {}
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["Cache-Control"] == "no-store, private"
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert rows() == before


def test_the_page_names_everything_the_firm_needs(client, booked):
    html = text(client.get(path_to(booked, Purpose.VIEW)))
    for part in (
        "Dienstag, 24. November 2026, 9:00 bis 10:00 Uhr", "MehrWert-Büro Hameln, Musterweg 1, 31785 Hameln", "im Büro",
        "Erstberatung", "Ada Beispiel", booked.reference, "Eine Liste Ihrer Fragen.",
        path_to(booked, Purpose.MOVE), path_to(booked, Purpose.CANCEL), path_to(booked, Purpose.CALENDAR),
    ):  # fmt: skip
        assert part in html


def test_the_calendar_file_holds_the_appointment(client, booked):
    response = client.get(path_to(booked, Purpose.CALENDAR))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    event = icalendar.Calendar.from_ical(response.content).walk("VEVENT")[0]
    assert (event["UID"], event["DTSTART"].dt, event["DTEND"].dt) == (
        f"{booked.uid}@mehrwert.example",
        NINE,
        NINE + timedelta(hours=1),
    )


def test_cancelling_again_is_answered_kindly(client, booked):
    url = path_to(booked, Purpose.CANCEL)
    assert client.post(url).url == path_to(booked, Purpose.VIEW)
    assert "<h1>Ihr Termin ist abgesagt</h1>" in text(client.get(path_to(booked, Purpose.VIEW)))
    for answer in (client.get(url), client.post(url), client.get(path_to(booked, Purpose.MOVE))):
        assert answer.status_code == 200
        assert "<h1>Dieser Termin ist schon abgesagt</h1>" in text(answer)
    assert OutgoingMail.objects.count() == 2


def test_a_freed_time_is_offered_again_at_once(client, booked):
    assert 'value="2026-11-24T09:00+01:00"' not in text(client.get("/termin/hameln/"))
    client.post(path_to(booked, Purpose.CANCEL))
    assert 'value="2026-11-24T09:00+01:00"' in text(client.get("/termin/hameln/"))


def test_two_moves_from_one_page_one_wins(client, booked):
    url = path_to(booked, Purpose.MOVE)
    assert client.post(url, {"zeit": "2026-11-24T11:00+01:00", "stand": "0"}).status_code == 302
    second = client.post(url, {"zeit": "2026-11-25T09:00+01:00", "stand": "0"})
    assert second.status_code == 409
    assert "inzwischen schon verschoben" in text(second)
    booked.refresh_from_db()
    assert booked.starts_at == NINE + timedelta(hours=2)


@pytest.mark.parametrize(
    ("zeit", "sentence"),
    [
        ("2026-11-24T10:30+01:00", "Diese Zeit ist gerade vergeben worden. Ihr bisheriger Termin gilt weiter."),
        ("2026-11-28T09:00+01:00", "Diese Zeit bieten wir nicht an. Ihr bisheriger Termin gilt weiter."),
    ],
)
def test_a_refused_move_leaves_the_appointment(client, booked, advisor, zeit, sentence):
    AppointmentFactory(advisor=advisor, starts_at=NINE + timedelta(hours=1, minutes=30))
    response = client.post(path_to(booked, Purpose.MOVE), {"zeit": zeit, "stand": "0"})
    assert response.status_code == 409
    assert sentence in text(response)
    assert Appointment.objects.get(pk=booked.pk).starts_at == NINE


@pytest.mark.parametrize(
    "wrong",
    [{"zeit": ""}, {"zeit": "x"}, {"stand": ""}, {"stand": "x"}, {"zeit": "2026-11-24T11:00"}, {"stand": "9" * 5000}],
)
def test_a_forged_move_changes_nothing(client, booked, wrong):
    answer = client.post(path_to(booked, Purpose.MOVE), {"zeit": "2026-11-24T11:00+01:00", "stand": "0"} | wrong)
    assert answer.status_code == 404
    assert Appointment.objects.get().starts_at == NINE


def test_an_appointment_that_has_begun_cannot_be_changed(client, booked, now):
    now.move_to(NINE)
    for purpose in (Purpose.MOVE, Purpose.CANCEL):
        for answer in (client.get(path_to(booked, purpose)), client.post(path_to(booked, purpose))):
            assert answer.status_code == 409
            assert "hat schon begonnen" in text(answer)
    page = text(client.get(path_to(booked, Purpose.VIEW)))
    assert "/termin/absagen/" not in page


@pytest.mark.parametrize("purpose", [Purpose.VIEW, Purpose.MOVE, Purpose.CANCEL, Purpose.CALENDAR])
def test_a_link_that_had_its_time_is_410_and_a_wrong_one_404(client, booked, purpose, now):
    path = path_to(booked, purpose)
    for other in set(Purpose) - {purpose}:
        foreign = path.replace(
            path.split("/")[3].removesuffix(".ics"), path_to(booked, other).split("/")[3].removesuffix(".ics")
        )
        answer = client.get(foreign)
        assert answer.status_code == 404
        assert booked.reference not in text(answer)
    cut = path[:-6] + "/" if not path.endswith(".ics") else path[:-8] + ".ics"
    answer = client.get(cut)
    assert answer.status_code == 404
    assert "Dieser Link ist unvollständig" in text(answer)
    now.move_to(NINE + timedelta(hours=25))
    gone = client.get(path)
    assert gone.status_code == 410
    assert "Neuen Termin buchen" in text(gone)


def test_links_of_a_mere_reservation_do_not_exist(client, advisor):
    held = AppointmentFactory(advisor=advisor, status=Status.HELD, hold_expires_at=NOW + timedelta(minutes=5))
    for purpose in (Purpose.VIEW, Purpose.MOVE, Purpose.CANCEL, Purpose.CALENDAR):
        assert client.get(path_to(held, purpose)).status_code == 404


def test_s2_a_foreign_page_cannot_press_the_button(client, booked):
    answer = client.post(path_to(booked, Purpose.CANCEL), headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert Appointment.objects.get().status == Status.BOOKED


def test_pages_stay_within_their_queries(client, booked, django_assert_num_queries):
    for purpose, number in ((Purpose.VIEW, 2), (Purpose.CANCEL, 1), (Purpose.CALENDAR, 1), (Purpose.MOVE, 8)):
        client.get(path_to(booked, purpose))
        with django_assert_num_queries(number):
            client.get(path_to(booked, purpose))
