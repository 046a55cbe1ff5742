"""„Auswirkung zeigen“ beside saving: what it shows and to whom, and that it saves nothing."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.apps import apps
from django.urls import reverse

from booking.models import Closure
from tests.factories.accounts import administrator, advisor_with_account, client_of, editor, office_lead
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ClosureFactory
from tests.factories.offices import OfficeFactory

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 12, 1, 8, tzinfo=UTC)
ADD = "schliesszeiten:add"


@pytest.fixture
def mine(now, office, service):
    advisor = advisor_with_account(name="Nora Nord", office=office)
    AvailabilityRuleFactory(advisor=advisor)
    return advisor


def block(advisor, **changes):
    day = {"beratung": advisor.pk, "tag": "2026-12-01", "von": "09:30", "bis": "10:30", "grund": "Fortbildung"}
    return day | {"auswirkung": "1"} | changes


def closure_form(**changes):
    days = {"reason": "Urlaub", "first_day": "2026-12-01", "last_day": "2026-12-02", "start_time": "", "end_time": ""}
    return days | {"days": "", "auswirkung": "1"} | changes


def everything():
    """All rows of the booking and of the log, as they are stored."""
    models = [*apps.get_app_config("booking").get_models(), apps.get_model("wagtailcore", "ModelLogEntry")]
    return {model: list(model._default_manager.order_by("pk").values()) for model in models}


def test_blocking_shows_its_effect_and_saves_nothing(mine, service):
    met = AppointmentFactory(advisor=mine, service=service, starts_at=NINE + timedelta(minutes=30))
    later = AppointmentFactory(advisor=mine, service=service, starts_at=NINE + timedelta(days=3))
    stored = everything()
    response = client_of(mine.user).post(reverse("termine:block"), block(mine, bis="12:00"))
    assert everything() == stored
    page = response.content.decode()
    assert "Noch ist nichts gespeichert." in page
    assert "Freie Zeiten bis 22. Januar 2027: 2 fallen weg" in page
    [week] = response.context["effect"]["weeks"]
    assert (week["effect"].monday, week["effect"].lost, week["effect"].gained) == (date(2026, 11, 30), 2, 0)
    assert "KW 49" in page
    assert "1. Dezember 2026, 9:30 Uhr, Erstberatung" in page
    assert reverse("termine:inspect", args=[met.pk]) in page
    assert reverse("termine:inspect", args=[later.pk]) not in page
    assert response.context["form"]["grund"].value() == "Fortbildung"


def test_new_closure_shows_its_effect_and_saves_nothing(mine):
    AppointmentFactory(advisor=mine, starts_at=NINE)
    stored = everything()
    response = client_of(mine.user).post(reverse(ADD), closure_form())
    assert response.status_code == 200
    assert everything() == stored
    assert response.context["effect"]["lost"] == 8
    assert "1. Dezember 2026, 9:00 Uhr, Erstberatung" in response.content.decode()
    assert response.context["form"]["reason"].value() == "Urlaub"


def test_shorter_closure_shows_what_it_gives_back_and_saves_nothing(mine):
    closure = ClosureFactory(advisor=mine, last_day=date(2026, 12, 2))
    stored = everything()
    response = client_of(mine.user).post(
        reverse("schliesszeiten:edit", args=[closure.pk]), closure_form(last_day="2026-12-01")
    )
    assert everything() == stored
    page = response.content.decode()
    assert "Freie Zeiten bis 22. Januar 2027: 5 kommen dazu" in page
    assert "Kein gebuchter Termin wird neu betroffen." in page


def test_closure_that_changes_nothing_says_so(mine):
    page = client_of(mine.user).post(reverse("termine:block"), block(mine, von="18:00", bis="19:00")).content.decode()
    assert "Bis 22. Januar 2027 ändert sich an den freien Zeiten nichts." in page


def test_saving_still_saves(mine):
    form = closure_form()
    del form["auswirkung"]
    client = client_of(mine.user)
    assert client.post(reverse(ADD), form).status_code == 302
    closure = Closure.objects.get()
    form["last_day"] = "2026-12-03"
    assert client.post(reverse("schliesszeiten:edit", args=[closure.pk]), form).status_code == 302
    assert Closure.objects.get().last_day == date(2026, 12, 3)


@pytest.mark.parametrize(
    ("name", "form", "field", "status"),
    [
        ("termine:block", {"von": "11:00"}, "bis", 422),
        ("termine:block", {"tag": "kaputt"}, "tag", 422),
        (ADD, {"last_day": "2026-11-30"}, "last_day", 200),
        (ADD, {"first_day": "kaputt"}, "first_day", 200),
    ],
)
def test_bad_input_shows_its_errors_and_no_effect(mine, name, form, field, status):
    values = block(mine, **form) if name == "termine:block" else closure_form(**form)
    response = client_of(mine.user).post(reverse(name), values)
    assert response.status_code == status
    assert field in response.context["form"].errors
    assert "Noch ist nichts gespeichert." not in response.content.decode()


@pytest.mark.parametrize(("elsewhere", "words"), [(1, "ein Termin, den Sie"), (2, "2 Termine, die Sie")])
def test_appointments_of_another_office_are_only_counted(mine, service, elsewhere, words):
    """A visitor's appointments at home are none of the host's business."""
    visitor = advisor_with_account("gast", name="Gerd Gast", office=OfficeFactory())
    AvailabilityRuleFactory(advisor=visitor, office=mine.office, start_time=time(14), end_time=time(16))
    here = AppointmentFactory(advisor=visitor, office=mine.office, service=service, starts_at=NINE)
    hidden = [
        AppointmentFactory(advisor=visitor, service=service, starts_at=NINE + timedelta(hours=2 + number))
        for number in range(elsewhere)
    ]
    lead = client_of(office_lead(office=mine.office).user)
    page = lead.post(reverse("termine:block"), block(visitor, von="09:00", bis="18:00")).content.decode()
    assert reverse("termine:inspect", args=[here.pk]) in page
    assert f"dazu {words} nicht einsehen können" in page
    assert not any(reverse("termine:inspect", args=[each.pk]) in page for each in hidden)
    assert client_of(administrator()).post(reverse(ADD), closure_form(advisor=visitor.pk)).context["effect"]["met"] == [
        here,
        *hidden,
    ]


def test_foreign_closures_show_no_effect(mine):
    foreign = ClosureFactory(advisor=advisor_with_account("fremd", name="Frieda Fremd"))
    client = client_of(mine.user)
    assert client.post(reverse("schliesszeiten:edit", args=[foreign.pk]), closure_form()).status_code == 404
    assert client.post(reverse("termine:block"), block(foreign.advisor)).status_code == 422
    assert client_of(editor()).post(reverse(ADD), closure_form()).status_code == 302


def test_each_ready_mail_is_shown_before_a_closure_is_saved(mine, service):
    met = AppointmentFactory(advisor=mine, service=service, starts_at=NINE)
    mute = AppointmentFactory(advisor=mine, service=service, starts_at=NINE + timedelta(hours=1), email="", phone="1")
    client = client_of(mine.user)
    form = closure_form(last_day="2026-12-03")
    page = client.post(reverse(ADD), form).content.decode()
    button = f'form="w-editor-form" name="auswirkung" value="mail-{met.pk}">E-Mail ansehen'
    assert button in page
    assert "E-Mail an den Betrieb" not in page
    assert f'name="auswirkung" value="mail-{mute.pk}"' not in page
    assert "ohne E-Mail-Adresse, 1" in page
    stored = everything()
    page = client.post(reverse(ADD), form | {"auswirkung": f"mail-{met.pk}"}).content.decode()
    assert everything() == stored
    assert "Ihr Termin am 01.12.2026 fällt aus" in page
    # Days that the closure would close are not offered, though nothing is saved.
    times = re.findall(r"- (\w+, \d+\. \w+) 2026", page)
    assert times == ["Freitag, 27. November", "Montag, 30. November", "Freitag, 4. Dezember"]
    page = client.post(reverse("termine:block"), block(mine, auswirkung=f"mail-{met.pk}")).content.decode()
    assert button.replace("w-editor-form", "block") in page
    assert "Ihr Termin am 01.12.2026 fällt aus" in page
    mine.availability_rules.all().delete()
    page = client.post(reverse(ADD), form | {"auswirkung": f"mail-{met.pk}"}).content.decode()
    assert "Für diesen Termin ist keine andere Zeit frei." in page


@pytest.mark.parametrize("items", [1, 3])
def test_effect_takes_as_many_queries_for_three_as_for_one(mine, django_assert_num_queries, items):
    for number in range(items):
        AppointmentFactory(advisor=mine, starts_at=NINE + timedelta(hours=number))
    client = client_of(mine.user)
    values = block(mine, von="08:00", bis="18:00")
    client.post(reverse("termine:block"), values)
    with django_assert_num_queries(23):
        assert len(client.post(reverse("termine:block"), values).context["effect"]["met"]) == items
