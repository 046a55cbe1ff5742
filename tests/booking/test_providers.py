"""Addresses that people paste where the provider has a better one."""

from __future__ import annotations

import pytest

from booking.desk.busy_form import CalDavForm, IcsForm
from booking.remote.answers import Unread
from booking.remote.caldav import Account, address_of_home, find_calendars
from booking.remote.ics import fetch_ics
from booking.remote.providers import is_home_of
from foundation.fetching.addresses import parse_address
from foundation.fetching.answers import Answer
from tests.booking.calendar_servers import ScriptedClient, answer, client_saying
from tests.booking.conftest import NOW

ICS = {
    "https://outlook.office365.com/owa/calendar/a@b.example/c/calendar.html": "nicht der ICS-Link von Outlook",
    "https://outlook.live.com/calendar/0/view/month": "nicht der ICS-Link von Outlook",
    "https://calendar.google.com/calendar/embed?src=a%40gmail.com": "Privatadresse im iCal-Format",
    "https://calendar.google.com/calendar/u/0/r": "Privatadresse im iCal-Format",
    "https://cloud.example.org/index.php/apps/calendar/p/Ab12": "Abonnement-Link kopieren",
    "https://outlook.office365.com/owa/calendar/a@b.example/c/calendar.ics": "",
    "https://calendar.google.com/calendar/ical/a%40gmail.com/private-1/basic.ics": "",
    "webcal://p12-caldav.icloud.com/published/2/Ab12": "",
    "https://cloud.example.org/remote.php/dav/public-calendars/Ab12?export": "",
}


@pytest.mark.parametrize("url", ICS)
def test_the_wrong_one_of_a_providers_addresses_is_told_from_the_right_one(url):
    form = IcsForm({"name": "x", "url": url})
    assert form.is_valid() == (not ICS[url])
    assert ICS[url] in str(form.errors.get("url", ""))


CALDAV = {
    "https://outlook.office365.com/": "Microsoft 365 und Outlook kennen kein CalDAV.",
    "https://calendar.google.com/": "Google lässt sich nicht mit einem Passwort verbinden.",
    "www.icloud.com": "https://caldav.icloud.com.",
    "www.gmx.net": "https://caldav.gmx.net.",
    "caldav.icloud.com": "",
    "https://posteo.de:8443": "",
}


@pytest.mark.parametrize("url", CALDAV)
def test_no_password_is_sent_where_it_is_of_no_use(url):
    form = CalDavForm({"name": "x", "url": url, "user": "nora", "password": "geheim"})
    assert form.is_valid() == (not CALDAV[url])
    assert CALDAV[url] in str(form.errors.get("url", ""))


def test_googles_public_address_of_a_private_calendar_names_the_other_one():
    url = "https://calendar.google.com/calendar/ical/a%40gmail.com/public/basic.ics"
    with pytest.raises(Unread, match="weiter unten auf derselben Seite"):
        fetch_ics(url, client=client_saying(answer(status=404)), now=NOW, seconds=1)


def found(inner):
    body = (
        '<multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><response><href>/1/kalender/</href>'
        f"<propstat><prop>{inner}</prop><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>"
    )
    return answer(body.encode(), status=207)


class Following(ScriptedClient):
    """Answers from the address that was asked."""

    def fetch(self, address, **options):
        said = super().fetch(address, **options)
        return Answer(said.status, said.headers, said.body, address)


def icloud(home):
    script = [
        found("<current-user-principal><href>/1/principal/</href></current-user-principal>"),
        found(f"<C:calendar-home-set><href>{home}</href></C:calendar-home-set>"),
        found("<resourcetype><collection/><C:calendar/></resourcetype><displayname>Privat</displayname>"),
    ]
    return Following(script=iter(script))


def test_icloud_is_found_on_the_host_that_it_names_and_remembered_there():
    account = Account("https://caldav.icloud.com", "nora@icloud.example", "geheim")
    client = icloud("https://p42-caldav.icloud.com:443/1/calendars/")
    calendars = find_calendars(account, client=client, now=NOW, seconds=10)
    assert [each.url for each in calendars] == ["https://p42-caldav.icloud.com/1/kalender/"]
    origins = [asked["credentials"].origin for asked in client.asked]
    assert origins == [asked["address"].origin for asked in client.asked]
    assert address_of_home(account, calendars) == "https://p42-caldav.icloud.com/1/kalender/"


@pytest.mark.parametrize(
    "other",
    [
        "https://p42-caldav.icloud.com.evil.example/",
        "https://evil-caldav.icloud.com/",
        "http://p42-caldav.icloud.com/",
        "https://p42-caldav.icloud.com:8443/",
        "https://p42-caldav.icloud.example/",
    ],
)
def test_the_password_follows_to_no_other_host(other):
    assert not is_home_of(parse_address(other), parse_address("https://caldav.icloud.com"))
    client = icloud(other)
    with pytest.raises(Unread, match="anderen Server"):
        find_calendars(Account("https://caldav.icloud.com", "nora", "x"), client=client, now=NOW, seconds=10)
    assert {asked["address"].host for asked in client.asked} == {"caldav.icloud.com"}


def test_homes_of_icloud_are_for_icloud_alone():
    home = parse_address("https://p42-caldav.icloud.com/")
    assert not is_home_of(home, parse_address("https://cloud.example.org"))


@pytest.mark.parametrize("status", [200, 404, 405])
def test_a_website_without_caldav_is_said_so(status):
    client = Following(script=iter([answer(b"<html>", status=status), answer(b"<html>", status=status)]))
    with pytest.raises(Unread, match="antwortet kein CalDAV-Server"):
        find_calendars(Account("https://www.example.org", "nora", "x"), client=client, now=NOW, seconds=10)


def test_a_wrong_password_behind_the_well_known_address_is_no_missing_server():
    client = Following(script=iter([answer(status=405), answer(status=401)]))
    with pytest.raises(Unread, match="nur ein App-Passwort"):
        find_calendars(Account("https://cloud.example.org", "nora", "x"), client=client, now=NOW, seconds=10)
