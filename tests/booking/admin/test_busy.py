"""„Belegte Zeiten“: connecting a calendar of one's own, seeing what is read, disconnecting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from booking.ical.busy.reading import read_busy
from booking.models import BusyCalendar, BusyTime
from booking.services import connect, read_calendar, refresh
from foundation.fetching.refusals import AddressRefused, TimedOut
from tests.booking.admin.test_push import HOME, TWO
from tests.booking.calendar_servers import answer, calendar, client_saying
from tests.booking.conftest import NOW
from tests.factories.accounts import administrator, client_of
from tests.factories.booking import BusyCalendarFactory, BusyTimeFactory

pytestmark = pytest.mark.django_db

DENTIST = calendar("20261124T090000Z/20261124T100000Z")
SECRET = "https://calendar.example/geheim.ics"
READ = answer(
    b'<multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><response><href>/lena/beratung/a.ics</href>'
    b"<propstat><prop><C:calendar-data>" + DENTIST + b"</C:calendar-data></prop><status>HTTP/1.1 200 OK</status>"
    b"</propstat></response></multistatus>",
    status=207,
)


@pytest.fixture(autouse=True)
def read_here(monkeypatch, now):
    def read(raw, *, seconds, **options):
        return read_busy(raw, **options)

    monkeypatch.setattr(read_calendar, "read_busy_apart", read)


@pytest.fixture
def says(monkeypatch):
    """What the calendar's server answers, one after the other."""

    def says(*script):
        client = client_saying(*script)
        for module in (connect, refresh):
            monkeypatch.setattr(module, "site_client", lambda: client)
        return client

    return says


def page_of(client):
    return client.get(reverse("busy_calendars")).content.decode()


def connect_by_address(client, **values):
    sent = {"art": "ics", "name": "Outlook", "url": SECRET} | values
    return client.post(reverse("busy_calendars"), sent, follow=True)


def test_a_calendar_is_connected_and_shows_the_times_that_were_read(advisor, client, says):
    says(answer(DENTIST))
    page = connect_by_address(client).content.decode()
    assert "„Outlook“ ist verbunden." in page
    assert "Dienstag, 24. November 2026, 10:00 bis 11:00 Uhr" in page
    assert "wird gelesen" in page
    assert "Zahnarzt" not in page
    assert SECRET not in page
    assert BusyCalendar.objects.get().advisor == advisor


def test_what_was_not_understood_is_said(client, says):
    says(answer(DENTIST.replace(b"DTSTART:20261124T090000Z", b"DTSTART;TZID=Absurdistan:20261124T090000")))
    assert "Die Zeitzone „Absurdistan“ kennen wir nicht" in connect_by_address(client).content.decode()


@pytest.mark.parametrize(
    ("said", "told"),
    [(TimedOut(), TimedOut.text), (answer(status=404), "Unter der Adresse gibt es keinen Kalender (404).")],
)
def test_a_calendar_that_cannot_be_read_is_refused_with_the_reason(client, says, said, told):
    says(said)
    response = connect_by_address(client)
    assert response.status_code == 422
    assert told in response.content.decode()
    assert not BusyCalendar.objects.exists()


def test_a_calendar_that_is_read_already_is_refused_by_the_name_of_its_connection(advisor, client, says):
    BusyCalendarFactory(advisor=advisor, name="Praxis")
    says(answer(DENTIST))
    response = connect_by_address(client, url="webcal://calendar.example/geheim.ics")
    assert response.status_code == 422
    assert response.context["forms"]["ics"].non_field_errors() == ["Diesen Kalender lesen wir schon: „Praxis“."]


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "https://user:geheim@calendar.example/", "http://127.1/"])
def test_s7_what_is_no_address_of_a_calendar_is_refused_unseen(client, says, url):
    asked = says().asked
    response = connect_by_address(client, url=url)
    assert (response.status_code, asked) == (422, [])
    assert list(response.context["forms"]["ics"].errors) == ["url"]


@pytest.mark.parametrize("host", ["127.0.0.1", "169.254.169.254", "[::ffff:10.0.0.1]", "localhost"])
def test_s7_all_that_is_inside_is_refused_by_one_sentence(client, host):
    response = connect_by_address(client, url=f"https://{host}/")
    assert response.context["forms"]["ics"].non_field_errors() == [AddressRefused.text]


def test_a_password_is_never_shown_again(client, says):
    says(TimedOut())
    sent = {"art": "caldav", "name": "Cloud", "url": "cloud.example.org", "user": "nora", "password": "app-geheim"}
    response = client.post(reverse("busy_calendars"), sent)
    assert response.status_code == 422
    assert "app-geheim" not in response.content.decode()
    assert response.headers["Cache-Control"].startswith("private, no-store")


def test_the_connection_is_tested_again_on_demand(advisor, client, says):
    row = BusyCalendarFactory(advisor=advisor)
    says(answer(status=503), answer(DENTIST))
    check = reverse("busy_calendar_check", args=[row.uid])
    page = client.post(check, follow=True).content.decode()
    assert "Der Server ist überlastet oder wird gewartet (503)." in page
    assert "zuletzt nicht lesbar, die letzte Kopie gilt" in page
    page = client.post(check, follow=True).content.decode()
    assert "„Outlook“ ist lesbar." in page
    assert "Dienstag, 24. November 2026, 10:00 bis 11:00 Uhr" in page


