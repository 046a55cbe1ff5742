"""S1: an advisor asks for everything of a colleague, by id, through every address of the admin."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django.core.serializers import serialize
from django.urls import NoReverseMatch, reverse

from booking.enums import Status
from booking.models import AdvisorFeed, Appointment, AvailabilityRule, Closure
from tests.factories.accounts import administrator, advisor_with_account, client_of, editor
from tests.factories.booking import AdvisorFeedFactory, AppointmentFactory, AvailabilityRuleFactory, ClosureFactory

pytestmark = pytest.mark.django_db

MARKER = "Markerfrau"
ROUTES = (
    "edit",
    "delete",
    "copy",
    "history",
    "history_results",
    "usage",
    "inspect",
    "cancel",
    "move",
    "outcome",
    "note",
)
POST_ONLY = ("absagen", "ergebnis", "notiz")
LISTS = ("index", "index_results")
RULE = "RRULE:FREQ=WEEKLY;BYDAY=TU"


@pytest.fixture
def north():
    return advisor_with_account("nord", name="Nora Nord")


@pytest.fixture
def south():
    return advisor_with_account("sued", name=f"{MARKER} Süd", slug="markerfrau")


@pytest.fixture
def things(south):
    """One of each kind, all of the colleague's and all with the marker in them."""
    return {
        "beratungszeiten": AvailabilityRuleFactory(advisor=south),
        "schliesszeiten": ClosureFactory(advisor=south, reason=f"{MARKER} Kur"),
        "termine": AppointmentFactory(
            advisor=south, organization=f"{MARKER} GmbH", starts_at=datetime(2030, 1, 8, 9, tzinfo=UTC)
        ),
    }


def addresses(namespace: str, pk: int) -> list[str]:
    found = []
    for route in ROUTES:
        try:
            found.append(reverse(f"{namespace}:{route}", args=[pk]))
        except NoReverseMatch:
            continue
    return found


def snapshot() -> str:
    models = (AvailabilityRule, Closure, Appointment, AdvisorFeed)
    return "\n".join(serialize("json", model.objects.order_by("pk")) for model in models)


def test_every_address_of_a_colleagues_row_is_not_found(north, things):
    client = client_of(north.user)
    before = snapshot()
    tried = 0
    for namespace, thing in things.items():
        for address in addresses(namespace, thing.pk):
            for method in (client.get, client.post):
                response = method(address)
                is_post_only = any(word in address for word in POST_ONLY)
                expected = 405 if is_post_only and method == client.get else 404
                assert response.status_code == expected, (address, response.status_code)
                assert MARKER not in response.content.decode()
                tried += 1
    assert tried == 2 * (6 + 6 + 5)
    assert snapshot() == before


def test_lists_show_own_rows_only(north, things):
    client = client_of(north.user)
    mine = AvailabilityRuleFactory(advisor=north)
    AppointmentFactory(advisor=north, organization="Eigene AG")
    ClosureFactory(advisor=north, reason="Eigener Urlaub")
    for namespace in things:
        for route in LISTS:
            for query in (
                "",
                f"?q={MARKER[:6]}",
                "?export=csv",
                "?ordering=-pk",
                f"?advisor={things[namespace].advisor_id}",
            ):
                response = client.get(reverse(f"{namespace}:{route}") + query)
                body = b"".join(response) if response.streaming else response.content
                assert response.status_code == 200
                assert MARKER not in body.decode(), query
    page = client.get(reverse("beratungszeiten:index")).content.decode()
    assert reverse("beratungszeiten:edit", args=[mine.pk]) in page
    assert "Eigene AG" in client.get(reverse("termine:index")).content.decode()
    assert "Eigener Urlaub" in client.get(reverse("schliesszeiten:index")).content.decode()


def test_no_report_and_no_front_page_names_colleagues(north, south, things):
    of_south = client_of(south.user)
    of_south.post(reverse("beratungszeiten:edit", args=[things["beratungszeiten"].pk]), rule_form(south))
    client = client_of(north.user)
    for address in (
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_reports:site_history") + "?export=csv",
        reverse("wagtailadmin_reports:site_history_results"),
        reverse("beratungszeiten:add"),
        reverse("schliesszeiten:add"),
        reverse("advisor_calendar"),
    ):
        response = client.get(address)
        body = b"".join(response) if response.streaming else response.content
        assert response.status_code in {200, 302}, address
        assert MARKER not in body.decode(), address


