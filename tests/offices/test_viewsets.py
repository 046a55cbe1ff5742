"""Offices, people, places, courses and notices in the admin: editors keep them, nothing that is needed gets lost."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from booking.models import Service
from booking.urls import urlpatterns as booking_addresses
from courses.models import Provider, Topic
from foundation.models import User
from home.models import FundingNotice
from offices.addresses import office_addresses
from offices.models import Advisor, Office
from tests.factories.accounts import administrator, advisor_with_account, client_of, editor
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ServiceFactory
from tests.factories.courses import (
    CourseSourceFactory,
    FundingKindFactory,
    QualityMarkFactory,
    SynonymFactory,
    TargetGroupFactory,
)
from tests.factories.offices import AdvisorFactory, DistrictFactory, OfficeDayFactory, OfficeFactory, PostcodeFactory

pytestmark = pytest.mark.django_db


def district(number: int):
    return DistrictFactory(slug=f"kreis-{number}", name=f"Kreis {number}")


MAKE = {
    "bueros": lambda number: OfficeFactory(),
    "beratungspersonen": lambda number: AdvisorFactory(),
    "sprechtage": lambda number: OfficeDayFactory(),
    "landkreise": district,
    "postleitzahlen": lambda number: PostcodeFactory(code=f"3178{number}", district=district(number)),
    "anbieter": lambda number: Provider.objects.create(name=f"Anbieter {number}", slug=f"anbieter-{number}"),
    "themen": lambda number: Topic.objects.create(
        name=f"Thema {number}",
        slug=f"thema-{number}",
        parent=Topic.objects.create(name=f"Feld {number}", slug=f"feld-{number}"),
    ),
    "synonyme": lambda number: SynonymFactory(words=f"Wort {number}, Begriff {number}"),
    "kursquellen": lambda number: CourseSourceFactory(address=f"https://a.example/{number}"),
    "zielgruppen": lambda number: TargetGroupFactory(name=f"Gruppe {number}", slug=f"gruppe-{number}"),
    "foerderungen": lambda number: FundingKindFactory(name=f"Förderung {number}", slug=f"foerderung-{number}"),
    "siegel": lambda number: QualityMarkFactory(name=f"Siegel {number}", slug=f"siegel-{number}"),
    "anliegen": lambda number: ServiceFactory(name=f"Anliegen {number}", slug=f"anliegen-{number}"),
    "foerderhinweise": lambda number: FundingNotice.objects.create(sentence="Gefördert", valid_from="2026-01-01"),
}
QUERIES = {
    "bueros": 12,
    "beratungspersonen": 12,
    "sprechtage": 13,
    "landkreise": 11,
    "postleitzahlen": 12,
    "anbieter": 11,
    "themen": 11,
    "synonyme": 11,
    "kursquellen": 11,
    "zielgruppen": 11,
    "foerderungen": 11,
    "siegel": 11,
    "anliegen": 11,
    "foerderhinweise": 11,
}


@pytest.fixture
def client():
    return client_of(editor())


@pytest.mark.parametrize("name", MAKE)
@pytest.mark.parametrize("items", [1, 3])
def test_list_takes_as_many_queries_for_three_as_for_one(client, django_assert_num_queries, name, items):
    for number in range(items):
        MAKE[name](number)
    client.get(reverse(f"{name}:index"))
    with django_assert_num_queries(QUERIES[name]):
        assert client.get(reverse(f"{name}:index")).status_code == 200


@pytest.mark.parametrize("name", MAKE)
def test_editor_opens_every_page(client, name):
    pk = MAKE[name](1).pk
    addresses = [reverse(f"{name}:{route}") for route in ("index", "index_results", "add")]
    addresses += [reverse(f"{name}:{route}", args=[pk]) for route in ("edit", "delete", "history", "usage")]
    for address in addresses:
        assert client.get(address).status_code == 200, address
    assert client.get(reverse(f"{name}:index") + "?q=1").status_code == 200


@pytest.mark.parametrize("name", MAKE)
def test_advisor_opens_none_of_them(name):
    pk = MAKE[name](1).pk
    client = client_of(advisor_with_account().user)
    for address in (reverse(f"{name}:index"), reverse(f"{name}:add"), reverse(f"{name}:edit", args=[pk])):
        assert client.get(address).status_code == 302, address
    assert client.post(reverse(f"{name}:delete", args=[pk])).status_code == 302


def office_form(district, **values):
    return {
        "name": "MehrWert-Büro Hameln",
        "slug": "hameln",
        "is_active": "on",
        "districts": [district.pk],
        "street": "Markt 1",
        "postcode": "31785",
        "town": "Hameln",
        "arrival": "",
        "latitude": "52.1",
        "longitude": "9.3",
        "phone": "",
        "email": "",
        "opening_hours-TOTAL_FORMS": "1",
        "opening_hours-INITIAL_FORMS": "0",
        "opening_hours-MIN_NUM_FORMS": "0",
        "opening_hours-MAX_NUM_FORMS": "1000",
        "opening_hours-0-weekday": "1",
        "opening_hours-0-opens_at": "09:00",
        "opening_hours-0-closes_at": "12:00",
        **values,
    }


def test_office_is_saved_with_its_hours_and_districts(client):
    hameln = DistrictFactory()
    response = client.post(reverse("bueros:add"), office_form(hameln))
    office = Office.objects.get()
    assert response.status_code == 302
    assert list(office.districts.all()) == [hameln]
    assert [str(hours) for hours in office.opening_hours.all()] == ["Dienstag 09:00–12:00"]
    assert client.get(reverse("bueros:edit", args=[office.pk])).status_code == 200


FIXED = [
    *("tage", "reserviert", "ansehen", "verschieben", "absagen", "zusagen", "bestaetigen", "angebot", "frueher"),
    *("daten", "vorgang"),
]


@pytest.mark.parametrize("word", FIXED)
def test_no_office_is_called_like_an_address_that_would_hide_it(client, word):
    response = client.post(reverse("bueros:add"), office_form(DistrictFactory(), slug=word))
    hidden = "/termin/tage/" if word == "tage" else f"/termin/{word}/reservieren/"
    sentence = (
        f"Mit diesem Kurznamen wäre das Büro nicht zu erreichen: Die Adresse {hidden} gehört zu einer anderen Seite. "
        "Bitte wählen Sie einen anderen."
    )
    assert response.context["form"].errors == {"slug": [sentence]}
    assert not Office.objects.exists()


def test_every_fixed_word_behind_termin_is_refused_unless_it_hides_no_office():
    """`kalender/….ics` and `abo/….ics` are told apart from an office's addresses by their ending."""
    routes = [str(address.pattern) for address in booking_addresses if address.name != "tidy"]
    words = {route.split("/")[1] for route in routes if re.match(r"termin/\w", route)}
    assert words == {*FIXED, "kalender", "abo"}
    good = ("kalender", "abo", "hameln", "tage-2", "Mit Leerzeichen", "")
    assert [word for word in good if office_addresses.hidden(word)] == []


