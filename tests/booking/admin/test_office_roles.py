"""S1 between offices: who leads one sees and changes its rows, colleagues read, another office does not exist."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from booking.enums import Status
from booking.models import AvailabilityRule, Closure
from tests.booking.admin.test_own_rows import LISTS, MARKER, addresses, rule_form, snapshot
from tests.factories.accounts import advisor_with_account, client_of, let_colleagues_see, office_lead
from tests.factories.booking import AdvisorFeedFactory, AppointmentFactory, AvailabilityRuleFactory, ClosureFactory
from tests.factories.offices import OfficeFactory

pytestmark = pytest.mark.django_db

STARTS = datetime(2030, 1, 8, 9, tzinfo=UTC)


@pytest.fixture
def office():
    return OfficeFactory(name="MehrWert-Büro Hameln", slug="hameln")


@pytest.fixture
def lead(office):
    return office_lead(name="Lea Leitung", office=office)


@pytest.fixture
def colleague(office):
    return advisor_with_account("kollege", name="Karl Kollege", office=office)


@pytest.fixture
def stranger():
    return advisor_with_account("fremd", name=f"{MARKER} Fremd", slug="markerfrau")


def things_of(advisor, word: str) -> dict[str, object]:
    return {
        "beratungszeiten": AvailabilityRuleFactory(advisor=advisor),
        "schliesszeiten": ClosureFactory(advisor=advisor, reason=f"{word} Kur"),
        "termine": AppointmentFactory(advisor=advisor, organization=f"{word} GmbH", starts_at=STARTS),
    }


@pytest.fixture
def foreign(stranger):
    things = things_of(stranger, MARKER)
    ClosureFactory(office=stranger.office, advisor=None, reason=f"{MARKER} Umzug")
    AdvisorFeedFactory(advisor=stranger, name=f"{MARKER} Handy")
    return things


@pytest.fixture(params=["lead", "reader"])
def client(request, lead, office):
    """Of the head of the office, and of an advisor who may read what colleagues do."""
    if request.param == "lead":
        return client_of(lead.user)
    reader = advisor_with_account("leser", office=office)
    let_colleagues_see()
    return client_of(reader.user)


def test_another_office_is_not_found(client, foreign):
    before = snapshot()
    tried = 0
    for namespace, thing in foreign.items():
        for address in addresses(namespace, thing.pk):
            for method in (client.get, client.post):
                response = method(address)
                assert response.status_code in {404, 405}, address
                assert response.status_code == 404 or method == client.get
                assert MARKER not in response.content.decode()
                tried += 1
    assert tried == 2 * (6 + 6 + 5)
    assert snapshot() == before


def test_lists_and_their_filters_name_nobody_of_another_office(client, foreign, colleague):
    AppointmentFactory(advisor=colleague, organization="Hiesige GmbH", starts_at=STARTS)
    for namespace, thing in foreign.items():
        for route in LISTS:
            for query in ("", f"?q={MARKER[:6]}", "?export=csv", "?export=xlsx", f"?advisor={thing.advisor_id}"):
                response = client.get(reverse(f"{namespace}:{route}") + query)
                body = b"".join(response) if response.streaming else response.content
                assert response.status_code == 200
                assert MARKER not in body.decode(errors="replace"), (namespace, query)
    page = client.get(reverse("termine:index")).content.decode()
    assert "Hiesige GmbH" in page
    assert "Karl Kollege" in page


def test_head_reads_and_changes_what_belongs_to_the_office(lead, colleague):
    client = client_of(lead.user)
    things = things_of(colleague, "Hiesige")
    appointment = things["termine"]
    assert "Absagen" in client.get(reverse("termine:inspect", args=[appointment.pk])).content.decode()
    client.post(reverse("termine:cancel", args=[appointment.pk]), {"reason": "Krank"})
    appointment.refresh_from_db()
    assert (appointment.status, appointment.events.get().actor) == (Status.CANCELLED, lead.user)
    rule = things["beratungszeiten"]
    client.post(reverse("beratungszeiten:edit", args=[rule.pk]), rule_form(colleague, start_time="10:00"))
    rule.refresh_from_db()
    assert (rule.advisor, f"{rule.start_time:%H}") == (colleague, "10")
    client.post(reverse("schliesszeiten:delete", args=[things["schliesszeiten"].pk]))
    assert not Closure.objects.exists()


def test_head_sees_an_appointment_that_a_guest_gives_at_the_office(lead, stranger):
    guest = AppointmentFactory(advisor=stranger, office=lead.office, organization="Gast GmbH", starts_at=STARTS)
    client = client_of(lead.user)
    assert "Gast GmbH" in client.get(reverse("termine:index")).content.decode()
    assert client.get(reverse("termine:inspect", args=[guest.pk])).status_code == 200


def test_head_saves_for_the_office_only(lead, colleague, stranger):
    client = client_of(lead.user)
    refused = client.post(reverse("beratungszeiten:add"), rule_form(stranger))
    assert "advisor" in refused.context["form"].errors
    client.post(reverse("beratungszeiten:add"), rule_form(colleague))
    assert AvailabilityRule.objects.get().advisor == colleague

    day = {"reason": "Umbau", "first_day": "2026-12-07", "last_day": "2026-12-07"}
    address = reverse("schliesszeiten:add")
    for values, field in (
        ({"office": stranger.office_id}, "office"),
        ({"advisor": stranger.pk}, "advisor"),
        ({"office": "", "advisor": ""}, "__all__"),
    ):
        assert field in client.post(address, day | values).context["form"].errors
    assert not Closure.objects.exists()
    client.post(address, day | {"office": lead.office_id})
    assert Closure.objects.get().office == lead.office


def test_colleague_reads_but_changes_nothing(office, colleague):
    reader = advisor_with_account("leser", office=office)
    things = things_of(colleague, "Hiesige")
    client = client_of(reader.user)
    inspect = reverse("termine:inspect", args=[things["termine"].pk])
    assert client.get(inspect).status_code == 404
    let_colleagues_see()
    page = client.get(inspect).content.decode()
    assert "Hiesige GmbH" in page
    assert "/absagen/" not in page
    assert "/notiz/" not in page
    before = snapshot()
    for namespace, thing in things.items():
        for address in addresses(namespace, thing.pk):
            if address != inspect:
                assert client.post(address).status_code == 404, address
    assert snapshot() == before


@pytest.mark.parametrize("reach", ["lead", "reader"])
def test_s1_whoever_works_in_two_offices_reaches_the_rows_of_the_own_one(lead, office, stranger, foreign, reach):
    """Times given elsewhere open nothing there, neither for the head of an office nor for who may read."""
    person = lead if reach == "lead" else advisor_with_account("leser", office=office)
    let_colleagues_see()
    AvailabilityRuleFactory(advisor=person, office=stranger.office)
    own = AppointmentFactory(advisor=person, office=stranger.office, organization="Eigene GmbH", starts_at=STARTS)
    client = client_of(person.user)
    page = client.get(reverse("termine:index")).content.decode()
    assert ("Eigene GmbH" in page, MARKER in page) == (True, False)
    assert client.get(reverse("termine:inspect", args=[own.pk])).status_code == 200
    before = snapshot()
    for namespace, thing in foreign.items():
        for address in addresses(namespace, thing.pk):
            response = client.post(address)
            assert (response.status_code, MARKER in response.content.decode()) == (404, False), address
    assert snapshot() == before


def test_former_head_has_nothing(lead, colleague):
    lead.is_active = False
    lead.save()
    thing = AppointmentFactory(advisor=colleague, organization=f"{MARKER} GmbH", starts_at=STARTS)
    client = client_of(lead.user)
    for address in (reverse("termine:index"), reverse("termine:inspect", args=[thing.pk])):
        assert MARKER not in client.get(address, follow=True).content.decode()


def test_calendar_links_of_colleagues_stay_theirs(lead, colleague):
    feed = AdvisorFeedFactory(advisor=colleague)
    client = client_of(lead.user)
    assert client.get(reverse("advisor_calendar") + f"?beratungsperson={colleague.pk}").status_code == 404
    assert client.post(reverse("advisor_calendar_renew", args=[feed.uid])).status_code == 404


@pytest.mark.parametrize("items", [1, 3])
def test_list_of_an_office_takes_as_many_queries_for_three_as_for_one(
    lead, colleague, django_assert_num_queries, items
):
    client = client_of(lead.user)
    for number in range(items):
        AppointmentFactory(advisor=colleague, starts_at=STARTS + timedelta(days=number))
    client.get(reverse("termine:index"))
    with django_assert_num_queries(13):
        client.get(reverse("termine:index"))
