"""„Auswirkung zeigen“ at an office and a person, before a service is deleted, and the ready mails of every change."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from booking.models import Service
from offices.models import Advisor, Office
from tests.booking.admin.test_effect import everything
from tests.booking.admin.test_effect_of_rules import day_form, rule_form, service_form
from tests.factories.accounts import administrator, advisor_with_account, client_of, editor
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory
from tests.factories.offices import AdvisorFactory, OfficeDayFactory, weekly

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 12, 1, 8, tzinfo=UTC)


@pytest.fixture
def nora(now, office, service):
    advisor = advisor_with_account(name="Nora Nord", office=office)
    AvailabilityRuleFactory(advisor=advisor)
    return advisor


@pytest.fixture
def met(nora, service):
    return AppointmentFactory(advisor=nora, service=service, starts_at=NINE)


def office_form(office, **changes):
    names = ("name", "slug", "street", "postcode", "town", "arrival", "latitude", "longitude", "phone", "email")
    values = {name: getattr(office, name) for name in names}
    values |= {"districts": [each.pk for each in office.districts.all()], "holidays": office.holidays}
    values |= {f"opening_hours-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")}
    return values | {"is_active": "on", "auswirkung": "1"} | changes


def person_form(advisor, **changes):
    names = ("name", "slug", "role", "focus", "phone", "email", "share_percent")
    values = {name: getattr(advisor, name) for name in names} | {"office": advisor.office_id, "user": advisor.user_id}
    return values | {"is_active": "on", "in_pool": "on", "auswirkung": "1"} | changes


def without(form, name):
    return {key: value for key, value in form.items() if key != name}


def shown(client, name, form, *args):
    """The page with the effect; nothing may have been stored for it."""
    places = list(Office.objects.values()), list(Advisor.objects.values())
    before = everything()
    response = client.post(reverse(name, args=args), form)
    assert (response.status_code, everything()) == (200, before)
    assert (list(Office.objects.values()), list(Advisor.objects.values())) == places
    assert "Noch ist nichts gespeichert." in response.content.decode()
    return response


def offered(page: str) -> list[str]:
    """The days of the times in the mail that the page shows."""
    return re.findall(r"- (\w+, \d+\. \w+) 2026", page)


def test_closing_an_office_shows_times_appointments_and_the_ready_mail(nora, office, met):
    client = client_of(administrator())
    form = without(office_form(office), "is_active")
    response = shown(client, "bueros:edit", form, office.pk)
    page = response.content.decode()
    effect = response.context["effect"]
    assert (effect["gained"], effect["met"]) == (0, [met])
    assert effect["lost"] > 100
    assert "Gebuchte Termine an Tagen, an denen das Büro dann geschlossen ist" in page
    page = shown(client, "bueros:edit", form | {"auswirkung": f"mail-{met.pk}"}, office.pk).content.decode()
    assert "Für diesen Termin ist keine andere Zeit frei." in page


def test_an_office_open_on_a_holiday_shows_what_it_gains(nora, office):
    response = shown(client_of(administrator()), "bueros:edit", office_form(office, holidays=[]), office.pk)
    assert "Freie Zeiten bis 22. Januar 2027: 10 kommen dazu" in response.content.decode()
    bad = client_of(administrator("zwei")).post(
        reverse("bueros:edit", args=[office.pk]), office_form(office, latitude="x")
    )
    assert list(bad.context["form"].errors) == ["latitude"]
    assert "Noch ist nichts gespeichert." not in bad.content.decode()


def test_who_leaves_is_replaced_in_the_ready_mail_by_a_colleague(nora, office, met):
    AvailabilityRuleFactory(advisor=AdvisorFactory(name="Bea Beispiel", office=office))
    client = client_of(administrator())
    form = without(person_form(nora), "is_active") | {"auswirkung": f"mail-{met.pk}"}
    page = shown(client, "beratungspersonen:edit", form, nora.pk).content.decode()
    assert "Gebuchte Termine dieser Person" in page
    assert offered(page) == ["Montag, 30. November", "Dienstag, 1. Dezember", "Mittwoch, 2. Dezember"]
    assert "mit Bea Beispiel" in page
    assert "mit Nora Nord" not in page.partition("Noch nicht geschickt")[2].partition("Ihr Termin bisher")[0]


def test_leaving_the_pool_says_that_the_name_can_still_be_chosen(nora, met):
    response = shown(
        client_of(administrator()), "beratungspersonen:edit", without(person_form(nora), "in_pool"), nora.pk
    )
    page = response.content.decode()
    assert response.context["effect"]["lost"] > 100
    assert "Wer die Person selbst wählt, kann sie weiter buchen." in page
    assert "Kein gebuchter Termin wird neu betroffen." in page


def test_editors_of_places_see_numbers_and_no_appointments(nora, office, met):
    page = shown(client_of(editor()), "bueros:edit", without(office_form(office), "is_active"), office.pk)
    assert "ein Termin, den Sie nicht einsehen können" in page.content.decode()
    assert f"mail-{met.pk}" not in page.content.decode()


def test_deleting_a_service_says_how_many_times_go(nora, service):
    client = client_of(administrator())
    address = reverse("anliegen:delete", args=[service.pk])
    response = client.get(address)
    page = response.content.decode()
    assert "Noch ist nichts gelöscht." in page
    assert response.context["effect"]["lost"] > 100
    assert "für dieses Anliegen in allen Büros, mit der üblichen Dauer von 60 Minuten." in page
    assert Service.objects.exists()
    client.post(address)
    assert not Service.objects.exists()


def test_f37_deleting_an_office_is_refused_before_and_after_the_click(nora, office, met):
    """It says what would go and whom it concerns; the refusal stands where the button would be."""
    client = client_of(administrator())
    address = reverse("bueros:delete", args=[office.pk])
    before = everything()
    response = client.get(address)
    page = response.content.decode()
    effect = response.context["effect"]
    assert (effect["gained"], effect["met"]) == (0, [met])
    assert effect["lost"] > 100
    assert "Gebuchte Termine dieses Büros" in page
    assert (
        f"„{office}“ kann nicht gelöscht werden: 1 Beratungsperson, 1 Termin, 1 Beratungszeit hängen daran. "
        "Schalten Sie den Eintrag stattdessen ab."
    ) in page
    assert f'href="{reverse("bueros:edit", args=[office.pk])}">Eintrag bearbeiten' in page
    assert f'action="{address}"' not in page
    assert client.post(address).status_code == 302
    assert (everything(), Office.objects.count()) == (before, 1)


def test_f37_who_has_appointments_stays_and_a_colleague_stands_in_the_ready_mail(nora, office, met):
    AvailabilityRuleFactory(advisor=AdvisorFactory(name="Bea Beispiel", office=office))
    client = client_of(administrator())
    address = reverse("beratungspersonen:delete", args=[nora.pk])
    page = client.get(address, {"auswirkung": f"mail-{met.pk}"}).content.decode()
    assert "„Nora Nord“ kann nicht gelöscht werden: 1 Termin hängt daran." in page
    assert offered(page) == ["Montag, 30. November", "Dienstag, 1. Dezember", "Mittwoch, 2. Dezember"]
    assert "mit Bea Beispiel" in page
    nora.is_active = False
    nora.save()
    response = client.get(address)
    assert (response.context["effect"]["lost"], response.context["effect"]["met"]) == (0, [met])


def test_who_has_no_appointments_is_deleted_after_the_times_that_go_were_shown(nora):
    client = client_of(administrator())
    address = reverse("beratungspersonen:delete", args=[nora.pk])
    response = client.get(address)
    page = response.content.decode()
    assert response.context["effect"]["lost"] > 100
    assert "Kein gebuchter Termin wird neu betroffen." in page
    assert f'action="{address}"' in page
    assert client.post(address).status_code == 302
    assert not Advisor.objects.exists()


def test_editors_see_no_appointment_of_what_they_would_delete(nora, office, met):
    page = client_of(editor()).get(reverse("bueros:delete", args=[office.pk])).content.decode()
    assert "ein Termin, den Sie nicht einsehen können" in page
    assert f"mail-{met.pk}" not in page


def test_the_ready_mail_of_a_rule_offers_no_time_that_the_change_takes(nora, met):
    rule = nora.availability_rules.get()
    fridays = rule_form(nora, days="RRULE:FREQ=WEEKLY;BYDAY=FR", valid_from="2026-01-01")
    client = client_of(nora.user)
    page = shown(client, "beratungszeiten:edit", fridays, rule.pk).content.decode()
    assert f'form="w-editor-form" name="auswirkung" value="mail-{met.pk}">E-Mail ansehen' in page
    assert "Geschickt wird sie auf der Seite des Termins mit „Andere Zeiten anbieten“." in page
    assert "E-Mail an den Betrieb" not in page
    page = shown(client, "beratungszeiten:edit", fridays | {"auswirkung": f"mail-{met.pk}"}, rule.pk).content.decode()
    assert "Ihr Termin am 01.12.2026 fällt aus" in page
    assert offered(page) == ["Freitag, 27. November", "Freitag, 4. Dezember", "Freitag, 11. Dezember"]


def test_before_a_rule_is_deleted_a_link_shows_each_ready_mail(nora, met, office):
    mornings = nora.availability_rules.get()
    AvailabilityRuleFactory(advisor=nora, days=weekly(0), start_time="13:00", end_time="15:00")
    client = client_of(nora.user)
    address = reverse("beratungszeiten:delete", args=[mornings.pk])
    assert f'href="?auswirkung=mail-{met.pk}"' in client.get(address).content.decode()
    before = everything()
    page = client.get(address, {"auswirkung": f"mail-{met.pk}"}).content.decode()
    assert everything() == before
    assert set(offered(page)) == {"Montag, 30. November", "Montag, 7. Dezember", "Montag, 14. Dezember"}
    other = AppointmentFactory(starts_at=NINE)
    page = client.get(address, {"auswirkung": f"mail-{other.pk}"}).content.decode()
    assert "E-Mail an den Betrieb" not in page


def test_the_ready_mails_of_a_service_and_an_office_day_keep_to_the_change(nora, service, office):
    phone = AppointmentFactory(advisor=nora, service=service, kind="phone", starts_at=NINE, phone="1")
    client = client_of(administrator())
    chosen = {"auswirkung": f"mail-{phone.pk}"}
    page = shown(client, "anliegen:edit", service_form(service, kinds=["video"]) | chosen, service.pk).content.decode()
    assert "Für diesen Termin ist keine andere Zeit frei." in page
    day = OfficeDayFactory(office=office, advisors=[nora], days=weekly(3))
    there = AppointmentFactory(
        advisor=nora, service=service, kind="office_day", office_day=day, starts_at=NINE + timedelta(days=2)
    )
    form = day_form(day, [nora], auswirkung=f"mail-{there.pk}", valid_from="2026-12-08")
    form |= {"start_time": f"{day.start_time:%H:%M}", "end_time": f"{day.end_time:%H:%M}"}
    page = shown(client, "sprechtage:edit", form, day.pk).content.decode()
    assert set(offered(page)) == {"Donnerstag, 10. Dezember", "Donnerstag, 17. Dezember"}


@pytest.mark.parametrize("items", [1, 3])
def test_as_many_queries_for_three_as_for_one(nora, office, service, items):
    for number in range(items):
        AvailabilityRuleFactory(advisor=AdvisorFactory(office=office))
        AppointmentFactory(advisor=nora, service=service, starts_at=NINE + timedelta(hours=number))
    client = client_of(administrator())
    closed, gone = without(office_form(office), "is_active"), without(person_form(nora), "is_active")
    pages = {
        "office": lambda: client.post(reverse("bueros:edit", args=[office.pk]), closed),
        "person": lambda: client.post(reverse("beratungspersonen:edit", args=[nora.pk]), gone),
        "without service": lambda: client.get(reverse("anliegen:delete", args=[service.pk])),
        "without office": lambda: client.get(reverse("bueros:delete", args=[office.pk])),
        "without person": lambda: client.get(reverse("beratungspersonen:delete", args=[nora.pk])),
    }
    taken = {}
    for name, page in pages.items():
        page()
        with CaptureQueriesContext(connection) as queries:
            assert page().status_code == 200
        taken[name] = len(queries)
    assert taken == {
        "office": 28,
        "person": 34,
        "without service": 23,
        "without office": 33,
        "without person": 30,
    }