def test_office_day_is_saved_with_its_days(client):
    advisor = AdvisorFactory()
    values = {
        "title": "Sprechtag Bückeburg",
        "office": advisor.office_id,
        "advisors": [advisor.pk],
        "is_active": "on",
        "venue": "Rathaus",
        "street": "Markt 1",
        "postcode": "31675",
        "town": "Bückeburg",
        "arrival": "",
        "days": "RRULE:FREQ=MONTHLY;BYDAY=1TU",
        "start_time": "09:00",
        "end_time": "12:00",
        "valid_from": "2026-12-01",
        "valid_until": "",
    }
    assert client.post(reverse("sprechtage:add"), values).status_code == 302
    page = client.get(reverse("sprechtage:index")).content.decode()
    assert "jeden Monat am ersten Dienstag" in page
    response = client.post(reverse("sprechtage:add"), values | {"days": "RRULE:FREQ=MINUTELY"})
    assert response.context["form"].errors == {"days": ["Möglich sind täglich, wöchentlich, monatlich und jährlich."]}


@pytest.mark.parametrize("name", ["bueros", "beratungspersonen", "anliegen", "sprechtage"])
def test_f37_what_has_appointments_is_not_deleted(client, name):
    day = OfficeDayFactory()
    appointment = AppointmentFactory(office_day=day)
    things = {
        "bueros": appointment.office,
        "beratungspersonen": appointment.advisor,
        "anliegen": appointment.service,
        "sprechtage": day,
    }
    thing = things[name]
    AvailabilityRuleFactory(advisor=appointment.advisor)
    response = client.post(reverse(f"{name}:delete", args=[thing.pk]), follow=True)
    page = response.content.decode()
    assert response.redirect_chain == [(reverse(f"{name}:edit", args=[thing.pk]), 302)]
    assert f"„{thing}“ kann nicht gelöscht werden: " in page
    assert "1 Termin" in page
    assert type(thing).objects.filter(pk=thing.pk).exists()


def test_what_nothing_needs_is_deleted(client):
    service = ServiceFactory()
    assert client.post(reverse("anliegen:delete", args=[service.pk])).status_code == 302
    assert not Service.objects.exists()


def advisor_form(advisor: Advisor, user: User):
    return {
        "name": "Nora",
        "slug": "nora",
        "office": advisor.office_id,
        "share_percent": "50",
        "user": user.pk,
        "is_active": "on",
    }


def test_only_who_manages_accounts_connects_one_with_an_advisor(client):
    advisor, account = AdvisorFactory(), advisor_with_account().user
    Advisor.objects.filter(user=account).update(user=None)
    address = reverse("beratungspersonen:edit", args=[advisor.pk])
    client.post(address, advisor_form(advisor, account))
    advisor.refresh_from_db()
    assert (advisor.name, advisor.user, advisor.share_percent, advisor.in_pool) == ("Nora", None, 50, False)
    client_of(administrator()).post(address, advisor_form(advisor, account))
    advisor.refresh_from_db()
    assert advisor.user == account


def test_menu_groups_are_german(client):
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    for label in ("Büros", "Kurse", "Termine", "Förderhinweise"):
        assert f'"label": "{label}"' in page.encode().decode("unicode_escape", "ignore") or label in page


def test_ticks_of_lists_are_read_aloud_in_german(client):
    for is_active in (True, False):
        OfficeFactory(is_active=is_active)
    text = client.get(reverse("bueros:index")).text
    assert sorted(re.findall(r'w-sr-only">\s*(ja|nein|True|False)\s*<', text)) == ["ja", "nein"]
