"""Somebody who is taken off the website vanishes from all that visitors and firms can reach, and still advises."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from wagtail.models import Locale, Page

from booking.calendars import file_for_firm, subscription_for_firm
from booking.emails import preview_letter
from booking.enums import MailKind
from booking.links import Purpose, path_to
from booking.models import Appointment
from home.translating import translate_page
from offices.models import Advisor, OfficePage
from tests.factories.booking import AppointmentFactory
from tests.factories.home import OfficeIndexPageFactory, OfficePageFactory, new_site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]
ADDRESSES = (
    "/",
    "/bueros/",
    "/bueros/hameln/",
    "/kontakte/buero/hameln.vcf",
    "/bueros/hameln/team/xaver-unsichtbar/",
    "/kontakte/team/xaver-unsichtbar.vcf",
    "/termin/",
    "/termin/tage/",
    "/termin/hameln/",
    "/termin/hameln/?person=xaver-unsichtbar",
    "/sprechtage/hameln.ics",
    "/en/bueros/hameln/",
    "/leicht/bueros/hameln/",
    "/sitemap.xml",
    "/suche/?q=Metall",
)
MARKS = ("Xaver", "Unsichtbar", "unsichtbar@", "05151 777", "+495151777")
PURPOSES = (Purpose.VIEW, Purpose.MOVE, Purpose.CANCEL, Purpose.DATA, Purpose.CONFIRM, Purpose.EARLIER)


@pytest.fixture
def advisor(office) -> Advisor:
    return Advisor.objects.create(
        name="Xaver Unsichtbar",
        slug="xaver-unsichtbar",
        office=office,
        email="unsichtbar@mehrwert.example",
        phone="05151 777",
        focus="Metall",
    )


@pytest.fixture
def colleague(office) -> Advisor:
    return Advisor.objects.create(name="Ada Beispiel", slug="ada", office=office)


@pytest.fixture
def page(office, committed) -> OfficePage:
    with committed():
        return OfficePageFactory(parent=OfficeIndexPageFactory(parent=new_site()), office=office, slug="hameln")


@pytest.fixture
def other_languages(page, committed) -> None:
    german = [each.pk for each in page.get_ancestors(inclusive=True).filter(depth__gt=1)]
    with committed():
        for locale in Locale.objects.filter(language_code__in=["en", "de-simple"]):
            for pk in german:
                translate_page(Page.objects.get(pk=pk).specific, locale=locale).get_latest_revision().publish()


@pytest.fixture
def appointment(advisor) -> Appointment:
    return AppointmentFactory(advisor=advisor, starts_at=datetime(2026, 11, 26, 8, tzinfo=UTC))


def everything(client, appointment: Appointment) -> dict[str, str]:
    """All that a visitor or the firm of the appointment can read, by where it stands, with its status."""
    paths = [*ADDRESSES, *(path_to(appointment, purpose) for purpose in PURPOSES)]
    paths += [path_to(appointment, Purpose.DATA) + "datei/"]
    found = {}
    for path in paths:
        response = client.get(path)
        # What was typed into the address stands in the page again.
        found[path] = f"{response.status_code} " + response.content.decode().replace("xaver-unsichtbar", "")
    for kind in MailKind:
        letter = preview_letter(appointment, kind, before="")
        found[kind] = f"{letter.subject}{letter.text}{letter.html}{letter.calendar}"
    return found | {"file": file_for_firm(appointment), "abo": subscription_for_firm(appointment)}


def marked(texts: dict[str, str]) -> set[str]:
    return {where for where, text in texts.items() if any(mark in text.replace("\r\n ", "") for mark in MARKS)}


@pytest.mark.usefixtures("page", "other_languages", "colleague")
def test_whoever_is_hidden_vanishes_everywhere(client, advisor, appointment, committed):
    before = marked(everything(client, appointment))
    shown = {*ADDRESSES[2:3], *ADDRESSES[4:6], ADDRESSES[-1], "file", "abo", MailKind.BOOKED}
    assert shown <= before, "the sweep finds the name where it stands"
    for address in ("/en/bueros/hameln/", "/leicht/bueros/hameln/"):
        assert client.get(address).status_code == 200, address

    with committed():
        advisor.is_public = False
        advisor.save()
    appointment.refresh_from_db()
    after = everything(client, appointment)
    assert marked(after) == set()
    assert after["/bueros/hameln/team/xaver-unsichtbar/"][:3] == "404"
    assert after["/kontakte/team/xaver-unsichtbar.vcf"][:3] == "404"
    assert "xaver" not in client.get("/sitemap.xml").content.decode()
    assert "xaver" not in client.get("/bueros/hameln/").content.decode()
    assert "jemand aus dem Team" in after["file"].replace("\r\n ", "")


def test_whoever_is_hidden_still_advises(client, advisor, page, committed):
    with committed():
        advisor.is_public = False
        advisor.save()
    assert "2026-11-24T09:00+01:00" in client.get("/termin/hameln/").content.decode()


def test_sitemap_names_the_pages_of_people(client, advisor, page):
    assert "/bueros/hameln/team/xaver-unsichtbar/</loc>" in client.get("/sitemap.xml").content.decode()
