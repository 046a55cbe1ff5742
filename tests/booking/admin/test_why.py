"""The page that says why a time is not offered."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
import time_machine
from django.urls import reverse

from booking.desk import next_steps
from booking.desk.reasons import _FOR_EVERYBODY, _FOR_ONE
from booking.domain.explanation import Rule
from booking.models import Appointment, AvailabilityRule, Closure
from tests.factories.accounts import administrator, advisor_with_account, client_of, editor, office_lead
from tests.factories.booking import (
    AppointmentFactory,
    AvailabilityRuleFactory,
    BusyCalendarFactory,
    BusyTimeFactory,
    ClosureFactory,
    ServiceFactory,
)
from tests.factories.offices import AdvisorFactory, OfficeDayFactory, OfficeFactory

pytestmark = pytest.mark.django_db
OFFERED = "Diese Zeit wird angeboten und kann gebucht werden."


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(datetime(2026, 11, 23, 7, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def advisor():
    advisor = advisor_with_account(name="Nora Nord")
    AvailabilityRuleFactory(advisor=advisor)
    return advisor


@pytest.fixture
def service():
    return ServiceFactory()


def ask(client, advisor, service, **changes):
    question = {
        "anliegen": service.pk,
        "buero": advisor.office.pk,
        "art": "office",
        "person": "",
        "tag": "2026-11-25",
        "uhrzeit": "09:30",
    }
    return client.get(reverse("warum:index"), question | changes)


def told(response):
    return [reason.sentence for reason in response.context["reasons"]]


def steps(response):
    """Text, address and who can do it, of all that the page says to do."""
    return [(step.text, step.url, step.who) for reason in response.context["reasons"] for step in reason.steps]


def test_it_stands_in_the_menu_at_its_address(advisor):
    assert reverse("warum:index") == "/admin/warum/"
    client = client_of(advisor.user)
    assert "Warum nicht?" in client.get(reverse("wagtailadmin_home")).content.decode()
    page = client.get(reverse("warum:index")).content.decode()
    assert "Warum wird diese Zeit nicht angeboten?" in page
    assert "Diese Zeit wird nicht angeboten:" not in page


def test_a_time_on_offer(advisor, service):
    page = ask(client_of(advisor.user), advisor, service).content.decode()
    assert OFFERED in page
    assert "Mittwoch, 25. November 2026, 9:30 Uhr" in page


def test_every_obstacle_is_one_german_sentence(advisor, service):
    AppointmentFactory(advisor=advisor, service=service, starts_at=datetime(2026, 11, 25, 9, tzinfo=UTC))
    ClosureFactory(first_day=datetime(2026, 11, 25).date(), advisor=advisor, start_time=time(9), end_time=time(10))
    service.cap_per_day = 1
    service.save()
    before = (Appointment.objects.count(), Closure.objects.count())
    response = ask(client_of(advisor.user), advisor, service, art="video", uhrzeit="09:40")
    assert told(response) == [
        "Nora Nord berät in dieser Zeit nicht per Video.",
        "Die Uhrzeit liegt nicht im Raster: Nora Nord beginnt alle 30 Minuten, gezählt vom Beginn der Beratungszeit.",
        "Nora Nord ist abwesend (Schließzeit).",
        "Nora Nord hat in dieser Zeit einen Termin oder eine Reservierung, samt deren Puffer.",
        "Nora Nord hat an diesem Tag schon so viele Termine dieses Anliegens, wie erlaubt sind (1).",
    ]
    assert (Appointment.objects.count(), Closure.objects.count()) == before


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"tag": "2026-11-20"}, "Die Zeit liegt in der Vergangenheit."),
        (
            {"tag": "2026-11-23"},
            "Der Vorlauf ist zu kurz: Dieses Anliegen ist frühestens ab Dienstag, 24. November 2026, 8:00 Uhr buchbar.",
        ),
        ({"tag": "2027-02-03"}, "Der Tag liegt zu weit voraus: Dieses Anliegen ist 60 Tage im Voraus buchbar."),
        ({"tag": "2026-12-25"}, "An diesem Feiertag ist das Büro geschlossen: Erster Weihnachtstag."),
        ({"uhrzeit": "15:00"}, "Nora Nord hat zu dieser Zeit in diesem Büro keine Beratungszeit."),
    ],
)
def test_single_rules(advisor, service, changes, reason):
    assert told(ask(client_of(advisor.user), advisor, service, **changes)) == [reason]


def test_what_is_switched_off_is_named(advisor, service):
    client = client_of(administrator())
    service.is_active = False
    service.save()
    advisor.office.is_active = advisor.is_active = False
    advisor.office.save()
    advisor.save()
    assert told(ask(client, advisor, service)) == [
        "Das Anliegen ist nicht als buchbar gekennzeichnet.",
        "Das Büro ist nicht in Betrieb.",
        "Nora Nord berät zurzeit nicht.",
    ]


def test_advisors_ask_about_their_own_office_only(advisor, service):
    stranger = AdvisorFactory(name="Fremde Person", office=OfficeFactory(name="Fremdes Büro"))
    client = client_of(advisor.user)
    page = client.get(reverse("warum:index")).content.decode()
    assert "Fremde" not in page
    for changes in ({"buero": stranger.office.pk}, {"person": stranger.pk}):
        response = ask(client, advisor, service, **changes)
        assert "reasons" not in response.context
        assert "Fremde" not in response.content.decode()
    client = client_of(administrator())
    assert "Fremdes Büro" in client.get(reverse("warum:index")).content.decode()
    assert told(ask(client, stranger, service, person=stranger.pk)) == [
        "Fremde Person hat zu dieser Zeit in diesem Büro keine Beratungszeit."
    ]


def test_others_neither_see_nor_ask(advisor, service):
    client = client_of(editor())
    assert "Warum nicht?" not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert ask(client, advisor, service).status_code == 302
    assert client.get(reverse("warum:index")).status_code == 302


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"anliegen": "x"}, "anliegen"),
        ({"art": "brieftaube"}, "art"),
        ({"tag": "2026-02-30"}, "tag"),
        ({"tag": "9999-12-31"}, "tag"),
        ({"tag": "0001-01-01"}, "tag"),
        ({"uhrzeit": "25:00"}, "uhrzeit"),
        ({"tag": "2027-03-28", "uhrzeit": "02:30"}, "uhrzeit"),
    ],
)
def test_bad_questions_come_back_with_a_hint(advisor, service, changes, field):
    response = ask(client_of(advisor.user), advisor, service, **changes)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert "reasons" not in response.context


def test_every_rule_has_its_sentence_and_its_step():
    assert set(_FOR_EVERYBODY) | set(_FOR_ONE) == set(Rule)
    tables = (next_steps.SERVICE, next_steps.OFFICE, next_steps.PERSON, next_steps.HOURS, next_steps.DAY_PLAN)
    with_steps = {*next_steps.NOBODY, *next_steps.CLOSURES}.union(*tables)
    # Those two lead to „Zusatzzeit“ and to „Belegte Zeiten“.
    assert with_steps == set(Rule) - {Rule.NO_WINDOW, Rule.CALENDAR_UNREADABLE}


def link(name, *args, query=""):
    return reverse(name, args=args) + query


def test_a_switched_off_office_day_is_no_missing_hour(advisor, service):
    """„Keine Beratungszeit“ stood where a whole office day was switched off."""
    AvailabilityRule.objects.all().delete()
    day = OfficeDayFactory(office=advisor.office, advisors=[advisor], is_active=False)
    wish = {"art": "office_day", "uhrzeit": "09:30"}
    sentence = "Der Sprechtag, an dem Nora Nord zu dieser Zeit berät, findet zurzeit nicht statt."
    text = "Beim Sprechtag „findet statt“ ankreuzen"
    response = ask(client_of(administrator()), advisor, service, **wish)
    assert told(response) == [sentence]
    assert steps(response) == [(text, link("sprechtage:edit", day.pk), "")]
    response = ask(client_of(advisor.user), advisor, service, **wish)
    assert steps(response) == [(text, "", "die Administration")]
    day.is_active = True
    day.save()
    assert OFFERED in ask(client_of(advisor.user), advisor, service, **wish).content.decode()


def test_an_own_calendar_says_that_it_is_taken_and_never_by_what(advisor, service):
    row = BusyCalendarFactory(advisor=advisor, name="Zahnarzt")
    BusyTimeFactory(calendar=row, start=datetime(2026, 11, 25, 9, tzinfo=UTC))
    response = ask(client_of(advisor.user), advisor, service)
    assert told(response) == ["Nora Nord ist in dieser Zeit laut eigenem Kalender belegt. Womit, sehen wir nicht."]
    text = "Eine andere Zeit wählen. Ist die Person doch frei, gehört das in ihren eigenen Kalender"
    assert steps(response) == [(text, "", "")]
    assert "Zahnarzt" not in response.content.decode()


def test_an_own_calendar_that_cannot_be_read_leads_its_owner_to_it(advisor, service):
    BusyCalendarFactory(advisor=advisor, read_at=datetime(2026, 11, 19, 7, tzinfo=UTC))
    response = ask(client_of(advisor.user), advisor, service)
    sentence = "Der eigene Kalender von Nora Nord lässt sich seit langem nicht lesen."
    assert told(response) == [f"{sentence} Bis er wieder lesbar ist, gibt es Zeiten nur auf Anfrage."]
    text = "Den Kalender neu verbinden oder trennen"
    assert steps(response) == [(text, link("busy_calendars", query=f"?beratungsperson={advisor.pk}"), "")]
    head = client_of(office_lead(office=advisor.office).user)
    assert steps(ask(head, advisor, service, person=advisor.pk)) == [(text, "", "Nora Nord selbst")]


def test_each_rule_links_to_where_it_is_changed(advisor, service):
    rule = AvailabilityRule.objects.get()
    AppointmentFactory(advisor=advisor, service=service, starts_at=datetime(2026, 11, 25, 9, tzinfo=UTC))
    absence = ClosureFactory(first_day=datetime(2026, 11, 25).date(), advisor=advisor, reason="Kur")
    closed = ClosureFactory(first_day=datetime(2026, 11, 25).date(), office=advisor.office, reason="Umzug")
    ClosureFactory(first_day=datetime(2026, 11, 25).date(), advisor=AdvisorFactory(office=advisor.office))
    service.cap_per_day, service.horizon_days = 1, 1
    service.save()
    client = client_of(administrator())
    assert steps(ask(client, advisor, service, person=advisor.pk, art="video", uhrzeit="09:40")) == [
        ("Anliegen weiter im Voraus buchbar machen", link("anliegen:edit", service.pk), ""),
        ("Schließzeit „Umzug“ ändern oder löschen", link("schliesszeiten:edit", closed.pk), ""),
        ("Diese Art bei der Beratungszeit ankreuzen", link("beratungszeiten:edit", rule.pk), ""),
        (
            "9:30 oder 10:00 Uhr wählen, oder: Beginn der Beratungszeit ändern",
            link("beratungszeiten:edit", rule.pk),
            "",
        ),
        ("Schließzeit „Kur“ ändern oder löschen", link("schliesszeiten:edit", absence.pk), ""),
        (
            "Im Tagesplan nachsehen und den Termin verschieben",
            link("termine:day", query=f"?tag=2026-11-25&buero={advisor.office.slug}"),
            "",
        ),
        ("Höchstzahl am Tag beim Anliegen erhöhen", link("anliegen:edit", service.pk), ""),
    ]


def test_a_missing_hour_leads_to_an_extra_time_that_is_filled_in(advisor, service):
    response = ask(client_of(advisor.user), advisor, service, uhrzeit="15:00")
    [(text, address, who)] = steps(response)
    assert (text, who) == ("Diese Zeit als Zusatzzeit anbieten", "")
    assert address == link(
        "termine:extra",
        query=f"?beratung={advisor.pk}&buero={advisor.office_id}&tag=2026-11-25&von=15%3A00&bis=16%3A00",
    )
    form = client_of(advisor.user).get(address).context["form"]
    assert [form[name].value() for name in ("tag", "von", "bis")] == ["2026-11-25", "15:00", "16:00"]


def test_whoever_may_not_change_it_reads_who_can(advisor, service):
    colleague = AdvisorFactory(name="Karl Kollege", office=advisor.office)
    AvailabilityRuleFactory(advisor=colleague)
    admin = administrator()
    admin.first_name, admin.last_name = "Vera", "Verwaltung"
    admin.save()
    AppointmentFactory(advisor=colleague, service=service, starts_at=datetime(2026, 11, 25, 8, tzinfo=UTC))
    ClosureFactory(first_day=datetime(2026, 11, 25).date(), reason="Betriebsausflug")
    ClosureFactory(first_day=datetime(2026, 11, 25).date(), advisor=colleague, reason="Heilkur")
    wish = {"person": colleague.pk, "uhrzeit": "09:45"}
    response = ask(client_of(advisor.user), advisor, service, **wish)
    themselves = "Karl Kollege selbst oder die Büroleitung"
    assert steps(response) == [
        ("Schließzeit ändern oder löschen", "", "die Administration (Vera Verwaltung)"),
        ("9:30 oder 10:00 Uhr wählen, oder: Beginn der Beratungszeit ändern", "", themselves),
        ("Schließzeit ändern oder löschen", "", themselves),
        ("Im Tagesplan nachsehen und den Termin verschieben", "", themselves),
    ]
    page = response.content.decode()
    assert "Das kann die Administration (Vera Verwaltung)." in page
    assert "Heilkur" not in page
    lead = office_lead(name="Lea Leitung", office=advisor.office)
    assert steps(ask(client_of(advisor.user), advisor, service, **wish))[1][2] == f"{themselves} (Lea Leitung)"
    assert [bool(url) for _, url, _ in steps(ask(client_of(lead.user), advisor, service, **wish))] == [
        False, True, True, True,
    ]  # fmt: skip


def test_an_office_without_people_says_whom_to_ask(service):
    office = OfficeFactory()
    response = client_of(administrator()).get(
        reverse("warum:index"),
        {"anliegen": service.pk, "buero": office.pk, "art": "office", "tag": "2026-11-25", "uhrzeit": "09:30"},
    )
    assert steps(response) == [("Dem Büro eine Person zuordnen", link("beratungspersonen:index"), "")]


@pytest.mark.parametrize("closures", [1, 3])
def test_steps_take_as_many_queries_for_three_as_for_one(advisor, service, django_assert_num_queries, closures):
    for _ in range(closures):
        colleague = AdvisorFactory(office=advisor.office)
        ClosureFactory(first_day=datetime(2026, 11, 25).date(), advisor=colleague)
        ClosureFactory(first_day=datetime(2026, 11, 25).date())
    client = client_of(advisor.user)
    ask(client, advisor, service)
    with django_assert_num_queries(25):
        ask(client, advisor, service)


@pytest.mark.parametrize("people", [1, 3])
def test_page_takes_as_many_queries_for_three_as_for_one(advisor, service, django_assert_num_queries, people):
    for _ in range(people - 1):
        AvailabilityRuleFactory(advisor=AdvisorFactory(office=advisor.office))
    client = client_of(advisor.user)
    ask(client, advisor, service)
    with django_assert_num_queries(23):
        ask(client, advisor, service)


def test_the_answer_is_about_the_chosen_duration(advisor, service):
    service.further_durations = [180]
    service.save()
    client = client_of(advisor.user)
    assert OFFERED in ask(client, advisor, service, dauer="60").content.decode()
    page = ask(client, advisor, service, dauer="180").content.decode()
    assert "Das Gespräch dauert 180 Minuten und wäre bei Nora Nord erst nach der Beratungszeit zu Ende." in page
    page = ask(client, advisor, service, dauer="90").content.decode()
    assert "„Erstberatung“ dauert 60 oder 180 Minuten." in page
