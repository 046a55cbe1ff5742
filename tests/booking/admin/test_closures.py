"""Closures that recur, and the suggestion of bridge days."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from booking.models import Closure
from foundation.recurrences.text import as_text
from tests.factories.accounts import administrator, client_of
from tests.factories.booking import ClosureFactory
from tests.factories.offices import weekly

pytestmark = pytest.mark.django_db
ADD = "schliesszeiten:add"


def values(**changes):
    return {
        "reason": "Teamrunde",
        "first_day": "2026-12-01",
        "last_day": "2027-03-31",
        "start_time": "",
        "end_time": "",
        "days": "RRULE:FREQ=MONTHLY;BYDAY=1MO",
        **changes,
    }


def test_a_closure_recurs_and_says_so_in_german(client, advisor):
    assert client.post(reverse(ADD), values()).status_code == 302
    closure = Closure.objects.get()
    assert closure.advisor == advisor
    assert closure.days_between(date(2026, 1, 1), date(2028, 1, 1)) == (
        date(2026, 12, 7), date(2027, 1, 4), date(2027, 2, 1), date(2027, 3, 1),
    )  # fmt: skip
    assert "jeden Monat am ersten Montag" in client.get(reverse("schliesszeiten:index")).content.decode()


@pytest.mark.parametrize("without", [{"days": ""}, {}], ids=["empty", "not sent"])
def test_a_closure_without_recurrence_is_every_day(client, without):
    form = values(last_day="2026-12-03")
    del form["days"]
    assert client.post(reverse(ADD), form | without).status_code == 302
    closure = Closure.objects.get()
    assert (closure.recurs, as_text(closure.days)) == (False, "")
    assert len(closure.days_between(date(2026, 1, 1), date(2028, 1, 1))) == 3
    assert client.get(reverse("schliesszeiten:edit", args=[closure.pk])).status_code == 200


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"last_day": "2026-12-05"}, "Diese Regel trifft vom ersten bis zum letzten Tag keinen einzigen Tag."),
        ({"days": "EXDATE:20261205T120000Z"}, "Diese Regel trifft vom ersten bis zum letzten Tag keinen einzigen Tag."),
        ({"days": "RRULE:FREQ=WEEKLY;INTERVAL=0"}, "Diese Regel lässt sich nicht lesen."),
        ({"days": "DTSTART:20261201T000000Z"}, "Beginn und Ende gehören in die Felder"),
    ],
)
def test_a_recurrence_without_days_is_refused(client, changes, message):
    response = client.post(reverse(ADD), values(**changes))
    assert message in str(response.context["form"].errors["days"])
    assert not Closure.objects.exists()


def test_a_closure_of_a_century_is_no_burden():
    closure = ClosureFactory.build(first_day=date(1, 1, 1), last_day=date(9999, 12, 31), days=weekly(1))
    closure.clean()
    assert closure.days_between(date(2026, 11, 24), date(2026, 11, 25)) == (date(2026, 11, 24),)


def in_november():
    return time_machine.travel(datetime(2026, 11, 23, 7, tzinfo=UTC), tick=False)


def test_a_bridge_day_leads_to_a_filled_form_that_get_never_saves(advisor):
    with in_november():
        client = client_of(advisor.user)
        page = client.get(reverse("schliesszeiten:index")).content.decode()
        address = reverse(ADD) + "?brueckentag=2027-05-07"
        assert "Freitag, 7. Mai 2027" in page
        assert "Christi Himmelfahrt" in page
        assert f'href="{address}"' in page
        form = client.get(address).context["form"]
        assert (form["reason"].value(), form["first_day"].value()) == ("Brückentag", date(2027, 5, 7))
        assert not Closure.objects.exists()
        day = "2027-05-07"
        client.post(reverse(ADD), values(reason="Brückentag", first_day=day, last_day=day, days=""))
        assert Closure.objects.get().advisor == advisor
        assert "2027-05-07" not in client.get(reverse("schliesszeiten:index")).content.decode()


@pytest.mark.parametrize("wrong", ["", "kaputt", "2027-02-30", "9" * 400, "2027-05-07%00"])
def test_a_wrong_suggestion_fills_nothing(client, wrong):
    response = client.get(f"{reverse(ADD)}?brueckentag={wrong}")
    assert response.status_code == 200
    assert response.context["form"]["reason"].value() in (None, "")


def test_administrators_see_the_bridge_days_of_all_offices(advisor):
    advisor.office.holidays = [*advisor.office.holidays, "corpus_christi"]
    advisor.office.save()
    with in_november():
        page = client_of(administrator()).get(reverse("schliesszeiten:index")).content.decode()
    assert "Fronleichnam" in page
