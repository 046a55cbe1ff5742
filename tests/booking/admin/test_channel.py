"""„Mein Kalender“: choosing the one way by which appointments come into the own calendar."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from booking.models import AdvisorFeed, CalendarChannel, PushCalendar
from foundation.models import OutgoingMail
from offices.models import Advisor
from tests.factories.accounts import administrator, advisor_with_account, client_of, let_colleagues_see, office_lead
from tests.factories.booking import AdvisorFeedFactory, AppointmentFactory, PushCalendarFactory
from tests.factories.offices import OfficeFactory

pytestmark = pytest.mark.django_db
FEED, INVITATION, PUSH = (way.value for way in CalendarChannel.Way)


@pytest.fixture
def advisor(advisor):
    advisor.email = "nora@mehrwert.example"
    advisor.save()
    return advisor


def choose(client, way, **more):
    return client.post(reverse("advisor_calendar_channel"), {"weg": way, **more}, follow=True)


def checked(client):
    page = client.get(reverse("advisor_calendar")).content.decode()
    return re.findall(r'name="weg"[^>]* value="(\w+)"[^>]*checked', page)


def test_page_shows_the_way_that_holds_and_what_changing_it_brings(advisor, client):
    AdvisorFeedFactory(advisor=advisor, name="Outlook im Büro")
    AdvisorFeedFactory(advisor=advisor, name="Familie", detail="busy")
    for day in (1, 2):
        AppointmentFactory(advisor=advisor, starts_at=datetime(2099, 12, day, 8, tzinfo=UTC))
    page = " ".join(client.get(reverse("advisor_calendar")).content.decode().split())
    assert checked(client) == [FEED]
    assert "jeden der 2 künftigen Termine eine E-Mail" in page
    assert "Was wird aus dem Kalender-Link „Outlook im Büro“, wenn ein anderer Weg gilt?" in page


def test_invitations_are_chosen_and_links_switched_off(advisor, client):
    feed = AdvisorFeedFactory(advisor=advisor)
    AppointmentFactory(advisor=advisor, starts_at=datetime(2099, 12, 1, 8, tzinfo=UTC))
    page = choose(client, INVITATION, links="off").content.decode()
    assert "Die Termine kommen jetzt als Einladungen an nora@mehrwert.example." in page
    assert "Ein Kalender-Link zeigt deshalb nur „Belegt“" in page
    feed.refresh_from_db()
    assert (checked(client), feed.revoked_at is None) == ([INVITATION], False)
    assert [mail.kind for mail in OutgoingMail.objects.all()] == ["advisor_invited"]


def test_links_may_stay_with_busy(advisor, client):
    AdvisorFeedFactory(advisor=advisor)
    choose(client, INVITATION, links="busy")
    assert list(AdvisorFeed.objects.values_list("detail", "revoked_at")) == [("busy", None)]


def test_entering_leads_to_the_page_that_connects_and_changes_nothing_yet(advisor, client):
    response = choose(client, PUSH)
    assert response.redirect_chain == [(reverse("push_calendar"), 302)]
    assert "Bis dahin bleibt es beim bisherigen Weg." in response.content.decode()
    assert checked(client) == [FEED]


def test_choosing_links_has_entered_appointments_removed(advisor, client):
    calendar = PushCalendarFactory(advisor=advisor)
    choose(client, PUSH)
    assert checked(client) == [PUSH]
    choose(client, FEED)
    calendar.refresh_from_db()
    assert (checked(client), calendar.state) == ([FEED], PushCalendar.State.REMOVING)


def test_without_an_address_invitations_cannot_be_chosen(advisor, client):
    advisor.email = ""
    advisor.save()
    page = client.get(reverse("advisor_calendar")).content.decode()
    assert "Dafür fehlt bei Nora Nord eine E-Mail-Adresse." in page
    assert re.search(r'id="weg-invitation"[^>]*disabled', page)
    assert "keine E-Mail-Adresse eingetragen" in choose(client, INVITATION).content.decode()
    assert not CalendarChannel.objects.exists()


def test_a_link_beside_another_way_says_no_more_than_busy(advisor, client):
    CalendarChannel.objects.create(advisor=advisor, way=INVITATION)
    form = client.get(reverse("advisor_calendar")).content.decode()
    assert 'value="busy" required id="id_detail_0" checked' in form
    page = client.post(reverse("advisor_calendar"), {"name": "Outlook", "detail": "title"}, follow=True)
    assert "Die Termine kommen schon auf einem anderen Weg." in page.content.decode()
    client.post(reverse("advisor_calendar"), {"name": "Familie", "detail": "busy"})
    assert list(AdvisorFeed.objects.values_list("name", flat=True)) == ["Familie"]


def test_administrator_chooses_for_an_advisor(advisor):
    client = client_of(administrator())
    page = choose(client, INVITATION, beratungsperson=advisor.pk)
    assert page.redirect_chain == [(reverse("advisor_calendar") + f"?beratungsperson={advisor.pk}", 302)]
    assert CalendarChannel.objects.get(advisor=advisor).way == INVITATION
    assert choose(client, FEED).status_code == 404


@pytest.mark.parametrize("values", [{}, {"weg": "post"}, {"weg": INVITATION, "links": "x"}])
def test_what_is_no_way_is_not_found(advisor, client, values):
    assert client.post(reverse("advisor_calendar_channel"), values).status_code == 404
    assert not CalendarChannel.objects.exists()


def test_s2_nothing_changes_by_get_or_without_proof_of_origin(advisor, client):
    assert client.get(reverse("advisor_calendar_channel")).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(advisor.user)
    assert strict.post(reverse("advisor_calendar_channel"), {"weg": INVITATION}).status_code == 403


# --- The head of the office -------------------------------------------------------------------------------------


@pytest.fixture
def lead(advisor):
    return office_lead(name="Lea Leitung", office=advisor.office)


def sync_page(user, advisor):
    page = client_of(user).get(reverse("abgleich:advisor", args=[advisor.pk]))
    return " ".join(page.content.decode().split())


def test_the_head_of_the_office_chooses_for_a_colleague_and_it_stands_in_the_log(advisor, lead):
    feed = AdvisorFeedFactory(advisor=advisor, name="Geheimer Name")
    AppointmentFactory(advisor=advisor, starts_at=datetime(2099, 12, 1, 8, tzinfo=UTC))
    page = sync_page(lead.user, advisor)
    assert "Was wird aus dem Kalender-Link, wenn ein anderer Weg gilt?" in page
    assert "Dafür verbindet Nora Nord unter „Mein Kalender“ selbst einen Kalender." in page
    assert "Geheimer Name" not in page
    response = choose(client_of(lead.user), INVITATION, beratungsperson=advisor.pk, links="off")
    assert response.redirect_chain == [(reverse("abgleich:advisor", args=[advisor.pk]), 302)]
    assert "Die Termine kommen jetzt als Einladungen an nora@mehrwert.example." in response.content.decode()
    feed.refresh_from_db()
    assert feed.revoked_at is not None
    assert sorted(mail.kind for mail in OutgoingMail.objects.all()) == ["advisor_invited", "way_chosen"]
    entry = ModelLogEntry.objects.get(action="booking.choose_channel")
    assert (entry.user, entry.object_id, entry.data) == (
        lead.user,
        str(advisor.pk),
        {"former": "feed", "way": "invitation"},
    )
    assert entry.message == (
        "Weg in den Kalender: „Einladungen per E-Mail“ statt „Kalender-Link, den das Programm abonniert“"
    )


def test_the_colleague_is_told_by_mail_and_nobody_of_an_own_choice(advisor, lead, client):
    """Nobody heard of it who did not look at her own page."""
    choose(client, INVITATION)
    choose(client_of(lead.user), FEED, beratungsperson=advisor.pk)
    mail = OutgoingMail.objects.get(kind="way_chosen")
    message = message_from_bytes(bytes(mail.message), policy=policy.default)
    assert (mail.recipient, message["Subject"]) == (
        "nora@mehrwert.example",
        "Ihre Termine kommen auf einem anderen Weg in Ihren Kalender",
    )
    text, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert text.replace("\r\n", "\n").partition("\n-- \n")[0].split("\n\n") == [
        "Guten Tag Nora Nord,",
        "leitung hat für Sie gewählt, wie Ihre Termine in Ihren Kalender kommen.",
        "Bisher: Einladungen per E-Mail\nJetzt: Kalender-Link, den das Programm abonniert",
        (
            "Ein Kalenderprogramm holt die Termine über einen Kalender-Link ab. Haben Sie noch keinen abonniert, legen "
            "Sie einen an: Sonst kommen keine Termine mehr in Ihren Kalender."
        ),
        "Passt das nicht, wählen Sie unter „Mein Kalender“ einen anderen Weg:\nhttp://127.0.0.1:8000/admin/kalender/",
        "Ihre Termine selbst ändern sich nicht.\n",
    ]
    assert 'href="http://127.0.0.1:8000/admin/kalender/"' in html
    Advisor.objects.filter(pk=advisor.pk).update(email="")
    choose(client_of(administrator()), FEED, beratungsperson=advisor.pk)
    assert OutgoingMail.objects.filter(kind="way_chosen").count() == 1


def test_who_chose_last_is_told_on_the_own_page(advisor, lead, client):
    choose(client_of(lead.user), INVITATION, beratungsperson=advisor.pk)
    chosen = re.compile(r"Zuletzt gewählt am \d\d\.\d\d\.\d{4}, \d\d:\d\d Uhr von leitung\.")
    assert chosen.search(client.get(reverse("advisor_calendar")).content.decode())
    PushCalendarFactory(advisor=advisor)
    CalendarChannel.objects.update(way=PUSH)  # what was connected since then was not chosen here
    assert "Zuletzt gewählt" not in client.get(reverse("advisor_calendar")).content.decode()


def test_the_same_way_again_is_no_change_to_note(advisor, client):
    choose(client, FEED)
    assert not ModelLogEntry.objects.filter(action="booking.choose_channel").exists()


def test_a_head_connects_no_calendar_for_a_colleague_but_may_end_its_use(advisor, lead):
    client = client_of(lead.user)
    page = choose(client, PUSH, beratungsperson=advisor.pk).content.decode()
    assert "Den Kalender verbindet Nora Nord selbst, unter „Mein Kalender“." in page
    calendar = PushCalendarFactory(advisor=advisor)
    assert "Dafür verbindet" not in sync_page(lead.user, advisor)
    page = choose(client, FEED, beratungsperson=advisor.pk).content.decode()
    assert "Fehlt er noch, legt ihn Nora Nord selbst an." in page
    calendar.refresh_from_db()
    assert calendar.state == PushCalendar.State.REMOVING


def test_nobody_else_chooses_for_a_colleague(advisor, lead):
    let_colleagues_see()
    colleague = advisor_with_account("kollege", office=advisor.office)
    stranger = office_lead("fremd", office=OfficeFactory(slug="fremd"))
    assert "Weg übernehmen" not in sync_page(colleague.user, advisor)
    assert "Weg übernehmen" not in sync_page(lead.user, lead)
    for user in (colleague.user, stranger.user):
        client = client_of(user)
        for wanted in (advisor.pk, "x", "9" * 30):
            assert choose(client, INVITATION, beratungsperson=wanted).status_code == 404
    advisor.is_active = False
    advisor.save()
    assert choose(client_of(lead.user), INVITATION, beratungsperson=advisor.pk).status_code == 404
    assert not CalendarChannel.objects.exists()


@pytest.mark.parametrize("items", [1, 3])
def test_inviting_to_three_costs_as_many_queries_as_to_one(advisor, client, django_assert_num_queries, items):
    for day in range(1, items + 1):
        AppointmentFactory(advisor=advisor, starts_at=datetime(2099, 12, day, 8, tzinfo=UTC))
    client.get(reverse("advisor_calendar"))
    with django_assert_num_queries(22):
        client.post(reverse("advisor_calendar_channel"), {"weg": INVITATION})
