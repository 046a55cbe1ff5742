"""A visit in the firm: the postcode first, then only times that leave the way, and the same postcode in the form."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from html import unescape

import pytest

from booking.enums import Kind, Status
from booking.links import Purpose, path_to
from booking.models import Appointment
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]
NEAR, FAR, BEYOND = "31860", "37603", "49661"
"""15, 50 and 160 minutes from the office in Hameln."""
TEN = "2026-11-24T10:00+01:00"
ANSWERS = {
    "organization": "Beispiel Metallbau GmbH",
    "name": "Kim Muster",
    "email": "kim.muster@firma.example",
    "street": "Musterweg 1",
    "postcode": NEAR,
}


@pytest.fixture
def rule(advisor, service):
    return AvailabilityRuleFactory(advisor=advisor, kinds=[Kind.OFFICE, Kind.FIRM], end_time=time(13))


def text(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def page(client, query="", status=200) -> str:
    response = client.get(f"/termin/hameln/{query}")
    assert response.status_code == status
    return text(response)


def offered(html: str) -> set[str]:
    return {value[11:16] for value in re.findall(r'name="zeit" value="([^"]*)"', html)}


def reserve(client, **more):
    wish = {"anliegen": "erstberatung", "art": "firm", "zeit": TEN, "besuch": "one", "plz": NEAR}
    return client.post("/termin/hameln/reservieren/", wish | more)


def test_the_postcode_comes_before_any_time(client):
    html = page(client, "?art=firm&tageszeit=vormittag&tag=2026-11-24")
    assert '<h2 id="betrieb">Wo liegt Ihr Betrieb?</h2>' in html
    assert offered(html) == set()
    assert '<input type="hidden" name="art" value="firm">' in html
    assert '<input type="hidden" name="tageszeit" value="vormittag">' in html
    assert 'name="tag"' not in html
    assert re.search(r"in Ihrem Betrieb\s*</a>", html), "no number is said as long as it is not known"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("3178", "Bitte geben Sie die Postleitzahl mit fünf Ziffern ein."),
        ("abc", "Bitte geben Sie die Postleitzahl mit fünf Ziffern ein."),
        ("27209", "Diese Postleitzahl kennen wir nicht."),
        (BEYOND, "Dorthin sind es etwa 160 Minuten Fahrt; mehr als 120 fahren wir nicht."),
        ("%00", "Bitte geben Sie die Postleitzahl mit fünf Ziffern ein."),
    ],
)
def test_a_postcode_that_nobody_can_drive_to_gets_a_sentence(client, typed, sentence):
    html = page(client, f"?art=firm&plz={typed}")
    assert sentence in html
    assert 'aria-invalid="true" aria-describedby="plz-betrieb_error"' in html
    assert offered(html) == set()


def test_times_leave_the_way_and_the_postcode_can_be_changed(client, advisor, service):
    AppointmentFactory(advisor=advisor, service=service, starts_at=datetime(2026, 11, 24, 8, tzinfo=UTC))
    near, far = (page(client, f"?art=firm&plz={plz}&tag=2026-11-24") for plz in (NEAR, FAR))
    day = re.compile(r'<div id="tag">.*?</div> </section>')
    assert offered(day.search(near)[0]) == {"10:30", "11:00", "11:30", "12:00"}
    assert offered(day.search(far)[0]) == {"11:00", "11:30", "12:00"}
    assert f"Besuch in <strong>{NEAR}</strong>" in near
    assert '<a href="/termin/hameln/?art=firm">Postleitzahl ändern</a>' in near
    assert f'<input type="hidden" name="plz" value="{NEAR}">' in near
    assert offered(day.search(page(client, "?art=office&tag=2026-11-24"))[0]) >= {"10:00"}


def test_the_form_takes_the_postcode_over_and_the_ways_are_blocked(client):
    form = reserve(client)
    assert f'name="postcode" value="{NEAR}"' in text(client.get(form.url))
    assert client.post(form.url, ANSWERS).url.startswith("/termin/ansehen/")
    booked = Appointment.objects.get()
    assert (booked.status, booked.postcode, booked.travel_before, booked.travel_after) == (
        Status.BOOKED,
        NEAR,
        15,
        15,
    )


def test_another_postcode_in_the_form_is_checked_and_keeps_every_answer(client, advisor, service):
    form = reserve(client)
    AppointmentFactory(
        advisor=advisor,
        service=service,
        starts_at=datetime(2026, 11, 24, 7, tzinfo=UTC),
        ends_at=datetime(2026, 11, 24, 8, 45, tzinfo=UTC),
    )
    refused = client.post(form.url, ANSWERS | {"postcode": FAR})
    html = text(refused)
    assert refused.status_code == 409
    assert "Die Fahrt zu Ihnen passt nicht zwischen die Termine davor und danach." in html
    assert f'name="postcode" value="{FAR}"' in html
    assert 'name="organization" value="Beispiel Metallbau GmbH"' in html
    assert "10:00" not in offered(html)
    assert offered(html)
    assert f"art=firm&plz={FAR}" in html


@pytest.mark.parametrize(
    ("postcode", "sentence"), [("27209", "Diese Postleitzahl kennen wir nicht."), (BEYOND, "etwa 160 Minuten Fahrt")]
)
def test_a_postcode_in_the_form_that_nobody_can_drive_to_is_an_error_of_its_field(client, postcode, sentence):
    form = reserve(client)
    answer = client.post(form.url, ANSWERS | {"postcode": postcode})
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert 'href="#id_postcode"' in text(answer)
    assert Appointment.objects.get().status == Status.HELD


def test_reserving_a_visit_without_a_place_is_refused(client):
    for plz in ("", "27209", BEYOND):
        answer = reserve(client, plz=plz)
        assert answer.status_code == 409
        assert "Der Besuch ist so nicht möglich" in text(answer)
    assert not Appointment.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_visits(client, advisor, service, number, django_assert_num_queries):
    for each in range(number):
        AppointmentFactory(
            advisor=advisor,
            service=service,
            kind=Kind.FIRM,
            postcode=NEAR,
            starts_at=datetime(2026, 11, 25 + each, 8, tzinfo=UTC),
        )
    client.get(f"/termin/hameln/?art=firm&plz={NEAR}")
    with django_assert_num_queries(9):
        client.get(f"/termin/hameln/?art=firm&plz={NEAR}")


@pytest.fixture
def visit(client) -> Appointment:
    """A visit in the near place, booked over HTTP."""
    client.post(reserve(client).url, ANSWERS)
    return Appointment.objects.get(status=Status.BOOKED)


def test_a_visit_moves_to_another_place_with_its_street_and_its_ways(client, visit):
    """The move page knew only the postcode of the booking."""
    url = path_to(visit, Purpose.MOVE)
    near = text(client.get(url))
    assert re.search(rf'<input id="plz-betrieb" name="plz"[^>]* value="{NEAR}"', near)
    assert 'name="street"' not in near
    far = text(client.get(f"{url}?plz={FAR}"))
    assert f'<input type="hidden" name="plz" value="{FAR}">' in far
    assert 'name="street"' in far
    time = re.findall(r'name="zeit" value="([^"]*)"', far)[0]
    values = {"zeit": time, "stand": "0", "art": "firm", "plz": FAR}
    asked = client.post(url, values)
    assert (asked.status_code, "Bitte geben Sie an, wohin wir kommen sollen." in text(asked)) == (422, True)
    assert Appointment.objects.get(pk=visit.pk).postcode == NEAR
    assert client.post(url, values | {"street": "Neuer Weg 2"}).status_code == 302
    moved = Appointment.objects.get(pk=visit.pk)
    assert (moved.postcode, moved.street, moved.starts_at.isoformat()) == (
        FAR,
        "Neuer Weg 2",
        datetime.fromisoformat(time).astimezone(UTC).isoformat(),
    )
    assert moved.travel_before > visit.travel_before
    assert f"Neuer Weg 2, {FAR}" in text(client.get(path_to(moved, Purpose.VIEW)))


@pytest.mark.parametrize(
    ("plz", "sentence"),
    [
        ("3178", "Bitte geben Sie die Postleitzahl mit fünf Ziffern ein."),
        ("27209", "Diese Postleitzahl kennen wir nicht."),
    ],
)
def test_a_move_to_a_place_that_nobody_can_drive_to_gets_a_sentence(client, visit, plz, sentence):
    url = path_to(visit, Purpose.MOVE)
    assert sentence in text(client.get(url, {"plz": plz}))
    before = Appointment.objects.values().get(pk=visit.pk)
    values = {"zeit": visit.starts_at.isoformat(), "stand": "0", "plz": plz, "street": "Weg 1"}
    assert client.post(url, values).status_code == 409
    assert Appointment.objects.values().get(pk=visit.pk) == before


def test_the_postcode_of_a_move_counts_for_visits_alone(client, advisor, service):
    booked = AppointmentFactory(advisor=advisor, service=service, starts_at=datetime(2026, 11, 24, 8, tzinfo=UTC))
    page_of_move = text(client.get(path_to(booked, Purpose.MOVE) + f"?plz={FAR}"))
    assert 'name="plz"' not in page_of_move
