"""„Auswirkung zeigen“ for hours, extra time, services and office days, and what a deletion says before it is done."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from booking.models import AvailabilityRule, Closure, Service
from offices.models import OfficeDay
from tests.booking.admin.test_effect import everything
from tests.factories.accounts import administrator, advisor_with_account, client_of, editor
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ClosureFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory, OfficeDayFactory, OfficeFactory, weekly

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 12, 1, 8, tzinfo=UTC)
NOTHING_SAVED, NOTHING_DELETED = "Noch ist nichts gespeichert.", "Noch ist nichts gelöscht."


@pytest.fixture
def nora(now, office, service):
    return advisor_with_account(name="Nora Nord", office=office)


@pytest.fixture
def hours(nora):
    return AvailabilityRuleFactory(advisor=nora)


def rule_form(advisor, **changes):
    values = {
        "office": advisor.office_id,
        "days": "RRULE:FREQ=MONTHLY;BYDAY=2TU\nEXDATE:20270112",
        "start_time": "09:00",
        "end_time": "12:00",
        "valid_from": "2026-12-01",
        "valid_until": "",
        "kinds": ["office"],
        "auswirkung": "1",
    }
    return values | changes


def service_form(service, **changes):
    values = {name: getattr(service, name) for name in ("name", "slug", "summary", "what_to_bring", "duration", "step")}
    values |= {"buffer_before": 0, "buffer_after": 0, "notice_hours": 24, "horizon_days": 60, "reminder_hours": 24}
    values |= {"kinds": service.kinds, "position": 0, "is_active": "on", "further_durations": ""}
    return values | {"questions-TOTAL_FORMS": 0, "questions-INITIAL_FORMS": 0, "auswirkung": "1"} | changes


def day_form(office_day, advisors, **changes):
    names = ("title", "office_id", "venue", "street", "postcode", "town", "arrival")
    values = {name.removesuffix("_id"): getattr(office_day, name) for name in names}
    values |= {"advisors": [advisor.pk for advisor in advisors], "is_active": "on", "valid_until": ""}
    values |= {"days": "RRULE:FREQ=WEEKLY;BYDAY=TH", "start_time": "13:00", "end_time": "16:00"}
    return values | {"valid_from": "2026-12-01", "auswirkung": "1"} | changes


def shown(client, name, form, *args):
    """The page with the effect; nothing may have been stored for it."""
    before = everything(), list(OfficeDay.objects.order_by("pk").values())
    response = client.post(reverse(name, args=args), form)
    assert response.status_code == 200
    assert (everything(), list(OfficeDay.objects.order_by("pk").values())) == before
    assert NOTHING_SAVED in response.content.decode()
    return response


def sums(response):
    effect = response.context["effect"]
    return effect["gained"], effect["lost"]


def test_a_new_rule_shows_its_effect_and_reads_as_a_sentence(nora):
    response = shown(client_of(nora.user), "beratungszeiten:add", rule_form(nora))
    page = response.content.decode()
    assert sums(response) == (5, 0)
    assert "Freie Zeiten bis 22. Januar 2027: 5 kommen dazu" in page
    assert (
        "Nora Nord, MehrWert-Büro Hameln: jeden Monat am zweiten Dienstag, 9:00 bis 12:00 Uhr, ab 01.12.2026 bis auf "
        "Weiteres, außer am 12.01.2027; im Büro; für alle Anliegen. Die nächsten Tage: 08.12.2026, 09.02.2027 und "
        "09.03.2027."
    ) in page
    assert response.context["form"]["start_time"].value() == "09:00"


def test_an_edited_rule_shows_times_and_appointments_that_fall_out(nora, hours, service):
    met = AppointmentFactory(advisor=nora, service=service, starts_at=NINE)
    stays = AppointmentFactory(advisor=nora, service=service, starts_at=NINE + timedelta(hours=2))
    form = rule_form(nora, days="RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", start_time="10:00", valid_from="2026-01-01")
    response = shown(client_of(nora.user), "beratungszeiten:edit", form, hours.pk)
    page = response.content.decode()
    assert response.context["effect"]["met"] == [met]
    assert "Gebuchte Termine, die dann in keiner Beratungszeit mehr liegen" in page
    assert "Sie bleiben bestehen, bis sie jemand verschiebt oder absagt." in page
    assert reverse("termine:inspect", args=[stays.pk]) not in page
    assert sums(response)[0] == 0
    assert sums(response)[1] > 50


def test_a_rule_for_one_service_gains_times_for_that_one_alone(nora, service):
    other = ServiceFactory(slug="kurz", name="Kurz", horizon_days=14, duration=30, step=30)
    service.is_active = False
    service.save()
    client = client_of(nora.user)
    every_day = rule_form(nora, days="RRULE:FREQ=DAILY")
    all_of_them = sums(shown(client, "beratungszeiten:add", every_day))
    assert sums(shown(client, "beratungszeiten:add", every_day | {"services": [other.pk]})) == all_of_them
    page = shown(client, "beratungszeiten:add", every_day | {"services": [service.pk]}).content.decode()
    assert "; nur für Erstberatung. " in page
    assert "ändert sich an den freien Zeiten nichts." in page


def test_the_stored_rule_reads_as_a_sentence_in_its_form(nora, hours):
    page = client_of(nora.user).get(reverse("beratungszeiten:edit", args=[hours.pk])).content.decode()
    assert "<strong>In Worten:</strong> Nora Nord, MehrWert-Büro Hameln: montags bis freitags, 9:00 bis 12:00" in page
    assert "Auswirkung zeigen" in page
    for route, args in (("add", []), ("copy", [hours.pk])):
        page = client_of(nora.user).get(reverse(f"beratungszeiten:{route}", args=args)).content.decode()
        assert "Auswirkung zeigen" in page
        assert NOTHING_SAVED not in page


@pytest.mark.parametrize(
    "hint",
    [
        "alle drei Wochen am Montag oder jeden Monat am zweiten Dienstag",
        "Eine Regel endet auf Wunsch nach einer Anzahl von Malen oder an einem Datum.",
        "Einzelne Tage kommen als Datum dazu oder werden ausgeschlossen.",
        "9 Uhr bleibt 9 Uhr, auch wenn die Uhr umgestellt wird.",
        "Für eine zweite Zeit am selben Tag legen Sie einen weiteren Eintrag an.",
        "welche Woche bei „jede zweite Woche“ die erste ist und ab wann eine Anzahl von Malen zählt",
        "Der letzte Tag, an dem die Regel gelten kann. Leer lassen: bis auf Weiteres.",
        "So kann ein Gespräch in dieser Zeit stattfinden.",
        "Nur für diese Anliegen ist die Zeit da. Ohne Häkchen: für alle.",
        "Feiertage und Schließzeiten dieses Büros gehen vor.",
    ],
)
def test_every_part_of_a_rule_is_explained_at_its_field(nora, hint):
    assert hint in client_of(nora.user).get(reverse("beratungszeiten:add")).content.decode()


def test_deleting_a_rule_says_what_goes_with_it(nora, hours, service):
    met = AppointmentFactory(advisor=nora, service=service, starts_at=NINE)
    client = client_of(nora.user)
    address = reverse("beratungszeiten:delete", args=[hours.pk])
    response = client.get(address)
    page = response.content.decode()
    assert NOTHING_DELETED in page
    assert sums(response)[0] == 0
    assert sums(response)[1] > 100
    assert response.context["effect"]["met"] == [met]
    assert AvailabilityRule.objects.exists()
    assert client.post(address).status_code == 302
    assert not AvailabilityRule.objects.exists()


def test_deleting_a_closure_says_which_times_come_back(nora, hours):
    closure = ClosureFactory(advisor=nora, last_day=date(2026, 12, 2))
    client = client_of(nora.user)
    address = reverse("schliesszeiten:delete", args=[closure.pk])
    page = client.get(address).content.decode()
    assert NOTHING_DELETED in page
    assert "Freie Zeiten bis 22. Januar 2027: 10 kommen dazu" in page
    assert "Kein gebuchter Termin wird neu betroffen." in page
    assert Closure.objects.exists()
    client.post(address)
    assert not Closure.objects.exists()


def test_extra_time_shows_its_effect(nora):
    form = {
        "beratung": nora.pk,
        "buero": nora.office_id,
        "tag": "2026-12-12",
        "von": "10:00",
        "bis": "12:00",
        "arten": ["office"],
        "auswirkung": "1",
    }
    client = client_of(nora.user)
    response = shown(client, "termine:extra", form)
    assert sums(response) == (3, 0)
    assert (
        "<strong>In Worten:</strong> Nora Nord, MehrWert-Büro Hameln: nur am 12.12.2026, 10:00 bis 12:00 Uhr; im "
        "Büro; für alle Anliegen. Der nächste Tag: 12.12.2026."
    ) in response.content.decode()
    assert response.context["form"]["von"].value() == "10:00"
    del form["auswirkung"]
    assert client.post(reverse("termine:extra"), form).status_code == 302
    again = shown(client, "termine:extra", form | {"auswirkung": "1", "arten": ["phone"]})
    assert sums(again) == (0, 0)
    bad = client.post(reverse("termine:extra"), form | {"auswirkung": "1", "bis": "10:00"})
    assert (bad.status_code, list(bad.context["form"].errors)) == (422, ["bis"])
    assert NOTHING_SAVED not in bad.content.decode()


def test_a_service_shows_its_effect_over_its_horizon(hours, service):
    client = client_of(administrator())
    phone = AppointmentFactory(advisor=hours.advisor, service=service, kind="phone", starts_at=NINE)
    form = service_form(service, duration=120, horizon_days=90, kinds=["office"], cap_per_day=2)
    response = shown(client, "anliegen:edit", form, service.pk)
    page = response.content.decode()
    assert response.context["effect"]["last"] == date(2027, 2, 21)
    assert all(sums(response))
    assert "für dieses Anliegen in allen Büros, mit der üblichen Dauer von 120 Minuten." in page
    assert "Gebuchte Termine, deren Art das Anliegen dann nicht mehr hat" in page
    assert response.context["effect"]["met"] == [phone]
    assert "<strong>In Worten:</strong> 120 Minuten, im Büro. Ein Gespräch kann alle 30 Minuten beginnen" in page
    off = service_form(service)
    del off["is_active"]
    assert "Gebuchte Termine dieses Anliegens" in shown(client, "anliegen:edit", off, service.pk).content.decode()
    new = service_form(service, name="Neu", slug="neu")
    assert sums(shown(client, "anliegen:add", new))[0] > 100
    assert Service.objects.count() == 1


def test_an_office_day_shows_what_switching_it_off_would_do(nora, service):
    client = client_of(administrator())
    office_day = OfficeDayFactory(office=nora.office, advisors=[nora], days=weekly(3))
    met = AppointmentFactory(
        advisor=nora,
        service=service,
        kind="office_day",
        office_day=office_day,
        starts_at=datetime(2026, 12, 3, 8, tzinfo=UTC),
    )
    off = day_form(office_day, [nora])
    del off["is_active"]
    response = shown(client, "sprechtage:edit", off, office_day.pk)
    assert sums(response)[0] == 0
    assert sums(response)[1] > 30
    assert response.context["effect"]["met"] == [met]
    assert "jeden Donnerstag, 13:00 bis 16:00 Uhr, ab 01.12.2026 bis auf Weiteres; findet zurzeit nicht statt." in (
        response.content.decode()
    )
    assert sums(shown(client, "sprechtage:add", day_form(office_day, [AdvisorFactory()])))[0] > 30
    assert all(sums(shown(client, "sprechtage:edit", day_form(office_day, [nora]), office_day.pk)))
    page = client.get(reverse("sprechtage:delete", args=[office_day.pk])).content.decode()
    assert NOTHING_DELETED in page


def test_the_editors_of_office_days_see_numbers_and_no_appointments(nora, service):
    office_day = OfficeDayFactory(office=nora.office, advisors=[nora], days=weekly(3))
    appointment = AppointmentFactory(
        advisor=nora,
        service=service,
        kind="office_day",
        office_day=office_day,
        starts_at=datetime(2026, 12, 3, 8, tzinfo=UTC),
    )
    client = client_of(editor())
    off = day_form(office_day, [nora])
    del off["is_active"]
    page = shown(client, "sprechtage:edit", off, office_day.pk).content.decode()
    assert "ein Termin, den Sie nicht einsehen können" in page
    assert reverse("termine:inspect", args=[appointment.pk]) not in page


def test_foreign_rules_show_no_effect(nora, service):
    stranger = AvailabilityRuleFactory(advisor=AdvisorFactory(office=OfficeFactory()))
    client = client_of(nora.user)
    assert client.get(reverse("beratungszeiten:delete", args=[stranger.pk])).status_code == 404
    assert client.post(reverse("beratungszeiten:edit", args=[stranger.pk]), rule_form(nora)).status_code == 404
    for name, form in (("anliegen:add", service_form(service)), ("sprechtage:add", {"auswirkung": "1"})):
        assert client.post(reverse(name), form).status_code == 302
    own = shown(client, "beratungszeiten:add", rule_form(nora) | {"advisor": stranger.advisor_id})
    assert "Nora Nord, MehrWert-Büro Hameln" in own.content.decode()


@pytest.mark.parametrize("changes", [{"days": ""}, {"end_time": "08:00"}, {"kinds": []}, {"office": 999}])
def test_bad_rules_show_their_errors_and_no_effect(nora, changes):
    response = client_of(nora.user).post(reverse("beratungszeiten:add"), rule_form(nora, **changes))
    assert list(response.context["form"].errors) == list(changes)
    assert NOTHING_SAVED not in response.content.decode()


@pytest.mark.parametrize("items", [1, 3])
def test_as_many_queries_for_three_as_for_one(nora, hours, service, items):
    people = [nora, *(AdvisorFactory(office=nora.office) for _ in range(items))]
    for number, person in enumerate(people):
        AvailabilityRuleFactory(advisor=person)
        AppointmentFactory(advisor=nora, service=service, starts_at=NINE + timedelta(hours=number))
        ServiceFactory(slug=f"kurz-{number}", name=f"Kurz {number}")
    office_day = OfficeDayFactory(office=nora.office, advisors=people)
    closure = ClosureFactory(advisor=nora)
    advisor, admin = client_of(nora.user), client_of(administrator())

    edit = reverse("beratungszeiten:edit", args=[hours.pk])
    of_service, of_day = reverse("anliegen:edit", args=[service.pk]), reverse("sprechtage:edit", args=[office_day.pk])
    pages = {
        "rule": lambda: advisor.get(edit),
        "its effect": lambda: advisor.post(edit, rule_form(nora, kinds=["phone"])),
        "without it": lambda: advisor.get(reverse("beratungszeiten:delete", args=[hours.pk])),
        "without closure": lambda: advisor.get(reverse("schliesszeiten:delete", args=[closure.pk])),
        "service": lambda: admin.post(of_service, service_form(service, kinds=["phone"])),
        "office day": lambda: admin.post(of_day, day_form(office_day, people)),
    }
    taken = {}
    for name, page in pages.items():
        page()
        with CaptureQueriesContext(connection) as queries:
            assert page().status_code == 200
        taken[name] = len(queries)
    assert taken == {
        "rule": 19,
        "its effect": 30,
        "without it": 24,
        "without closure": 21,
        "service": 24,
        "office day": 31,
    }
