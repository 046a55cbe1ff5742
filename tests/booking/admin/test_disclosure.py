"""P4 at the desk: whatever is kept under an address is shown, handed out and erased in one go (Art. 15, 17 DSGVO)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from booking import emails
from booking.enums import Outcome, Status
from booking.models import Appointment, AppointmentEvent
from booking.services.retention import PERSONAL_FIELDS
from foundation.models import OutgoingMail, RetentionSettings
from foundation.outbox.delivery import deliver_due
from foundation.outbox.retention import forget_delivered
from tests.booking.conftest import NOW
from tests.booking.views.test_trust import tables_with
from tests.factories.accounts import administrator, advisor_with_account, client_of, editor, office_lead
from tests.factories.booking import AppointmentFactory
from tests.factories.offices import AdvisorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
TOMORROW = NOW + timedelta(days=1)
MARKER = "Merkmal"
ADDRESS = f"{MARKER.lower()}@firma.example"
TOLD = {name: f"{MARKER}-{name}" for name in PERSONAL_FIELDS} | {"email": ADDRESS, "phone": f"{MARKER} 05151"}
SURE = {"schritt": "loeschen", "sicher": "on"}


@pytest.fixture(autouse=True)
def outbox(settings):
    settings.OUTBOX_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def url() -> str:
    return reverse("termine:disclosure")


@pytest.fixture
def advisor(office):
    return AdvisorFactory(name="Ada Beispiel", slug="ada", office=office)


@pytest.fixture
def lead(office):
    return office_lead(name="Lea Leitung", office=office)


@pytest.fixture
def admin() -> Client:
    return client_of(administrator())


def plant(advisor, starts_at=TOMORROW, **values: object) -> Appointment:
    """Booked, written to by mail, with every field filled."""
    answers = [{"question": "Worum geht es?", "answer": f"{MARKER}-antwort"}]
    appointment = AppointmentFactory(advisor=advisor, starts_at=starts_at, **(TOLD | {"answers": answers} | values))
    if appointment.status == Status.BOOKED:
        emails.send_booked(appointment, now=NOW)
    deliver_due(now=NOW)
    return appointment


def text(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def sent_to(client: Client, address: str = ADDRESS, **step: str):
    return client.post(reverse("termine:disclosure"), {"adresse": address} | step)


def rows():
    events = list(AppointmentEvent.objects.values_list("appointment", "type", "actor__username"))
    return list(Appointment.objects.order_by("pk").values()), events, list(OutgoingMail.objects.values())


def test_p4_the_page_shows_everything_and_writes_nothing(admin, advisor):
    plant(advisor)
    plant(advisor, TOMORROW + timedelta(hours=2), email=ADDRESS.upper(), topic="Anderes Thema")
    AppointmentFactory(advisor=advisor, starts_at=TOMORROW + timedelta(hours=4), organization="Fremde GmbH")
    before = rows()
    answer = sent_to(admin)
    page = text(answer)
    assert (answer.status_code, "no-store" in answer.headers["Cache-Control"]) == (200, True)
    assert {value for value in TOLD.values() if value not in page} == set()
    for part in (
        "24.11.2026, 8:00 Uhr",
        "Worum geht es?",
        f"{MARKER}-antwort",
        "Anderes Thema",
        "Interne Notiz",
        "Alle E-Mails an diese",
    ):
        assert part in page
    assert "Fremde GmbH" not in page
    assert rows() == before


def test_p4_the_file_holds_everything_with_the_offices_note(admin, advisor):
    appointment = plant(advisor, outcome=Outcome.MISSED)
    answer = sent_to(admin, schritt="datei")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="auskunft.json"'
    assert "no-store" in answer.headers["Cache-Control"]
    mail = {"Stand": "gesendet", "geschrieben": "2026-11-23T08:00+01:00", "an": ADDRESS}
    assert answer.json() == {
        "Adresse": ADDRESS,
        "Termine": [
            {
                "Zweck": "Vorbereitung und Durchführung Ihrer Beratung (Art. 6 Abs. 1 Buchst. b DSGVO)",
                "Gespeichert bis": "2027-11-24T15:00+01:00",
                "Termin": {
                    "Vorgangsnummer": appointment.reference,
                    "Stand": "gebucht",
                    "Zugesagt": "",
                    "Beginn": "2026-11-24T08:00+01:00",
                    "Ende": "2026-11-24T09:00+01:00",
                    "Anliegen": "Erstberatung",
                    "Art": "im Büro",
                    "Ort": "MehrWert-Büro Hameln, Musterweg 1, 31785 Hameln",
                    "Büro": "MehrWert-Büro Hameln",
                    "Beratung": "Ada Beispiel",
                    "Kurs": "",
                    "Möchte früher kommen": "",
                },
                "Ihre Angaben": {
                    "Betrieb": f"{MARKER}-organization",
                    "Name": f"{MARKER}-name",
                    "E-Mail": ADDRESS,
                    "Telefon": f"{MARKER} 05151",
                    "Straße und Hausnummer": f"{MARKER}-street",
                    "Postleitzahl": "31785",
                    "Betriebsgröße": "",
                    "Thema": f"{MARKER}-topic",
                    "Nachricht": f"{MARKER}-message",
                    "Grund der Absage": f"{MARKER}-cancel_reason",
                },
                "Ihre Antworten": [{"Frage": "Worum geht es?", "Antwort": f"{MARKER}-antwort"}],
                "Verlauf": [{"Vorgang": "Auskunft erteilt", "Zeit": "2026-11-23T08:00+01:00"}],
                "E-Mails an Sie": [mail],
                "Vom Büro festgehalten": {"Ergebnis": "nicht erschienen", "Interne Notiz": f"{MARKER}-note"},
            }
        ],
        "Alle E-Mails an diese Adresse": [mail],
    }
    assert rows()[1] == [(appointment.pk, "disclosed", "verwaltung")]


def test_p4_erased_in_one_go_nothing_stays_in_any_table(admin, advisor, url):
    ahead = plant(advisor)
    past = plant(advisor, NOW - timedelta(days=3), email=ADDRESS.upper())
    off = plant(advisor, TOMORROW + timedelta(hours=2), status=Status.CANCELLED, cancelled_at=NOW)
    held = AppointmentFactory(
        advisor=advisor, starts_at=TOMORROW + timedelta(hours=4), status=Status.HELD,
        hold_expires_at=NOW + timedelta(minutes=5), **(TOLD | {"note": "", "cancel_reason": ""}),
    )  # fmt: skip
    other = AppointmentFactory(advisor=advisor, starts_at=TOMORROW + timedelta(hours=6))
    asked = AppointmentFactory(
        advisor=advisor, starts_at=TOMORROW + timedelta(hours=8), status=Status.HELD, verification_sent_at=NOW,
        hold_expires_at=NOW + timedelta(hours=1), **(TOLD | {"note": "", "cancel_reason": ""}),
    )  # fmt: skip
    emails.send_verification(asked, now=NOW)
    answer = sent_to(admin, **SURE)
    assert answer.url == url
    assert "5 Termine sind anonymisiert." in text(admin.get(url))
    found = {each.pk: each for each in Appointment.objects.all()}
    assert [found[each.pk].status for each in (ahead, past, off, held, asked)] == [
        Status.CANCELLED, Status.BOOKED, Status.CANCELLED, Status.EXPIRED, Status.EXPIRED,
    ]  # fmt: skip
    assert found[other.pk].organization == "Beispiel Metallbau GmbH"
    assert rows()[1] == [
        (ahead.pk, "cancelled", "verwaltung"),
        (ahead.pk, "anonymised", "verwaltung"),
        (past.pk, "anonymised", "verwaltung"),
        (off.pk, "anonymised", "verwaltung"),
        (asked.pk, "released", "verwaltung"),
    ]
    # The word of the cancellation still goes out; its text is forgotten by the outbox's own period.
    assert set(tables_with(MARKER)) <= {"foundation.OutgoingMail"}
    deliver_due(now=NOW)
    forget_delivered(now=NOW + timedelta(days=31))
    assert tables_with(MARKER) == []


def test_p4_erasing_twice_changes_nothing(admin, advisor):
    plant(advisor, NOW - timedelta(days=3))
    sent_to(admin, **SURE)
    before = rows()
    sent_to(admin, **SURE)
    assert rows() == before
    assert "Zu dieser Adresse ist nichts gespeichert." in text(sent_to(admin))


@pytest.mark.parametrize("address", [ADDRESS, ADDRESS.title()])
def test_p4_mails_of_no_appointment_are_named_and_emptied_too(admin, advisor, address):
    appointment = plant(advisor, NOW - timedelta(days=3))
    OutgoingMail.objects.filter(recipient=ADDRESS).update(thread="", kind="later")
    appointment.delete()
    assert "Alle E-Mails an diese Adresse" in text(sent_to(admin, address))
    sent_to(admin, address, **SURE)
    assert tables_with(MARKER) == []


def test_head_of_an_office_reaches_its_own_appointments_only(lead, advisor):
    mine = plant(advisor)
    foreign = plant(advisor_with_account("fremd"), TOMORROW, topic="Anderswo")
    client = client_of(lead.user)
    page = text(sent_to(client))
    assert mine.reference in page
    assert foreign.reference not in page
    assert "Für eine Auskunft über alle Büros wenden Sie sich an die Administration." in page
    document = sent_to(client, schritt="datei").json()
    assert (list(document), len(document["Termine"])) == (["Adresse", "Termine"], 1)
    sent_to(client, **SURE)
    mine.refresh_from_db()
    foreign.refresh_from_db()
    assert (mine.email, foreign.email) == ("", ADDRESS)
    assert OutgoingMail.objects.filter(recipient=ADDRESS, state="sent").count() == 1
    assert set(AppointmentEvent.objects.values_list("actor", flat=True)) == {lead.user.pk}


def test_nobody_else_opens_it(advisor, url):
    plant(advisor)
    before = rows()
    for user in (editor(), advisor_with_account(office=advisor.office).user):
        client = client_of(user)
        for answer in (client.get(url), sent_to(client), sent_to(client, schritt="datei"), sent_to(client, **SURE)):
            assert (answer.status_code, answer.url) == (302, reverse("wagtailadmin_home"))
    assert Client().get(url).url.startswith(reverse("wagtailadmin_login"))
    assert rows() == before


def test_opening_it_shows_an_empty_form(admin, url, django_assert_num_queries):
    admin.get(url)
    with django_assert_num_queries(9):
        page = text(admin.get(url))
    assert "E-Mail-Adresse der Person, die fragt" in page
    assert "Gespeichert zu" not in page


@pytest.mark.parametrize("step", ["zeigen", "datei", "loeschen"])
@pytest.mark.parametrize("address", ["", "kein-zeichen", f"{ADDRESS}\r\nBcc: x@y.example"])
def test_what_is_no_address_is_asked_for_again(admin, advisor, address, step):
    plant(advisor)
    before = rows()
    answer = sent_to(admin, address, schritt=step, sicher="on")
    assert (answer.status_code, "adresse" in answer.context["form"].errors) == (422, True)
    assert rows() == before


def test_erasing_asks_to_be_sure_and_keeps_the_page(admin, advisor):
    plant(advisor)
    before = rows()
    answer = sent_to(admin, schritt="loeschen")
    assert answer.status_code == 422
    assert "Bitte bestätigen Sie das, bevor Sie löschen." in text(answer)
    assert f"Gespeichert zu {ADDRESS}" in text(answer)
    assert rows() == before


def test_the_address_is_in_no_link_and_no_log(admin, advisor, caplog):
    plant(advisor)
    page = sent_to(admin).content.decode()
    assert f"?adresse={ADDRESS}" not in page
    sent_to(admin, **SURE)
    assert ADDRESS not in caplog.text


def test_the_list_of_appointments_leads_here_for_those_who_may(admin, lead, advisor, url):
    index = reverse("termine:index")
    assert url in text(admin.get(index))
    assert url in text(client_of(lead.user).get(index))
    assert url not in text(client_of(advisor_with_account(office=lead.office).user).get(index))


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_what_is_kept(admin, advisor, number, django_assert_num_queries):
    RetentionSettings.load()
    for each in range(number):
        plant(advisor, datetime(2026, 12, 1, 8 + 2 * each, tzinfo=UTC))
    sent_to(admin)
    with django_assert_num_queries(15):
        sent_to(admin)
    with django_assert_num_queries(15):
        sent_to(admin, schritt="datei")


@pytest.mark.parametrize(("number", "queries"), [(1, 32), (3, 66)])
def test_erasing_costs_so_many_queries_for_each(admin, advisor, number, queries, django_assert_num_queries):
    for each in range(number):
        plant(advisor, datetime(2026, 11, 1, 8 + 2 * each, tzinfo=UTC))
    admin.get(reverse("termine:disclosure"))
    with django_assert_num_queries(queries):
        sent_to(admin, **SURE)