def rule_form(advisor, **values):
    return {
        "advisor": advisor.pk,
        "office": advisor.office_id,
        "days": RULE,
        "start_time": "09:00",
        "end_time": "12:00",
        "valid_from": "2026-12-01",
        "valid_until": "",
        "kinds": ["office", "phone"],
        **values,
    }


def test_rule_is_saved_for_oneself_whoever_the_form_names(north, south):
    client = client_of(north.user)
    response = client.post(reverse("beratungszeiten:add"), rule_form(south))
    rule = AvailabilityRule.objects.get()
    assert response.status_code == 302
    assert (rule.advisor, rule.office, rule.kinds) == (north, south.office, ["office", "phone"])

    client.post(reverse("beratungszeiten:edit", args=[rule.pk]), rule_form(south, start_time="10:00"))
    rule.refresh_from_db()
    assert (rule.advisor, rule.start_time) == (north, time(10))


def test_absence_is_saved_for_oneself_whoever_the_form_names(north, south):
    values = {
        "reason": "Fortbildung",
        "advisor": south.pk,
        "office": south.office_id,
        "first_day": "2026-12-07",
        "last_day": "2026-12-08",
    }
    response = client_of(north.user).post(reverse("schliesszeiten:add"), values)
    closure = Closure.objects.get()
    assert response.status_code == 302
    assert (closure.advisor, closure.office, closure.first_day) == (north, None, date(2026, 12, 7))


@pytest.mark.parametrize("action", ["advisor_calendar_renew", "advisor_calendar_off"])
def test_colleagues_feed_is_not_found(north, south, action):
    feed = AdvisorFeedFactory(advisor=south, name=f"{MARKER} Handy")
    client = client_of(north.user)
    response = client.post(reverse(action, args=[feed.uid]))
    assert response.status_code == 404
    assert MARKER not in response.content.decode()
    assert client.get(reverse("advisor_calendar") + f"?beratungsperson={south.pk}").status_code == 404
    values = {"name": "Meins", "detail": "full", "beratungsperson": south.pk}
    assert client.post(reverse("advisor_calendar"), values).status_code == 404
    feed.refresh_from_db()
    assert (feed.version, feed.revoked_at, AdvisorFeed.objects.count()) == (1, None, 1)


def former(south):
    south.is_active = False
    south.save()
    return south.user


@pytest.mark.parametrize("who", [lambda south: editor(), former], ids=["editor", "former advisor"])
def test_without_a_desk_there_is_nothing(south, things, who):
    client = client_of(who(south))
    for namespace, thing in things.items():
        for address in (*addresses(namespace, thing.pk), *(reverse(f"{namespace}:{route}") for route in LISTS)):
            response = client.get(address)
            assert response.status_code in {302, 404, 405}, address
            assert MARKER not in response.content.decode()
    assert client.get(reverse("advisor_calendar")).status_code == 302


def test_administrators_see_everything(things):
    client = client_of(administrator())
    for namespace, thing in things.items():
        assert MARKER in client.get(reverse(f"{namespace}:index")).content.decode()
        route = "inspect" if namespace == "termine" else "edit"
        assert client.get(reverse(f"{namespace}:{route}", args=[thing.pk])).status_code == 200


def test_appointments_have_no_form_for_anyone(admin_client, things):
    for route in ("add", "edit", "delete", "copy"):
        with pytest.raises(NoReverseMatch):
            reverse(f"termine:{route}")
    pk = things["termine"].pk
    for guess in ("new/", f"edit/{pk}/", f"delete/{pk}/", f"copy/{pk}/", f"usage/{pk}/", f"history/{pk}/"):
        assert admin_client.post(reverse("termine:index") + guess).status_code == 404
    assert Appointment.objects.get().status == Status.BOOKED
