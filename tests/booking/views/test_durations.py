"""A service of several durations, from the choice to the moved appointment."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.forms import modelform_factory

from booking.domain.errors import SlotNotOffered
from booking.enums import Kind
from booking.links import Purpose, path_to
from booking.models import Appointment, Service
from booking.selectors import free_times, slots_at, why_not
from booking.services.hold import Wish, hold_time
from offices.models import Office
from tests.booking.conftest import NOW
from tests.factories.booking import AppointmentFactory, ServiceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]

NINE = "2026-11-24T09:00+01:00"
WISH = {"anliegen": "erstberatung", "art": "office", "zeit": NINE, "besuch": "visit"}


@pytest.fixture
def service(db) -> Service:
    return ServiceFactory(further_durations=[30, 120])


def page(client, query="", status=200) -> str:
    response = client.get(f"/termin/hameln/{query}")
    assert response.status_code == status
    return unescape(response.content.decode())


def first_day(html: str) -> list[str]:
    return re.findall(r'name="zeit" value="2026-11-24T(\d\d:\d\d)', html.partition('id="tage"')[0])


@pytest.mark.parametrize(
    ("query", "starts"),
    [
        ("", ["09:00", "09:30", "10:00", "10:30", "11:00"]),
        ("?dauer=60", ["09:00", "09:30", "10:00", "10:30", "11:00"]),
        ("?dauer=30", ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"]),
        ("?dauer=120", ["09:00", "09:30", "10:00"]),
    ],
)
def test_the_chosen_duration_decides_which_times_are_free(client, query, starts):
    assert first_day(page(client, query)) == starts


def test_durations_are_links_that_keep_the_other_choices(client):
    html = page(client, "?art=phone&dauer=30&tag=2026-11-25&plz=31785")
    assert '<a class="choices__choice" href="/termin/hameln/?art=phone&plz=31785" >60 Minuten</a>' in html
    assert 'href="/termin/hameln/?art=phone&dauer=120&plz=31785"' in html
    assert re.search(r'href="[^"]*dauer=30[^"]*" aria-current="true">30 Minuten', html)
    assert "30, 60 oder 120 Minuten." in html
    assert '<input type="hidden" name="dauer" value="30">' in html
    assert "dauer" not in re.search(r'href="(/termin/hameln/[^"]*anliegen=[^"]*)"', html)[1]


def test_one_duration_is_no_choice(client, service):
    Service.objects.update(further_durations=[])
    html = page(client)
    assert "Wie lange?" not in html
    assert "60 Minuten." in html


@pytest.mark.parametrize("text", ["45", "0", "-30", "x", "٣٠", "30.0", "9999999999"])
def test_a_duration_that_the_service_does_not_have_is_404(client, text):
    page(client, f"?dauer={text}", status=404)
    assert client.post("/termin/hameln/reservieren/", WISH | {"dauer": text}).status_code == 404
    assert not Appointment.objects.exists()


def test_the_reservation_lasts_as_long_as_chosen(client):
    form_url = client.post("/termin/hameln/reservieren/", WISH | {"dauer": "120"}).url
    hold = Appointment.objects.get()
    assert (hold.minutes, hold.block_end - hold.block_start) == (120, timedelta(minutes=120))
    form = client.get(form_url).content.decode()
    assert "9:00 bis 11:00 Uhr" in form
    assert "dauer=120" in form
    assert client.post(form_url + "freigeben/").url.endswith("?anliegen=erstberatung&art=office&dauer=120")


def test_another_duration_of_the_same_visit_replaces_the_reservation():
    values = {"office": _office(), "kind": "office", "starts_at": datetime(2026, 11, 24, 8, tzinfo=UTC)}
    service = Service.objects.get()
    short = hold_time(Wish(service=service, minutes=30, **values), visit="v", network="n", now=NOW)
    again = hold_time(Wish(service=service, minutes=30, **values), visit="v", network="n", now=NOW)
    longer = hold_time(Wish(service=service, minutes=120, **values), visit="v", network="n", now=NOW)
    assert (short.pk, short.pk != longer.pk, longer.minutes) == (again.pk, True, 120)
    assert [hold.pk for hold in Appointment.objects.taking_time(now=NOW)] == [longer.pk]


def _office():
    return Office.objects.get(slug="hameln")


def test_a_refused_time_keeps_the_duration_and_offers_times_of_it(client, advisor):
    """F4: the longer consultation does not fit before the appointment at half past ten."""
    AppointmentFactory(advisor=advisor, starts_at=datetime(2026, 11, 24, 9, 30, tzinfo=UTC))
    refused = client.post("/termin/hameln/reservieren/", WISH | {"dauer": "120"})
    html = unescape(refused.content.decode())
    assert refused.status_code == 409
    assert "hat gerade jemand anders gewählt" in html
    assert '<input type="hidden" name="dauer" value="120">' in html
    assert "art=office&dauer=120" in html
    offered = re.search(r'name="zeit" value="([^"]+)"', html)[1]
    assert offered == "2026-11-25T09:00+01:00"
    assert client.post("/termin/hameln/reservieren/", WISH | {"dauer": "120", "zeit": offered}).status_code == 302


def test_a_moved_appointment_keeps_its_own_duration(client, advisor, service):
    """F5: also one that its service no longer has."""
    appointment = AppointmentFactory(
        advisor=advisor,
        service=service,
        starts_at=datetime(2026, 11, 24, 8, tzinfo=UTC),
        ends_at=datetime(2026, 11, 24, 10, tzinfo=UTC),
    )
    Service.objects.update(further_durations=[])
    address = path_to(appointment, Purpose.MOVE)
    assert first_day(client.get(address).content.decode()) == ["09:00", "09:30", "10:00"]
    late = client.post(address, {"zeit": "2026-11-24T11:00+01:00", "stand": "0"})
    assert late.status_code == 409
    client.post(address, {"zeit": "2026-11-24T10:00+01:00", "stand": "0"})
    appointment.refresh_from_db()
    assert (appointment.starts_at.hour, appointment.minutes, appointment.sequence) == (9, 120, 1)


def test_readers_and_explanation_agree_on_the_chosen_duration(service):
    at_eleven = {
        "now": NOW,
        "office": _office(),
        "kind": Kind.OFFICE,
        "starts_at": datetime(2026, 11, 24, 10, tzinfo=UTC),
    }
    for minutes, fits in ((None, True), (30, True), (120, False)):
        assert bool(slots_at(service, minutes=minutes, **at_eleven)) is fits
        assert bool(slots_at(service, minutes=minutes, regardless=True, **at_eleven)) is fits
        assert (why_not(service, minutes=minutes, **at_eleven).obstacles == []) is fits
        assert all(s.end - s.start == (minutes or 60) for s in free_times(service, now=NOW, minutes=minutes))
    with pytest.raises(SlotNotOffered):
        hold_time(
            Wish(service, at_eleven["office"], "office", at_eleven["starts_at"], minutes=120),
            visit="v",
            network="n",
            now=NOW,
        )


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("", []), ("30, 90", [30, 90]), ("30;90", [30, 90]), (" 480 5 ", [480, 5]), ("30,", [30])],
)
def test_durations_are_written_with_commas(service, text, minutes):
    form = modelform_factory(Service, fields=["further_durations"])({"further_durations": text}, instance=service)
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"further_durations": minutes}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("eine Stunde", "Bitte nennen Sie Minuten als ganze Zahlen, mit Komma getrennt, zum Beispiel: 60, 90."),
        ("30.5", "Bitte nennen Sie Minuten als ganze Zahlen, mit Komma getrennt, zum Beispiel: 60, 90."),
        ("4", "Jede Dauer muss zwischen 5 und 480 Minuten liegen."),
        ("481", "Jede Dauer muss zwischen 5 und 480 Minuten liegen."),
        ("30, 30", "Jede Dauer darf nur einmal vorkommen."),
        ("10,20,30,40,50,60,70,80,90", "Höchstens 8 weitere Dauern sind möglich."),
    ],
)
def test_wrong_durations_get_a_sentence(service, text, sentence):
    form = modelform_factory(Service, fields=["further_durations"])({"further_durations": text}, instance=service)
    assert form.errors == {"further_durations": [sentence]}


@pytest.mark.parametrize("value", ["60", {"a": 1}, [True], [60.0], [None]])
def test_the_field_itself_refuses_other_values(service, value):
    service.further_durations = value
    with pytest.raises(ValidationError):
        service.full_clean()


def test_the_form_shows_what_is_stored(service):
    form = modelform_factory(Service, fields=["further_durations"])(instance=service)
    assert 'value="30, 120"' in str(form)