PRIVAT = {"url": "https://calendar.example/lena/privat/", "name": "Privat", "used": False}
BERATUNG = {"url": "https://calendar.example/lena/beratung/", "name": "Beratung", "used": True}


def account_with(*collections, advisor):
    door = {"url": "https://calendar.example/", "user": "lena", "password": "x", "collections": [*collections]}
    return BusyCalendarFactory(advisor=advisor, kind=BusyCalendar.Kind.CALDAV, access=BusyCalendar.sealed(door))


def after_test(client, row):
    page = client.post(reverse("busy_calendar_check", args=[row.uid]), follow=True).content.decode()
    row.refresh_from_db()
    return page


def test_a_calendar_that_the_account_has_gained_is_found_by_testing_and_read(advisor, client, says):
    """Nobody read it, and nothing said so: what stood there was offered."""
    row = account_with(PRIVAT, advisor=advisor)
    asked = says(HOME, HOME, TWO, READ).asked
    page = after_test(client, row)
    assert "Neu im Konto, wird ab jetzt gelesen: Beratung." in page
    assert "Dienstag, 24. November 2026, 10:00 bis 11:00 Uhr" in page
    assert row.door["collections"] == [PRIVAT, BERATUNG]
    assert [each["method"] for each in asked] == ["PROPFIND", "PROPFIND", "PROPFIND", "REPORT"]
    says(HOME, HOME, TWO, READ)
    assert "Neu im Konto" not in after_test(client, row)


def test_a_gained_calendar_that_is_connected_by_itself_is_not_read_twice(advisor, client, says):
    BusyCalendarFactory(
        advisor=advisor, access=BusyCalendar.sealed({"url": BERATUNG["url"].replace("https", "webcal")})
    )
    row = account_with(PRIVAT, advisor=advisor)
    says(HOME, HOME, TWO, READ)
    assert "Neu im Konto" not in after_test(client, row)
    assert row.door["collections"] == [PRIVAT]


def test_an_account_that_does_not_tell_its_calendars_is_read_all_the_same(advisor, client, says):
    row = account_with(BERATUNG, advisor=advisor)
    says(answer(status=401), READ)
    page = after_test(client, row)
    assert "„Outlook“ ist lesbar." in page
    assert row.door["collections"] == [BERATUNG]
    says(answer(status=401), answer(status=401))
    assert "Der Server verweigert den Zugang (401)." in after_test(client, row)


@pytest.mark.parametrize(
    ("age", "badge"),
    [(timedelta(hours=24), "seit einem Tag nicht lesbar"), (timedelta(hours=72), "Zeiten nur auf Anfrage")],
)
def test_the_badge_tells_the_age(advisor, client, age, badge):
    BusyCalendarFactory(advisor=advisor, read_at=NOW - age)
    assert badge in page_of(client)


def test_the_front_page_of_the_admin_tells_of_a_calendar_that_cannot_be_read(advisor, client):
    row = BusyCalendarFactory(advisor=advisor, name="Praxis", read_at=NOW - timedelta(hours=23))
    assert "Praxis" not in client.get(reverse("wagtailadmin_home")).content.decode()
    BusyCalendar.objects.filter(pk=row.pk).update(read_at=NOW - timedelta(hours=24))
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "1 Verbindung ist gestört" in page
    assert "Belegte Zeiten „Praxis“" in page


def test_a_disconnected_calendar_is_gone_with_all_that_was_kept(advisor, client):
    row = BusyTimeFactory(calendar__advisor=advisor).calendar
    page = client.post(reverse("busy_calendar_off", args=[row.uid]), follow=True).content.decode()
    assert "„Outlook“ ist getrennt." in page
    assert (BusyCalendar.objects.count(), BusyTime.objects.count()) == (0, 0)


@pytest.mark.parametrize("items", [1, 3])
def test_the_page_takes_as_many_queries_for_three_calendars_as_for_one(
    advisor, client, django_assert_num_queries, items
):
    for row in BusyCalendarFactory.create_batch(items, advisor=advisor):
        BusyTimeFactory.create_batch(items, calendar=row)
    page_of(client)
    with django_assert_num_queries(12):
        page_of(client)


def test_an_administrator_chooses_whose(advisor, says):
    client = client_of(administrator())
    row = BusyCalendarFactory(advisor=advisor, name="Praxis")
    assert "Praxis" not in page_of(client)
    assert "Praxis" in client.get(reverse("busy_calendars"), {"beratungsperson": advisor.pk}).content.decode()
    response = client.post(reverse("busy_calendar_off", args=[row.uid]))
    assert response.url == f"{reverse('busy_calendars')}?beratungsperson={advisor.pk}"


def test_every_form_of_the_page_carries_its_proof_of_origin(advisor):
    """An included component sees only what it is given, so the forms that connect went without."""
    row = BusyCalendarFactory(advisor=advisor)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(advisor.user)
    page = page_of(strict)
    forms = [form for form in page.split("<form")[1:] if 'method="post"' in form and "/kalender/belegt/" in form]
    assert len(forms) == 4
    assert all("csrfmiddlewaretoken" in form for form in forms)
    assert str(row.uid) in page


@pytest.mark.parametrize("route", ["busy_calendar_check", "busy_calendar_choose", "busy_calendar_off"])
def test_s2_nothing_changes_without_proof_of_origin(advisor, route):
    row = BusyCalendarFactory(advisor=advisor)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(advisor.user)
    assert strict.post(reverse(route, args=[row.uid])).status_code == 403
    assert BusyCalendar.objects.get() == row
