"""S1: every address of the booking and its desk, asked for by every role, by GET and by POST."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from booking.enums import OfferReason, Status
from booking.links import Purpose, feed_token, path_to_offer, token_for
from booking.models import BusyCalendar, MoveOffer
from foundation.models import User
from offices.models import Office
from tests.booking.admin.test_own_rows import MARKER
from tests.booking.conftest import NOW
from tests.factories.accounts import (
    administrator,
    advisor_with_account,
    client_of,
    director,
    editor,
    monitor,
    office_editor,
    office_lead,
)
from tests.factories.booking import (
    AdvisorFeedFactory,
    AppointmentFactory,
    AvailabilityRuleFactory,
    BusyCalendarFactory,
    ClosureFactory,
    PushCalendarFactory,
    ServiceFactory,
)
from tests.factories.courses import CoursePageFactory
from tests.factories.home import new_site
from tests.factories.offices import OfficeFactory

pytestmark = pytest.mark.django_db


_NAMED_GROUP = re.compile(r"\(\?P<(\w+)>[^()]*\)")


def routes(
    resolver: URLResolver, prefix: str = "", namespaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, URLPattern, tuple[str, ...]]]:
    """Every route of the site as one text, with its pattern and the namespaces that it stands in."""
    for pattern in resolver.url_patterns:
        route = prefix + _NAMED_GROUP.sub(r"<\1>", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route, (*namespaces, pattern.namespace or ""))
        else:
            yield route, pattern, namespaces


def addresses(resolver: URLResolver) -> list[str]:
    """The routes of the booking, however they came into the resolver."""
    return [route for route, pattern, namespaces in routes(resolver) if _is_of_the_booking(pattern, namespaces)]


def _is_of_the_booking(pattern: URLPattern, namespaces: tuple[str, ...]) -> bool:
    view = getattr(pattern.callback, "view_class", pattern.callback)
    model = getattr(pattern.callback, "view_initkwargs", {}).get("model")
    is_of_its_model = isinstance(model, type) and issubclass(model, Model) and model._meta.app_label == "booking"
    return "booking" in namespaces or view.__module__.startswith("booking.") or is_of_its_model


@pytest.fixture
def world(now) -> dict[str, dict[str, object]]:
    """One of each thing of an advisor in Hameln, with the marker in it, and what an address calls it."""
    office = OfficeFactory(name="MehrWert-Büro Hameln", slug="hameln")
    owner = advisor_with_account("beratung", name="Olga Eigen", office=office)
    service = ServiceFactory()
    appointment = AppointmentFactory(advisor=owner, starts_at=NOW + timedelta(days=2), organization=f"{MARKER} GmbH")
    held = AppointmentFactory(
        advisor=owner,
        starts_at=NOW + timedelta(days=3),
        status=Status.HELD,
        hold_expires_at=NOW + timedelta(minutes=5),
    )
    asked = AppointmentFactory(
        advisor=owner,
        starts_at=NOW + timedelta(days=4),
        status=Status.HELD,
        hold_expires_at=NOW + timedelta(hours=1),
        verification_sent_at=NOW,
        organization=f"{MARKER} AG",
    )
    offer = MoveOffer.objects.create(
        appointment=appointment, reason=OfferReason.values[0], sent_at=NOW, expires_at=NOW + timedelta(days=1)
    )
    closure = ClosureFactory(
        advisor=owner, reason=f"{MARKER} Kur", first_day=date(2026, 11, 25), start_time=time(8), end_time=time(9)
    )
    feed = AdvisorFeedFactory(advisor=owner, name=f"{MARKER} Handy")
    # An address inside a network: it is refused before anything is sent.
    inside = BusyCalendar.sealed({"url": "https://10.0.0.1/"})
    busy = BusyCalendarFactory(advisor=owner, name=f"{MARKER} Praxis", access=inside)
    push = PushCalendarFactory(advisor=owner, name=f"{MARKER} Kalender")
    course = CoursePageFactory(parent=new_site(), runs=[timezone.localdate()])
    return {
        "admin/abgleich/": {"pk": owner.pk},
        "admin/termine/": {"pk": appointment.pk},
        "admin/termine/bestaetigen/": {"pk": asked.pk},
        "admin/termine/freigeben/": {"pk": asked.pk},
        "admin/termine/blockiert/": {"pk": closure.pk},
        "admin/termine/betroffen/": {"pk": closure.pk, "appointment": appointment.pk},
        "admin/beratungszeiten/": {"pk": AvailabilityRuleFactory(advisor=owner).pk},
        "admin/schliesszeiten/": {"pk": closure.pk},
        "admin/anliegen/": {"pk": service.pk},
        "admin/kalender/": {"uid": feed.uid},
        "admin/kalender/belegt/": {"uid": busy.uid},
        "admin/kalender/eintragen/": {"uid": push.uid},
        "admin/e-mail-texte/": {"office": "hameln", "kind": "booked"},
        "termin/": {"office": "hameln", "reference": appointment.reference},
        "termin/reserviert/": {"token": token_for(held, Purpose.HOLD)},
        "termin/bestaetigen/": {"token": token_for(asked, Purpose.VERIFY)},
        "termin/angebot/": {"token": path_to_offer(offer).split("/")[-2]},
        "kalender/": {"token": feed_token(feed)},
        "sprechtage/": {"office": "hameln"},
        "kurse/": {"course": course.slug, "run": course.runs.get().pk},
        **{
            f"termin/{way}/": {"token": token_for(appointment, purpose)}
            for way, purpose in (
                ("ansehen", Purpose.VIEW),
                ("verschieben", Purpose.MOVE),
                ("absagen", Purpose.CANCEL),
                ("kalender", Purpose.CALENDAR),
                ("abo", Purpose.SUBSCRIPTION),
                ("zusagen", Purpose.CONFIRM),
                ("daten", Purpose.DATA),
                ("frueher", Purpose.EARLIER),
            )
        },
    }


def filled(route: str, world: dict[str, dict[str, object]]) -> str:
    """The address of a thing of the advisor; the longest beginning that is known says which."""
    if route.startswith("^"):  # what mail programs add to a link
        return f"/termin/ansehen/{world['termin/ansehen/']['token']}/."
    known = max((beginning for beginning in world if route.startswith(beginning)), key=len, default="")
    values = world.get(known, {})
    return "/" + re.sub(r"<\w+:(\w+)>", lambda found: str(values[found[1]]), route)


ACCOUNTS: dict[str, Callable[[Office], User | None]] = {
    "owner": lambda _: User.objects.get(username="beratung"),
    "colleague": lambda office: advisor_with_account("kollegin", office=office).user,
    "head": lambda office: office_lead("leitung", office=office).user,
    "stranger": lambda _: advisor_with_account("fremd").user,
    "foreign head": lambda _: office_lead("fremdleitung").user,
    "editor": lambda _: editor(),
    "office editor": office_editor,
    "director": lambda _: director(),
    "monitor": lambda _: monitor(),
    "administrator": lambda _: administrator(),
    "superuser": lambda _: User.objects.create_superuser("root"),
}
"""By the role, as seen from one office."""

ROLES = ("anonymous", *ACCOUNTS)


def client_in_role(role: str) -> Client:
    if role == "anonymous":
        return Client()
    return client_of(ACCOUNTS[role](Office.objects.get(slug="hameln")))


def answer_to(client: Client, method: str, address: str) -> tuple[str, str]:
    """The status, and for a redirect to the way in or out its name; and the body. Whatever it did is undone."""
    with transaction.atomic():
        response = getattr(client, method)(address)
        body = b"".join(response) if response.streaming else response.content
        transaction.set_rollback(True)
    status = str(response.status_code)
    if status == "302":
        ways = {reverse("wagtailadmin_login"): "login", reverse("wagtailadmin_home"): "home"}
        status = ways.get(response.url.partition("?")[0], status)
    return status, body.decode(errors="replace")  # a picture has no text


def expected() -> dict[str, dict[str, list[str]]]:
    """The table beside this file: of each route a line for GET and one for POST, in them an answer for each role."""
    found: dict[str, dict[str, list[str]]] = {}
    for line in Path(__file__).with_name("every_address.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            method, *answers, route = line.split()
            found.setdefault(route, {})[method] = answers
    return found


def test_s1_every_address_of_the_booking_stands_in_the_table():
    """Whoever adds an address says there who may open it."""
    table = expected()
    assert sorted(table) == sorted(addresses(get_resolver()))
    assert {tuple(methods) for methods in table.values()} == {("GET", "POST")}
    assert {len(answers) for methods in table.values() for answers in methods.values()} == {len(ROLES)}


@pytest.mark.parametrize("role", ROLES)
def test_s1_every_address_answers_each_role_as_the_table_says(world, role):
    client, column = client_in_role(role), ROLES.index(role)
    wanted, given = {}, {}
    for route, methods in expected().items():
        for method, answers in methods.items():
            status, body = answer_to(client, method.lower(), filled(route, world))
            wanted[method, route] = answers[column]
            given[method, route] = f"{status}!" if MARKER in body else status
    assert given == wanted


def test_s2_no_form_of_the_desk_is_taken_without_the_token_of_its_session(world):
    """Without one, and with that of another session; also by whoever may do everything."""
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.create_superuser("root"))
    strict.cookies["csrftoken"] = "a" * 32
    of_the_desk = [route for route in expected() if route.startswith("admin/")]
    assert len(of_the_desk) > 50
    for route in of_the_desk:
        for values in ({}, {"csrfmiddlewaretoken": "b" * 32}):
            assert strict.post(filled(route, world), values).status_code == 403, route


def test_s1_nobody_without_a_right_or_a_link_ever_reads_of_the_firm():
    """The table itself: no mark in any column of a stranger, whatever the address, unless a signed link opens it."""
    outside = ("anonymous", "colleague", "stranger", "foreign head", "editor", "office editor", "director", "monitor")
    strangers = [ROLES.index(role) for role in outside]
    read = {
        route
        for route, methods in expected().items()
        for answers in methods.values()
        if any(answers[column].endswith("!") for column in strangers)
    }
    assert {route for route in read if "<str:token>" not in route} == set()
    one_thing = [methods for route, methods in expected().items() if route.startswith("admin/") and "pk>" in route]
    for methods in (each for each in one_thing if each["GET"][ROLES.index("owner")] != "home"):
        for answers in methods.values():
            assert {answers[ROLES.index(role)] for role in ("stranger", "foreign head")} <= {"404", "405"}
