"""From „Nächster freier Termin“ to the free times: at that time, or at the nearest when it is gone; the course comes
along."""

from __future__ import annotations

import email
from datetime import UTC, datetime
from email.policy import SMTP
from html import unescape
from urllib.parse import quote

import pytest
from wagtail.models import PageViewRestriction

from booking.models import Appointment
from foundation.models import OutgoingMail
from tests.factories.accounts import administrator, client_of
from tests.factories.booking import AppointmentFactory
from tests.factories.courses import CourseCataloguePageFactory, CoursePageFactory
from tests.factories.home import new_site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]
TEN = "2026-11-24T10:00+01:00"
WISH = {"anliegen": "erstberatung", "art": "office", "zeit": TEN, "besuch": "one"}


@pytest.fixture
def course():
    catalogue = CourseCataloguePageFactory(parent=new_site())
    return CoursePageFactory(parent=catalogue, slug="sps", title="SPS-Grundlagen")


def text(response, status=200) -> str:
    assert response.status_code == status
    return " ".join(unescape(response.content.decode()).split())


def asked(client, moment: str, status=200) -> str:
    return text(client.get(f"/termin/hameln/?anliegen=erstberatung&art=office&zeit={quote(moment)}"), status)


def buttons(html: str, heading: str) -> list[str]:
    section = html.partition(f'aria-labelledby="{heading}"')[2].partition('<h2 id="naechste"')[0]
    return [piece[:22] for piece in section.split('name="zeit" value="')[1:]]


def test_the_very_next_time_stands_first_as_it_does_without_a_link(client):
    html = asked(client, "2026-11-24T09:00+01:00")
    assert "gewuenscht" not in html
    assert 'value="2026-11-24T09:00+01:00" data-next>' in html


def test_a_later_time_that_is_free_stands_before_the_next_ones(client):
    html = asked(client, TEN)
    assert "Ihre Zeit ist frei" in html
    assert buttons(html, "gewuenscht") == [TEN]


def test_a_time_that_is_gone_is_said_so_and_the_nearest_are_offered(client, advisor):
    AppointmentFactory(advisor=advisor, starts_at=datetime(2026, 11, 24, 9, tzinfo=UTC))
    html = asked(client, TEN)
    assert "Diese Zeit ist nicht mehr frei" in html
    assert "Dienstag, 24. November, 10:00 Uhr ist inzwischen vergeben oder zu kurzfristig. Am nächsten daran" in html
    assert buttons(html, "gewuenscht") == [
        "2026-11-24T09:00+01:00",
        "2026-11-24T11:00+01:00",
        "2026-11-25T09:00+01:00",
    ]


def test_the_link_of_yesterday_leads_to_the_next_time(client):
    html = asked(client, "2026-11-23T09:00+01:00")
    assert "Diese Zeit ist nicht mehr frei" in html
    assert buttons(html, "gewuenscht")[0] == "2026-11-24T09:00+01:00"


@pytest.mark.parametrize("moment", ["bald", "2026-11-24T10:00", "9999-11-24T10:00+01:00"])
def test_what_is_no_time_is_404(client, moment):
    asked(client, moment, 404)


def test_the_course_page_leads_to_a_time_and_the_course_is_on_the_appointment(client, course, advisor):
    page = text(client.get(course.url))
    link = "/termin/hameln/?anliegen=erstberatung&art=office&zeit=2026-11-24T09%3A00%2B01%3A00&kurs=sps"
    assert (
        f'<a class="next-free__link" href="{link}" rel="nofollow">Nächster freier Termin: '
        '<time class="next-free__time" datetime="2026-11-24T09:00+01:00">Di., 24. November, 9:00 Uhr</time></a>'
    ) in page
    times = text(client.get(link))
    assert "Wir sprechen über den Kurs, den Sie sich angesehen haben: SPS-Grundlagen" in times
    assert '<input type="hidden" name="kurs" value="sps">' in times
    form = client.post("/termin/hameln/reservieren/", WISH | {"kurs": "sps"}).url
    assert "SPS-Grundlagen" in text(client.get(form))
    firm = {"organization": "Metall", "name": "Kim", "email": "kim@firma.example", "postcode": "31785"}
    assert client.post(form, firm).status_code == 302
    appointment = Appointment.objects.get()
    assert appointment.course == course
    for mail in OutgoingMail.objects.filter(kind__in=["firm_booked", "advisor_booked"]):
        letter = email.message_from_bytes(bytes(mail.message), policy=SMTP)
        assert "Kurs: SPS-Grundlagen" in letter.get_body(("plain",)).get_content()
    assert OutgoingMail.objects.filter(kind="advisor_booked").count() == 1
    desk = text(client_of(administrator()).get(f"/admin/termine/inspect/{appointment.pk}/"))
    assert "SPS-Grundlagen" in desk


def test_a_refused_time_keeps_the_course(client, course, advisor):
    AppointmentFactory(advisor=advisor, starts_at=datetime(2026, 11, 24, 9, tzinfo=UTC))
    html = text(client.post("/termin/hameln/reservieren/", WISH | {"kurs": "sps"}), 409)
    assert "/termin/hameln/?anliegen=erstberatung&art=office&kurs=sps" in html


@pytest.mark.parametrize("hidden", ["draft", "private", "unknown"])
def test_a_course_that_nobody_may_see_is_not_believed(client, course, hidden):
    if hidden == "draft":
        course.live = False
        course.save()
    elif hidden == "private":
        PageViewRestriction.objects.create(page=course, restriction_type=PageViewRestriction.LOGIN)
    slug = "gibt-es-nicht" if hidden == "unknown" else "sps"
    assert "SPS-Grundlagen" not in text(client.get(f"/termin/hameln/?kurs={slug}"))
    client.post("/termin/hameln/reservieren/", WISH | {"kurs": slug})
    assert Appointment.objects.get().course is None
