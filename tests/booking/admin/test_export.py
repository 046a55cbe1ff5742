"""The list as a file (S6): read again as a spreadsheet would, with nothing to calculate in it."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from booking.enums import Status
from foundation.spreadsheets import neutralised, restored
from tests.factories.accounts import (
    administrator,
    advisor_with_account,
    client_of,
    let_colleagues_see,
    office_lead,
)
from tests.factories.booking import AppointmentFactory, ServiceFactory, ServiceQuestionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

NINE = datetime(2026, 12, 1, 8, tzinfo=UTC)


@pytest.fixture
def lead(office, service):
    return office_lead(name="Lea Leitung", office=office)


def rows_of(user, query=""):
    response = client_of(user).get(reverse("termine:index") + "?export=csv" + query)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def test_file_says_what_the_list_says(lead):
    AppointmentFactory(advisor=lead, starts_at=NINE, phone="+49 5151 12345", size_class="10-49")
    (row,) = rows_of(lead.user)
    assert (row["Beginn"], row["Ende"], row["Stand"]) == ("01.12.2026 09:00", "01.12.2026 10:00", "gebucht")
    assert (row["Betrieb"], row["Beratungsperson"]) == ("Beispiel Metallbau GmbH", "Lea Leitung")
    assert (row["Telefon"], row["Betriebsgröße"]) == ("'+49 5151 12345", "10 bis 49")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+49 5151", "'+49 5151"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ('"=1', "'\"=1"),
        (" =1", "' =1"),
        ("Firma;=1", "Firma;'=1"),
        ("Firma,@x", "Firma,'@x"),
        ("Müller-Meier + Söhne", "Müller-Meier + Söhne"),
        ("a@b.example", "a@b.example"),
        ("", ""),
    ],
)
def test_nothing_in_the_file_is_calculated(lead, typed, written):
    assert (neutralised(typed), restored(written)) == (written, typed)
    if "\r" not in typed:
        AppointmentFactory(advisor=lead, starts_at=NINE, organization=typed, topic=typed)
        (row,) = rows_of(lead.user)
        assert (row["Betrieb"], row["Thema"]) == (written, written)


def test_file_keeps_to_search_and_filters(lead):
    AppointmentFactory(advisor=lead, starts_at=NINE, organization="Eins GmbH", email="eins@firma.example")
    later = AppointmentFactory(
        advisor=lead, starts_at=NINE + timedelta(days=1), organization="Zwei GmbH", status=Status.CANCELLED
    )
    for query, found in (
        ("", ["Eins GmbH", "Zwei GmbH"]),
        ("&status=booked", ["Eins GmbH"]),
        ("&q=eins@firma.example", ["Eins GmbH"]),
        (f"&q={later.reference}", ["Zwei GmbH"]),
        ("&starts_at_from=2026-12-02", ["Zwei GmbH"]),
        (f"&advisor={lead.pk}&service={later.service_id}&kind=phone", []),
    ):
        assert [row["Betrieb"] for row in rows_of(lead.user, query)] == found, query


def test_own_questions_have_a_column_each_in_a_stable_order(lead, service):
    """Also those that nobody answered, and those that the service has lost since."""
    places = ServiceQuestionFactory(service=service, sort_order=1)
    people = ServiceQuestionFactory(service=service, label="Wie viele kommen?", sort_order=0)
    elsewhere = ServiceFactory(slug="andere", name="Andere", position=9)
    ServiceQuestionFactory(service=elsewhere, label="=Was?", sort_order=0)
    gone = {"id": 0, "question": "Früher gefragt?", "answer": "ja"}
    answers = [{"id": places.pk, "question": "Alte Worte?", "answer": "=1+1"}, gone]
    AppointmentFactory(advisor=lead, starts_at=NINE, answers=answers)
    AppointmentFactory(advisor=lead, starts_at=NINE + timedelta(days=1), service=elsewhere)
    headings = [
        f"Erstberatung: {people.label}",
        f"Erstberatung: {places.label}",
        "Andere: =Was?",
        "Erstberatung: Früher gefragt?",
    ]
    first, later = rows_of(lead.user)
    assert list(first)[-4:] == headings
    assert [first[heading] for heading in headings] == ["", "'=1+1", "", "ja"]
    assert [later[heading] for heading in headings] == ["", "", "", ""]


def test_heading_of_a_question_is_no_formula(lead):
    ServiceFactory(slug="formel", name="=Formel", position=1)
    AppointmentFactory(
        advisor=lead,
        service=ServiceFactory(slug="formel"),
        starts_at=NINE,
        answers=[{"id": 0, "question": "A", "answer": "@b"}],
    )
    (row,) = rows_of(lead.user)
    assert row["'=Formel: A"] == "'@b"


def test_another_office_is_not_in_the_file(lead):
    AppointmentFactory(starts_at=NINE, organization="Fremde GmbH")
    assert rows_of(lead.user) == []
    assert [row["Betrieb"] for row in rows_of(administrator())] == ["Fremde GmbH"]


def test_advisors_get_no_file(lead, office):
    advisor = advisor_with_account(office=office)
    let_colleagues_see()
    AppointmentFactory(advisor=advisor, starts_at=NINE)
    client = client_of(advisor.user)
    response = client.get(reverse("termine:index") + "?export=csv")
    assert response.headers["Content-Type"].startswith("text/html")
    assert "Liste als CSV" not in response.content.decode()
    client = client_of(lead.user)
    assert client.get(reverse("termine:index") + "?export=xlsx").headers["Content-Type"].startswith("text/html")
    assert "Liste als CSV" in client.get(reverse("termine:index")).content.decode()


@pytest.mark.parametrize("items", [1, 3])
def test_file_takes_as_many_queries_for_three_as_for_one(lead, django_assert_num_queries, items):
    for number in range(items):
        question = ServiceQuestionFactory(service__slug=f"anliegen-{number}", service__name=f"Anliegen {number}")
        AppointmentFactory(advisor=lead, service=question.service, starts_at=NINE + timedelta(days=number))
    client = client_of(lead.user)
    with django_assert_num_queries(9):
        b"".join(client.get(reverse("termine:index") + "?export=csv"))
