"""„Kontakte“: the editors of an office keep its phone, hours and the profiles of its people, and nobody else's."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from foundation.models import User
from offices.models import Advisor, Office
from tests.factories.accounts import administrator, advisor_with_account, client_of, director, editor, office_editor
from tests.factories.home import PictureFactory
from tests.factories.offices import AdvisorFactory
from tests.home.test_office_pages import PICTURE, offices  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db

EMPTY_TEXT = '{"blocks": [], "entityMap": {}}'


@pytest.fixture
def me(offices) -> User:  # noqa: F811
    return office_editor(offices["Hameln"])


@pytest.fixture
def people(offices) -> dict[str, Advisor]:  # noqa: F811
    return {
        "mine": AdvisorFactory(name="Nora Nord", office=offices["Hameln"], role="Beratung"),
        "hidden": AdvisorFactory(name="Uwe Ungenannt", office=offices["Hameln"], is_public=False),
        "former": AdvisorFactory(name="Eva Ehemals", office=offices["Hameln"], is_active=False),
        "theirs": AdvisorFactory(name="Sven Süd", office=offices["Vechta"]),
    }


def edit(who: User, thing: Office | Advisor, /, **values: object) -> HttpResponse:
    name = "kontakt-buero" if isinstance(thing, Office) else "kontakt-menschen"
    return client_of(who).post(reverse(f"{name}:edit", args=[thing.pk]), nested_form_data(values))


def hours(*rows: tuple[int, str, str]) -> dict[str, object]:
    return inline_formset([{"weekday": day, "opens_at": start, "closes_at": end} for day, start, end in rows])


def test_lists_show_the_own_office_and_whom_the_website_names(me, people):
    client = client_of(me)
    shown = {name: client.get(reverse(f"{name}:index")) for name in ("kontakt-buero", "kontakt-menschen")}
    found = {name: [str(row) for row in answer.context["object_list"]] for name, answer in shown.items()}
    assert found == {"kontakt-buero": ["Büro Hameln"], "kontakt-menschen": ["Nora Nord"]}
    assert "Kontakte" in client.get(reverse("wagtailadmin_home")).text


def test_phone_arrival_and_hours_of_the_own_office_are_changed_and_nothing_else(me, offices):  # noqa: F811
    office = offices["Hameln"]
    kept = {"name": office.name, "email": office.email, "slug": office.slug, "street": office.street, "is_active": True}
    forged = {"name": "Neu", "email": "fremd@example.org", "slug": "neu", "street": "Woanders 1", "is_active": ""}
    values = {
        "phone": "05151 1234",
        "arrival": "Bus 20.",
        "step_free": "on",
        "opening_hours": hours((0, "09:00", "12:00")),
    }
    answer = edit(me, office, **values, **forged)
    assert answer.url == reverse("kontakt-buero:index")
    office = Office.objects.get(pk=office.pk)
    assert (office.phone, office.arrival, office.step_free) == ("05151 1234", "Bus 20.", True)
    assert list(map(str, office.opening_hours.all())) == ["Montag 09:00–12:00"]
    assert {name: getattr(office, name) for name in kept} == kept
    assert [entry.user for entry in ModelLogEntry.objects.filter(action="wagtail.edit")] == [me]


def test_the_profile_of_an_own_person_is_changed_and_nothing_else(me, people, offices):  # noqa: F811
    person, portrait = people["mine"], PictureFactory(collection=offices["Hameln"].editors.collection)
    kept = {name: getattr(person, name) for name in ("name", "email", "user_id", "office_id", "is_public", "in_pool")}
    forged = {"name": "Neu", "email": "fremd@example.org", "user": me.pk, "office": offices["Vechta"].pk}
    values = {"role": "Leitung", "focus": "Holz", "phone": "1", "portrait": portrait.pk, "about": EMPTY_TEXT}
    assert edit(me, person, **values, **forged).url == reverse("kontakt-menschen:index")
    person = Advisor.objects.get(pk=person.pk)
    assert (person.role, person.focus, person.phone, person.portrait) == ("Leitung", "Holz", "1", portrait)
    assert {name: getattr(person, name) for name in kept} == kept


def test_a_portrait_of_another_collection_is_refused_and_the_old_one_stays(me, people, offices):  # noqa: F811
    person, theirs = people["mine"], PictureFactory(title="Geheim", collection=offices["Vechta"].editors.collection)
    answer = edit(me, person, role="Leitung", portrait=theirs.pk, about=EMPTY_TEXT)
    assert answer.context["form"].errors == {"portrait": [PICTURE]}
    assert PICTURE in answer.text
    assert "Geheim" not in answer.text
    Advisor.objects.filter(pk=person.pk).update(portrait=theirs)
    assert edit(me, person, role="Leitung", portrait=theirs.pk, about=EMPTY_TEXT).status_code == 302


def test_what_is_missing_or_wrong_is_said(me, offices):  # noqa: F811
    answer = edit(me, offices["Hameln"], phone="1" * 41, opening_hours=hours((9, "09:00", "12:00")))
    assert list(answer.context["form"].errors) == ["phone"]
    assert answer.context["form"].formsets["opening_hours"].errors[0].keys() == {"weekday"}


@pytest.mark.parametrize("name", ["hidden", "former", "theirs"])
def test_people_of_others_and_whom_nobody_sees_are_not_found(me, people, name):
    assert edit(me, people[name], role="Neu").status_code == 404
    assert client_of(me).get(reverse("kontakt-menschen:edit", args=[people[name].pk])).status_code == 404
    assert Advisor.objects.get(pk=people[name].pk).role == people[name].role


def test_another_office_is_not_found(me, offices):  # noqa: F811
    before = offices["Vechta"].phone
    assert edit(me, offices["Vechta"], phone="1", opening_hours=hours()).status_code == 404
    assert Office.objects.get(pk=offices["Vechta"].pk).phone == before


@pytest.mark.parametrize(
    "who",
    [editor, director, administrator, lambda: advisor_with_account("x").user],
    ids=["Redaktion", "Leitung", "Administration", "Beratung"],
)
def test_nobody_else_has_these_lists(offices, people, who):  # noqa: F811
    user = who()
    client = client_of(user)
    for name, thing in (("kontakt-buero", offices["Hameln"]), ("kontakt-menschen", people["mine"])):
        assert client.get(reverse(f"{name}:index")).url == reverse("wagtailadmin_home")
        assert edit(user, thing, phone="1").url == reverse("wagtailadmin_home")
    assert reverse("kontakt-buero:index") not in client.get(reverse("wagtailadmin_home")).text


def test_the_editors_own_address_of_an_office_stays(offices):  # noqa: F811
    office = offices["Hameln"]
    assert AdminURLFinder(administrator()).get_edit_url(office) == reverse("bueros:edit", args=[office.pk])


@pytest.mark.parametrize("number", [1, 3])
def test_lists_cost_the_same_for_few_and_many_people(me, offices, number, django_assert_num_queries):  # noqa: F811
    for _ in range(number):
        AdvisorFactory(office=offices["Hameln"])
    client = client_of(me)
    client.get(reverse("kontakt-menschen:index"))
    with django_assert_num_queries(11):
        client.get(reverse("kontakt-menschen:index"))
