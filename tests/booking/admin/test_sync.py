"""„Abgleich“: the pages of the office and of an advisor, and what the desk says without being asked."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from booking.emails import send_booked
from booking.models import CalendarChannel, PushCalendar, PushEntry
from foundation.models import OutgoingMail
from tests.booking.conftest import NOW
from tests.factories.accounts import (
    account,
    administrator,
    advisor_with_account,
    client_of,
    editor,
    let_colleagues_see,
    office_lead,
)
from tests.factories.booking import (
    AdvisorFeedFactory,
    AppointmentFactory,
    BusyCalendarFactory,
    PushCalendarFactory,
    PushEntryFactory,
)
from tests.factories.offices import AdvisorFactory, OfficeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HOME = "wagtailadmin_home"


@pytest.fixture
def office(db):
    return OfficeFactory(name="MehrWert-Büro Hameln", slug="hameln")


@pytest.fixture
def advisor(office):
    return advisor_with_account(name="Nora Nord", office=office)


@pytest.fixture
def lead(office):
    return office_lead(name="Lea Leitung", office=office)


@pytest.fixture
def lacking(advisor):
    """An appointment that a refused calendar of hers does not have."""
    calendar = PushCalendarFactory(
        advisor=advisor,
        name="Geheimer Name",
        state=PushCalendar.State.REFUSED,
        last_error="Der Server verweigert den Zugang.",
        failed_at=NOW - HOUR,
        succeeded_at=NOW - 2 * HOUR,
        connected_at=NOW - DAY,
    )
    return PushEntryFactory(calendar=calendar, appointment__office=advisor.office).appointment


def page_of(user, name="abgleich:index", *args, **query):
    return client_of(user).get(reverse(name, args=args), query).content.decode()


def test_the_page_of_an_advisor_tells_each_channel_and_links_what_is_lacking(advisor, lacking):
    BusyCalendarFactory(advisor=advisor, name="Outlook", last_error="Keine Antwort.", failed_at=NOW)
    AdvisorFeedFactory(advisor=advisor, name="Handy", last_fetched_at=NOW - 3 * DAY, last_client="Thunderbird/128")
    page = page_of(advisor.user, "abgleich:advisor", advisor.pk)
    for text in (
        "1 Termin wartet",
        "Termine eintragen „Geheimer Name“",
        "Sonntag, 22. November, 8:00 Uhr",  # connected; what lacks waits since then
        "Der Server verweigert den Zugang.",
        "keiner, bis jemand etwas tut",
        f'<a href="{reverse("booking:desk", args=[lacking.reference])}">',
        "Dienstag, 1. Dezember 2026, 9:00 bis 10:00 Uhr",
        "Belegte Zeiten „Outlook“",
        "Keine Antwort.",
        "Montag, 23. November, 8:00 Uhr",
        "Kalender-Link „Handy“",
        "Freitag, 20. November, 8:00 Uhr von Thunderbird",
        "Zu künftigen Terminen wartet keine E-Mail.",
        reverse("push_calendar"),
    ):
        assert text in page, text
    assert "Nicht eingerichtet" not in page
    assert lacking.organization not in page


def test_all_is_well(advisor):
    PushCalendarFactory(advisor=advisor)
    page = page_of(advisor.user, "abgleich:advisor", advisor.pk)
    assert "Alles angekommen" in page
    assert "Alle Termine sind eingetragen." in page
    assert "Nicht eingerichtet: Belegte Zeiten, Kalender-Link." in page


@pytest.mark.parametrize(
    ("state", "kind", "next_try"),
    [
        (PushCalendar.State.CHOOSING, "CalDAV (Kalender noch zu wählen)", "keiner, bis jemand etwas tut"),
        (PushCalendar.State.REMOVING, "CalDAV (wird getrennt)", "Montag, 23. November, 8:00 Uhr"),
    ],
)
def test_nothing_is_entered_into_a_calendar_that_is_not_chosen_or_not_kept(advisor, state, kind, next_try):
    PushCalendarFactory(advisor=advisor, state=state)
    page = page_of(advisor.user, "abgleich:advisor", advisor.pk)
    for text in (kind, "wartet", next_try):
        assert text in page, text
    assert "Alle Termine sind eingetragen." not in page


def test_the_feed_names_what_was_changed_since_it_was_read(advisor):
    AdvisorFeedFactory(advisor=advisor, last_fetched_at=NOW - HOUR)
    ahead = AppointmentFactory(advisor=advisor, changed_at=NOW)
    page = page_of(advisor.user, "abgleich:advisor", advisor.pk)
    assert "Seit dem letzten Abruf geändert" in page
    assert ahead.reference in page
    assert "Alles angekommen" in page


def test_the_page_names_the_way_and_when_the_last_mail_left(advisor):
    assert "Weg der Termine in den eigenen Kalender: Kalender-Link, den das Programm abonniert." in page_of(
        advisor.user, "abgleich:advisor", advisor.pk
    )
    CalendarChannel.objects.create(advisor=advisor, way=CalendarChannel.Way.INVITATION)
    send_booked(AppointmentFactory(advisor=advisor), now=NOW - DAY)
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT, finished_at=NOW - HOUR)
    page = page_of(advisor.user, "abgleich:advisor", advisor.pk)
    for text in (
        "Weg der Termine in den eigenen Kalender: Einladungen per E-Mail.",
        "Ob die Einladungen ankommen, steht unter „E-Mails“.",
        "Zuletzt verschickt",
        "Montag, 23. November, 7:00 Uhr",
    ):
        assert text in page, text


def test_the_feed_of_an_office_lacks_what_was_changed_for_colleagues(lead, advisor):
    AdvisorFeedFactory(advisor=lead, office=lead.office, last_fetched_at=NOW - HOUR)
    of_colleague = AppointmentFactory(advisor=advisor, changed_at=NOW)
    elsewhere = AppointmentFactory(advisor=AdvisorFactory(office=OfficeFactory(slug="fern")), changed_at=NOW)
    page = page_of(lead.user, "abgleich:advisor", lead.pk)
    assert "„Beratungstermin“ und Link; alle: MehrWert-Büro Hameln" in page
    assert (of_colleague.reference in page, elsewhere.reference in page) == (True, False)
    lead.user.groups.set(advisor.user.groups.all())  # who leads no longer reads no longer
    page = page_of(lead.user, "abgleich:advisor", lead.pk)
    assert of_colleague.reference not in page


def test_the_time_of_an_appointment_that_was_given_away_is_not_told(advisor, lacking):
    lacking.advisor = AdvisorFactory()
    lacking.save()
    page = page_of(advisor.user, "abgleich:advisor", advisor.pk)
    assert f"an eine andere Beratung abgegeben ({lacking.reference})" in page
    assert "1. Dezember 2026" not in page


def test_the_head_of_the_office_sees_everybody_but_no_names_of_calendars(advisor, lead, lacking):
    page = page_of(lead.user)
    for text in ("Nora Nord", "Lea Leitung", "1 Termin wartet", "gestört", lacking.reference):
        assert text in page, text
    page = page_of(lead.user, "abgleich:advisor", advisor.pk)
    assert lacking.reference in page
    assert "Geheimer Name" not in page
    assert "ansehen und ändern" not in page


def test_the_page_of_an_office_tells_each_advisors_way_and_when_each_channel_last_worked(advisor, lead):
    CalendarChannel.objects.create(advisor=advisor, way=CalendarChannel.Way.INVITATION)
    send_booked(AppointmentFactory(advisor=advisor), now=NOW - DAY)
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT, finished_at=NOW - HOUR)
    PushCalendarFactory(advisor=lead, succeeded_at=None)
    BusyCalendarFactory(advisor=lead, read_at=NOW - 2 * HOUR)
    BusyCalendarFactory(advisor=lead, read_at=NOW - 3 * HOUR)
    AdvisorFeedFactory(advisor=lead)
    assert rows_of(page_of(lead.user)) == {
        "Lea Leitung": {
            "Zusammen": "Alles angekommen",
            "Weg in den Kalender": "Eintragen",
            "Termine eintragen": "in Ordnung",
            "Belegte Zeiten": "in Ordnung zuletzt 23.11., 5:00 Uhr",
            "Kalender-Link": "noch nie abgerufen",
            "E-Mails": "in Ordnung",
        },
        "Nora Nord": {
            "Zusammen": "Alles angekommen",
            "Weg in den Kalender": "Einladungen",
            "Termine eintragen": "nicht eingerichtet",
            "Belegte Zeiten": "nicht eingerichtet",
            "Kalender-Link": "nicht eingerichtet",
            "E-Mails": "in Ordnung zuletzt 23.11., 7:00 Uhr",
        },
    }


def rows_of(page):
    """The table of an office: by advisor what stands in each column."""

    def plain(text):
        return " ".join(re.sub(r"<[^>]+>", " ", text).split())

    rows = re.findall(r'<th scope="row" role="rowheader">(.*?)</th>(.*?)</tr>', page, re.DOTALL)
    cells = r'<td role="cell" data-label="(.*?)">(.*?)</td>'
    return {
        plain(name): {label: plain(text) for label, text in re.findall(cells, row, re.DOTALL)} for name, row in rows
    }


def test_who_sees_all_appointments_by_a_group_made_by_hand_reads_every_page_that_is_linked(advisor, lacking):
    """The front page offered a link that answered 403: two pages asked for two rights."""
    group = Group.objects.create(name="Aufsicht")
    rights = Q(codename="view_appointment") | Q(codename="access_admin")
    group.permissions.set(Permission.objects.filter(rights))
    user = account("aufsicht", "Aufsicht")
    assert f'href="{reverse("abgleich:index")}"' in page_of(user, HOME)
    assert "1 Termin wartet" in page_of(user, buero="hameln")
    page = page_of(user, "abgleich:advisor", advisor.pk)
    assert (lacking.reference in page, "ansehen und ändern" in page, "Geheimer Name" in page) == (True, False, False)
    assert client_of(user).get(reverse("warum:index")).url == reverse(HOME)


def test_the_front_page_looks_once_at_the_channels_of_an_office(advisor, lead):
    """A head's own calendar and the office's were each asked for by five queries."""
    looks = []
    for user in (advisor.user, lead.user):
        client = client_of(user)
        client.get(reverse(HOME))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(HOME))
        looks.append(sum('FROM "booking_busycalendar"' in query["sql"] for query in captured))
    assert looks == [1, 1]


def test_colleagues_see_each_other_only_where_they_see_appointments(advisor, office, lacking):
    colleague = advisor_with_account("kollege", name="Karl Kollege", office=office)
    page = page_of(colleague.user)
    assert ("Karl Kollege" in page, "Nora Nord" in page, "Alles angekommen" in page) == (True, False, True)
    address = reverse("abgleich:advisor", args=[advisor.pk])
    assert client_of(colleague.user).get(address).status_code == 404
    let_colleagues_see()
    assert "Nora Nord" in page_of(colleague.user)
    assert client_of(colleague.user).get(address).status_code == 200


def test_another_office_is_not_found(advisor, lacking):
    stranger = office_lead("fremd", office=OfficeFactory(slug="fremd", name="Fremdes Büro"))
    client = client_of(stranger.user)
    assert client.get(reverse("abgleich:advisor", args=[advisor.pk])).status_code == 404
    assert client.get(reverse("abgleich:index"), {"buero": "hameln"}).status_code == 404
    assert client.get(reverse("abgleich:index"), {"buero": "fremd"}).status_code == 200
    assert client.get(reverse("abgleich:advisor", args=[10**20])).status_code == 404
    assert client_of(editor()).get(reverse("abgleich:index")).url == reverse(HOME)


def test_administrators_see_every_office_also_with_a_desk_of_their_own(advisor, lacking):
    boss = administrator()
    assert "1 Termin wartet" in page_of(boss, buero="hameln")
    assert f"?beratungsperson={advisor.pk}" in page_of(boss, "abgleich:advisor", advisor.pk)
    AdvisorFactory(user=boss, office=OfficeFactory(slug="fern"))
    assert "1 Termin wartet" in page_of(boss, buero="hameln")


def test_the_desk_tells_without_being_asked(advisor, lead, lacking):
    for user in (advisor.user, lead.user):
        assert "1 Termin wartet" in page_of(user, HOME)
        assert ("Kommen Termine und belegte Zeiten an?" in page_of(user, HOME)) == (user == lead.user)
    for route in ("termine:day", "termine:week"):
        assert "1 Termin wartet" in page_of(lead.user, route)
    assert "1 Termin wartet" not in page_of(lead.user, "termine:sheet")
    PushEntry.objects.update(state=PushEntry.State.DONE)
    PushCalendar.objects.update(state=PushCalendar.State.ACTIVE, last_error="")
    assert "Alles angekommen" in page_of(lead.user, HOME)
    assert "Alles angekommen" in page_of(lead.user, "termine:day")
    assert "Kommen Termine und belegte Zeiten an?" not in page_of(editor(), HOME)


def test_nothing_keeps_the_pages_and_nobody_writes_to_them(advisor):
    client = client_of(advisor.user)
    for address in (reverse("abgleich:index"), reverse("abgleich:advisor", args=[advisor.pk])):
        assert "no-store" in client.get(address).headers["Cache-Control"]
        assert client.post(address).status_code == 405


@pytest.mark.parametrize("items", [1, 3])
def test_pages_take_as_many_queries_for_three_as_for_one(advisor, lead, office, django_assert_num_queries, items):
    for number in range(items):
        person = AdvisorFactory(office=office)
        calendar = PushCalendarFactory(advisor=person, failures=1)
        for each in range(items):
            PushEntryFactory(calendar=calendar, appointment__starts_at=NOW + (number + 1) * DAY + each * 2 * HOUR)
            BusyCalendarFactory(advisor=person)
            AdvisorFeedFactory(advisor=person, last_fetched_at=NOW - 50 * DAY)
    client = client_of(lead.user)
    own = reverse("abgleich:advisor", args=[person.pk])
    for address, queries in ((reverse("abgleich:index"), 19), (own, 22)):
        client.get(address)
        with django_assert_num_queries(queries):
            client.get(address)
