"""Every list and form of the booking's admin: what it shows, what it refuses, how many queries it takes."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.html import strip_tags

from booking.enums import Kind, OfferReason, Status
from booking.models import Appointment, AppointmentEvent, AvailabilityRule, Closure
from booking.services.offer import offer_times
from foundation.recurrences.text import as_text
from tests.booking.conftest import NOW
from tests.factories.accounts import administrator, client_of, editor, let_colleagues_see, office_lead
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ClosureFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory, OfficeFactory

pytestmark = pytest.mark.django_db

RULE = "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU\nEXDATE:20261223T220000Z"


def make(name: str, advisor, number: int) -> None:
    day = datetime(2030, 1, 8, 9, tzinfo=UTC) + timedelta(days=number)
    {
        "termine": lambda: AppointmentFactory(advisor=advisor, starts_at=day),
        "beratungszeiten": lambda: AvailabilityRuleFactory(advisor=advisor, office=OfficeFactory()),
        "schliesszeiten": lambda: ClosureFactory(advisor=advisor),
    }[name]()


@pytest.mark.parametrize(("name", "queries"), [("termine", 12), ("beratungszeiten", 11), ("schliesszeiten", 13)])
@pytest.mark.parametrize("items", [1, 3])
def test_list_takes_as_many_queries_for_three_as_for_one(
    advisor, client, django_assert_num_queries, name, queries, items
):
    for number in range(items):
        make(name, advisor, number)
    client.get(reverse(f"{name}:index"))
    with django_assert_num_queries(queries):
        assert client.get(reverse(f"{name}:index")).status_code == 200


def test_list_of_times_says_the_rule_in_german(advisor, client):
    AvailabilityRuleFactory(advisor=advisor)
    page = client.get(reverse("beratungszeiten:index")).content.decode()
    assert "montags bis freitags" in page
    assert "09:00–12:00" in page
    assert "01.01.2026 bis auf Weiteres" in page


def values(at, **changes):
    return {
        "office": at.pk,
        "days": RULE,
        "start_time": "09:00",
        "end_time": "12:00",
        "valid_from": "2026-12-01",
        "valid_until": "",
        "kinds": ["office", "phone"],
        "services": [],
        **changes,
    }


def test_rule_is_saved_with_its_days_and_services(advisor, client):
    service = ServiceFactory()
    response = client.post(reverse("beratungszeiten:add"), values(advisor.office, services=[service.pk]))
    assert response.status_code == 302
    rule = AvailabilityRule.objects.get()
    assert as_text(rule.days) == "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU\nEXDATE:20261224T120000Z"
    assert (rule.advisor, rule.kinds, list(rule.services.all())) == (advisor, ["office", "phone"], [service])
    page = client.get(reverse("beratungszeiten:edit", args=[rule.pk])).content.decode()
    assert "EXDATE:20261224T120000Z" in page
    assert "recurrence-widget.js" in page
    assert page.index("wiederholungen/texte.js") < page.index("recurrence/js/recurrence.js")


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"days": ""}, "days", "Bitte wählen Sie mindestens eine Regel oder ein Datum."),
        ({"days": "RRULE:FREQ=WEEKLY;INTERVAL=0"}, "days", "Diese Regel lässt sich nicht lesen."),
        ({"days": "RRULE:FREQ=SECONDLY"}, "days", "Möglich sind täglich, wöchentlich, monatlich und jährlich."),
        ({"days": "DTSTART:99999999T000000Z"}, "days", "Beginn und Ende gehören in die Felder"),
        (
            {"valid_until": "2026-12-02", "days": "RRULE:FREQ=WEEKLY;BYDAY=FR"},
            "days",
            "Diese Regel trifft zwischen „gilt ab“ und „gilt bis“ keinen einzigen Tag.",
        ),
        ({"days": "RRULE:FREQ=DAILY;INTERVAL=7;BYDAY=FR"}, "days", "Diese Regel trifft zwischen"),
        ({"end_time": "09:00"}, "end_time", "Das Ende muss nach dem Beginn liegen."),
        ({"valid_until": "2026-11-30"}, "valid_until", "Das Datum liegt vor „gilt ab“."),
        ({"kinds": []}, "kinds", "Dieses Feld muss ausgefüllt werden."),
        ({"office": ""}, "office", "Dieses Feld muss ausgefüllt werden."),
        ({"office": "999"}, "office", "Bitte eine gültige Auswahl treffen."),
    ],
)
def test_bad_rule_comes_back_with_a_german_sentence(advisor, client, changes, field, message):
    response = client.post(reverse("beratungszeiten:add"), values(advisor.office, **changes))
    assert response.status_code == 200
    assert message in str(response.context["form"].errors[field])
    assert not AvailabilityRule.objects.exists()


def test_closed_office_takes_no_new_rule(advisor, client):
    closed = OfficeFactory(is_active=False)
    response = client.post(reverse("beratungszeiten:add"), values(closed))
    assert response.context["form"].errors == {"office": ["Dieses Büro ist nicht in Betrieb."]}


def test_administrator_saves_a_rule_for_an_advisor(advisor):
    client = client_of(administrator())
    client.post(reverse("beratungszeiten:add"), values(advisor.office, advisor=advisor.pk))
    assert AvailabilityRule.objects.get().advisor == advisor


def test_copy_and_delete_of_the_own_rule(advisor, client):
    rule = AvailabilityRuleFactory(advisor=advisor)
    assert client.get(reverse("beratungszeiten:copy", args=[rule.pk])).status_code == 200
    assert client.get(reverse("beratungszeiten:delete", args=[rule.pk])).status_code == 200
    for route in ("history", "history_results", "usage"):
        assert client.get(reverse(f"beratungszeiten:{route}", args=[rule.pk])).status_code == 200
    client.post(reverse("beratungszeiten:delete", args=[rule.pk]))
    assert not AvailabilityRule.objects.exists()


def test_closure_of_everything_is_made_by_administrators(advisor):
    client = client_of(administrator())
    form = {
        "reason": "Betriebsausflug",
        "first_day": "2026-12-07",
        "last_day": "2026-12-07",
        "office": "",
        "advisor": "",
    }
    client.post(reverse("schliesszeiten:add"), form)
    assert (Closure.objects.get().office, Closure.objects.get().advisor) == (None, None)
    assert "alle Büros" in client.get(reverse("schliesszeiten:index")).content.decode()


def test_appointment_shows_berlin_time_and_its_history(advisor, client):
    appointment = AppointmentFactory(
        advisor=advisor, kind=Kind.PHONE, starts_at=datetime(2030, 7, 9, 7, tzinfo=UTC), message="<b>Hallo</b>"
    )
    AppointmentEvent.objects.create(appointment=appointment, type="booked", at=datetime(2026, 12, 1, 8, tzinfo=UTC))
    page = client.get(reverse("termine:inspect", args=[appointment.pk])).content.decode()
    for text in ("09.07.2030, 09:00 Uhr", "am Telefon", "Kim Muster", "01.12.2026, 09:00 Uhr: gebucht", "Absagen"):
        assert text in page
    assert "<b>Hallo</b>" not in page
    assert "09.07.2030 09:00 Uhr" in client.get(reverse("termine:index")).content.decode()


@pytest.mark.parametrize("items", [1, 3])
def test_appointment_takes_as_many_queries_for_three_events_as_for_one(
    now, advisor, client, django_assert_num_queries, items
):
    appointment = AppointmentFactory(advisor=advisor)
    for number in range(items):
        at = datetime(2026, 11, 1 + number, 8, tzinfo=UTC)
        AppointmentEvent.objects.create(appointment=appointment, type="moved", at=at, actor=advisor.user)
    client.get(reverse("termine:inspect", args=[appointment.pk]))
    with django_assert_num_queries(13):
        client.get(reverse("termine:inspect", args=[appointment.pk]))


def test_advisor_cancels_by_post_only(advisor, client):
    appointment = AppointmentFactory(advisor=advisor, starts_at=datetime(2030, 1, 8, 9, tzinfo=UTC))
    address = reverse("termine:cancel", args=[appointment.pk])
    assert client.get(address).status_code == 405
    response = client.post(address, {"reason": "Krank"}, follow=True)
    appointment.refresh_from_db()
    assert (appointment.status, appointment.cancel_reason) == (Status.CANCELLED, "Krank")
    assert appointment.events.get().actor == advisor.user
    assert "Der Termin ist abgesagt." in response.content.decode()
    assert "schon abgesagt" in client.post(address, follow=True).content.decode()
    assert mail.outbox is not None


def test_past_appointment_is_not_cancelled(advisor, client):
    appointment = AppointmentFactory(advisor=advisor, starts_at=datetime(2026, 1, 8, 9, tzinfo=UTC))
    page = client.get(reverse("termine:inspect", args=[appointment.pk])).content.decode()
    assert "Termin absagen" not in page
    response = client.post(reverse("termine:cancel", args=[appointment.pk]), follow=True)
    assert "lässt sich nicht mehr absagen" in response.content.decode()
    assert Appointment.objects.get().status == Status.BOOKED


def test_reservations_that_ran_out_are_not_listed(advisor, client):
    AppointmentFactory(advisor=advisor, status=Status.EXPIRED, organization="Verfallen GmbH")
    assert "Verfallen GmbH" not in client.get(reverse("termine:index")).content.decode()


def test_appointments_are_found_and_filtered(advisor, client):
    AppointmentFactory(advisor=advisor, organization="Muster GmbH")
    AppointmentFactory(
        advisor=advisor,
        organization="Andere AG",
        starts_at=datetime(2030, 1, 8, 9, tzinfo=UTC),
        status=Status.CANCELLED,
    )
    index = reverse("termine:index")
    for query in ("?q=Muster+GmbH", "?status=booked", "?starts_at_to=2026-12-31"):
        page = client.get(index + query).content.decode()
        assert "Muster GmbH" in page, query
        assert "Andere AG" not in page, query
    assert client.get(index + "?starts_at_from=kaputt&service=x").status_code == 200


@pytest.mark.parametrize("items", [1, 3])
def test_front_page_shows_the_next_appointments(advisor, client, django_assert_num_queries, items):
    for number in range(items):
        make("termine", advisor, number)
    AppointmentFactory(advisor=advisor, organization="Vorbei GmbH", starts_at=datetime(2026, 1, 8, 9, tzinfo=UTC))
    home = reverse("wagtailadmin_home")
    page = client.get(home).content.decode()
    assert page.count("Beispiel Metallbau GmbH") == items
    assert "Vorbei GmbH" not in page
    assert "Dienstag, 8. Januar, 10:00 Uhr" in page
    assert reverse("advisor_calendar") in page
    with django_assert_num_queries(23):
        client.get(home)


def todays_panel(user) -> list[str]:
    """Its lines in order, the heading first."""
    page = client_of(user).get(reverse("wagtailadmin_home")).content.decode()
    if "Heute: " not in page:
        return []
    panel = page[page.index("Heute: ") :].partition("</section>")[0]
    lines = re.findall(r"<li>(.*?)</li>", panel, re.DOTALL)
    return [panel.partition("<")[0].strip(), *(" ".join(strip_tags(line).split()) for line in lines)]


@pytest.fixture
def today(advisor, now):
    """At three offices, the last one full; one of the night before and the first one of tomorrow do not count."""
    colleague = AdvisorFactory(name="Karl Kollege", office=advisor.office)
    stranger = AdvisorFactory(name="Sina Süd")
    midnight = NOW.replace(hour=23)  # of Berlin
    for minute, person, firm in (
        (-24 * 60 - 30, advisor, "Gestern"),
        (-15 * 60, colleague, "Früh"),
        (-8 * 60, advisor, "Mittag"),
        (-60, stranger, "Spät"),
        (0, advisor, "Morgen"),
    ):
        starts = midnight + timedelta(minutes=minute)
        AppointmentFactory(advisor=person, office=person.office, starts_at=starts, organization=firm)
    AppointmentFactory(advisor=colleague, starts_at=midnight - timedelta(hours=5), status=Status.CANCELLED)


def test_front_page_shows_the_appointments_of_today_that_one_may_see_the_own_first(advisor, today):
    own = "16:00 Uhr: Erstberatung, Mittag (im Büro)"
    office = advisor.office.name
    early = f"9:00 Uhr: Karl Kollege, {office}: Erstberatung, Früh (im Büro)"
    assert todays_panel(advisor.user) == ["Heute: 1 Termin", own]
    let_colleagues_see()
    assert todays_panel(advisor.user) == ["Heute: 2 Termine", own, early]
    lead = office_lead(name="Lea Leitung", office=advisor.office)
    noon = own.replace(": ", f": Nora Nord, {office}: ", 1)
    assert todays_panel(lead.user) == ["Heute: 2 Termine", early, noon]
    assert todays_panel(administrator())[0] == "Heute: 3 Termine"
    assert todays_panel(editor()) == []


def test_front_page_says_that_nothing_is_booked_today(now):
    assert todays_panel(administrator()) == ["Heute: kein Termin"]


@pytest.mark.parametrize("items", [1, 3])
def test_front_page_of_the_administration_leads_to_each_appointment_of_today(
    now, django_assert_num_queries, monkeypatch, items
):
    monkeypatch.setattr("booking.desk.home_panel.TODAY", 2)
    found = [AppointmentFactory(starts_at=NOW + timedelta(hours=number)) for number in range(items)]
    client, home = client_of(administrator()), reverse("wagtailadmin_home")
    page = client.get(home).content.decode()
    links = [reverse("termine:inspect", args=[each.pk]) in page for each in found]
    assert links == [True, True, False][:items]
    assert ("Alle 3 Termine von heute" in page) == (items == 3)
    assert "Ihre nächsten Termine" not in page
    address = f"{reverse('termine:index')}?starts_at_from=2026-11-23&starts_at_to=2026-11-23&status=booked"
    assert client.get(address).content.decode().count("Beispiel Metallbau GmbH") == items
    with django_assert_num_queries(39):
        client.get(home)


def test_times_are_kept_as_wall_clock(advisor, client):
    client.post(reverse("beratungszeiten:add"), values(advisor.office))
    rule = AvailabilityRule.objects.get()
    assert (rule.start_time, rule.end_time, rule.valid_from) == (time(9), time(12), date(2026, 12, 1))


def test_the_list_tells_who_said_to_come_and_who_has_not_answered(advisor, client):
    start = datetime(2030, 1, 8, 9, tzinfo=UTC)
    times = [start + timedelta(days=number) for number in range(3)]
    AppointmentFactory(advisor=advisor, starts_at=times[0], reminded_for=times[0], confirmed_at=times[0])
    AppointmentFactory(advisor=advisor, starts_at=times[1], reminded_for=times[1])
    AppointmentFactory(advisor=advisor, starts_at=times[2])

    def replies(query=""):
        page = client.get(reverse("termine:index") + query).content.decode()
        return re.findall(r"<td[^>]*>\s*(zugesagt|Antwort offen)\s*</td>", page), page.count("Beispiel Metallbau GmbH")

    assert replies() == (["zugesagt", "Antwort offen"], 3)
    assert replies("?reply=ja") == (["zugesagt"], 1)
    assert replies("?reply=offen") == (["Antwort offen"], 1)


def test_page_of_an_appointment_tells_that_the_answer_is_open(advisor, client):
    start = datetime(2030, 1, 8, 9, tzinfo=UTC)
    asked = AppointmentFactory(advisor=advisor, starts_at=start, reminded_for=start)
    assert "Antwort offen" in client.get(reverse("termine:inspect", args=[asked.pk])).content.decode()


def test_questions_of_a_service_are_written_in_its_form():
    service = ServiceFactory()
    client = client_of(administrator())
    address = reverse("anliegen:edit", args=[service.pk])
    page = client.get(address).content.decode()
    assert "Eigene Fragen" in page
    assert "eine Antwort je Zeile" in page
    values = {
        **{name: getattr(service, name) for name in ("name", "slug", "summary", "what_to_bring", "duration", "step")},
        "buffer_before": 0,
        "buffer_after": 0,
        "notice_hours": 24,
        "horizon_days": 60,
        "reminder_hours": 24,
        "kinds": ["office"],
        "position": 0,
        "is_active": "on",
        "further_durations": "30, 90",
        "questions-TOTAL_FORMS": 1,
        "questions-INITIAL_FORMS": 0,
        "questions-0-ORDER": 1,
        "questions-0-id": "",
        "questions-0-label": "Wann?",
        "questions-0-type": "choice",
        "questions-0-choices": "bald",
    }
    refused = client.post(address, values)
    assert "Bitte nennen Sie 2 bis 20 Antworten" in refused.content.decode()
    assert client.post(address, values | {"questions-0-choices": "bald\r\nspäter"}).status_code == 302
    service.refresh_from_db()
    assert service.further_durations == [30, 90]
    assert [(question.label, question.options) for question in service.questions.all()] == [
        ("Wann?", ["bald", "später"])
    ]


def test_phone_and_mail_of_a_firm_can_be_pressed(advisor, client):
    asked = AppointmentFactory(advisor=advisor, phone="05151 12345", email='a"<b>@firma.example')
    page = client.get(reverse("termine:inspect", args=[asked.pk])).content.decode()
    assert 'href="tel:' in page
    assert '<a href="mailto:a&quot;&lt;b&gt;@firma.example">a&quot;&lt;b&gt;@firma.example</a>' in page


@pytest.mark.parametrize("typed", ["x" * 4000, "ä " * 2000, "\0", "a\0b", "%" * 4000, "_", "' OR 1=1 --", "\ud800"])
def test_s8_search_takes_whatever_is_typed(advisor, client, typed):
    """A null byte, which PostgreSQL keeps in no text, is searched for nowhere: the list stays whole."""
    AppointmentFactory(advisor=advisor, organization="Beispiel GmbH")
    query = urlencode({"q": typed}, errors="surrogatepass")
    for name in ("termine:index", "termine:index_results"):
        response = client.get(f"{reverse(name)}?{query}")
        assert (response.status_code, "Beispiel GmbH" in response.content.decode()) == (200, "\0" in typed)


def test_the_list_begins_with_what_comes_next(now, advisor, client):
    """It began with the last appointment of next year, and today's stood on the third page."""
    for days, name in ((-2, "Vorgestern"), (-1, "Gestern"), (0, "Heute"), (1, "Morgen"), (300, "Nächstes Jahr")):
        starts = datetime(2026, 11, 23, 6, 30, tzinfo=UTC) + timedelta(days=days)
        AppointmentFactory(advisor=advisor, starts_at=starts, organization=name)

    def firms(query: str = "") -> list[str]:
        response = client.get(reverse("termine:index") + query)
        return [row.organization for row in response.context["object_list"]]

    assert firms() == ["Heute", "Morgen", "Nächstes Jahr", "Gestern", "Vorgestern"]
    assert firms("?ordering=-starts_at") == ["Nächstes Jahr", "Morgen", "Heute", "Gestern", "Vorgestern"]


def test_a_time_that_is_held_for_a_firms_choice_says_so_in_the_list(now, advisor, client):
    """It was only called „reserviert“, without a firm, and nobody knew for whom."""
    asked = AppointmentFactory(advisor=advisor, starts_at=datetime(2026, 12, 1, 8, tzinfo=UTC))
    AvailabilityRuleFactory(advisor=advisor)
    offer_times(asked, reason=OfferReason.CLOSING, until=NOW + timedelta(days=3), now=NOW)
    page = client.get(reverse("termine:index")).content.decode()
    assert page.count("einem Betrieb angeboten") == 3
