"""„Termine eintragen“: connecting, choosing, what has not arrived, mending, disconnecting."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from booking.models import CalendarChannel, PushCalendar, PushEntry
from booking.services import connect_push
from booking.services.note_push import note_push
from booking.services.note_way import CHOSEN
from booking.services.push import push_due
from foundation.fetching.refusals import TimedOut
from foundation.models import OutgoingMail
from tests.booking.calendar_servers import answer, client_saying
from tests.booking.conftest import NOW
from tests.booking.services.test_push_faults import CREATED, FOUND, NOT_THERE
from tests.factories.accounts import administrator, advisor_with_account, client_of
from tests.factories.booking import AppointmentFactory, PushCalendarFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

ACCOUNT = {"url": "calendar.example", "user": "lena", "password": "sehr geheim", "detail": "title", "reminder": "0"}
TWO = answer(
    FOUND.body.replace(
        b"</multistatus>",
        FOUND.body[FOUND.body.index(b"<response>") :].replace(b"beratung", b"privat").replace(b"Beratung", b"Privat"),
    ),
    status=207,
)
HOME = answer(
    b'<multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><response><href>/</href><propstat><prop>'
    b"<current-user-principal><href>/lena/</href></current-user-principal></prop><status>HTTP/1.1 200 OK</status>"
    b"</propstat></response></multistatus>",
    status=207,
)


@pytest.fixture
def says(monkeypatch):
    def says(*script):
        monkeypatch.setattr(connect_push, "site_client", lambda: client_saying(*script))

    return says


def page_of(client):
    return client.get(reverse("push_calendar")).content.decode()


def act(client, what, calendar, **values):
    return client.post(reverse(f"push_calendar_{what}", args=[calendar.uid]), values, follow=True).content.decode()


def test_an_account_with_one_calendar_is_connected_in_one_step(advisor, client, says):
    AppointmentFactory(advisor=advisor)
    says(FOUND)
    page = client.post(reverse("push_calendar"), ACCOUNT, follow=True).content.decode()
    assert "„Beratung“ ist verbunden." in page
    assert "Mit dem Verbinden gilt dieser Weg allein" in page
    assert CalendarChannel.objects.get(advisor=advisor).way == "push"
    assert "steht noch aus" in page
    assert "sehr geheim" not in page
    assert PushCalendar.objects.get().entries.count() == 1


def test_of_several_calendars_one_is_chosen(advisor, client, says):
    says(HOME, HOME, TWO)
    page = client.post(reverse("push_calendar"), ACCOUNT, follow=True).content.decode()
    assert "Wählen Sie jetzt den Kalender." in page
    calendar = PushCalendar.objects.get()
    assert calendar.state == PushCalendar.State.CHOOSING
    assert "Bitte wählen Sie einen der Kalender." in act(client, "choose", calendar, kalender="https://evil.example/")
    assert "Der Kalender ist gewählt." in act(
        client, "choose", calendar, kalender="https://calendar.example/lena/privat/"
    )
    calendar.refresh_from_db()
    assert (calendar.state, calendar.name) == (PushCalendar.State.ACTIVE, "Privat")
    assert "schon gewählt" in act(client, "choose", calendar, kalender="https://calendar.example/lena/beratung/")


def test_what_cannot_be_read_is_not_connected(client, says):
    says(TimedOut())
    response = client.post(reverse("push_calendar"), ACCOUNT)
    assert response.status_code == 422
    assert TimedOut.text in response.content.decode()
    assert client.post(reverse("push_calendar"), {}).context["form"].errors.keys() == ACCOUNT.keys()
    assert not PushCalendar.objects.exists()


def test_a_second_calendar_is_refused(advisor, client, says):
    PushCalendarFactory(advisor=advisor)
    says(FOUND)
    client.post(reverse("push_calendar"), ACCOUNT)
    assert PushCalendar.objects.count() == 1


def entered(advisor):
    calendar = PushCalendarFactory(advisor=advisor)
    appointment = AppointmentFactory(advisor=advisor)
    note_push(appointment, now=NOW)
    nothing = answer(b'<multistatus xmlns="DAV:"/>', status=207)
    push_due(now=NOW, client=client_saying(NOT_THERE, CREATED, nothing))
    return calendar, appointment


def test_a_difference_is_shown_and_mended_by_one_click(advisor, client):
    calendar, appointment = entered(advisor)  # and the answer to the comparison was: deleted
    page = page_of(client)
    assert "Im Kalender gelöscht." in page
    assert f"Neu eintragen: {appointment.reference}" in page
    assert "Wird gleich neu eingetragen" in act(client, "repair", calendar, eintrag=calendar.entries.get().pk)
    entry = calendar.entries.get()
    assert (entry.state, entry.may_overwrite, entry.difference) == (PushEntry.State.WAITING, True, "")


def test_every_button_is_accepted_by_the_csrf_guard(advisor):
    calendar, _ = entered(advisor)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(advisor.user)
    page = page_of(browser)
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    main = page[page.index('id="calendar') :]
    assert main.count('method="post"') == main.count(f'name="csrfmiddlewaretoken" value="{token}"') == 5
    assert calendar.entries.count() == 1


def test_comparing_says_what_it_found(advisor, client, says):
    calendar, _ = entered(advisor)
    calendar.entries.update(difference="")
    says(answer(b'<multistatus xmlns="DAV:"/>', status=207))
    assert "Unten steht, was im Kalender anders ist." in act(client, "compare", calendar)
    says(TimedOut())
    assert TimedOut.text in act(client, "compare", calendar)


@pytest.mark.parametrize("values", [{"detail": "alles", "reminder": "0"}, {"detail": "title", "reminder": "7"}, {}])
def test_what_nobody_can_choose_changes_nothing(advisor, client, values):
    calendar, _ = entered(advisor)
    told = "Bitte wählen Sie, was im Eintrag stehen soll und wann er erinnert."
    assert told in act(client, "detail", calendar, **values)
    calendar.refresh_from_db()
    assert (calendar.detail, calendar.reminder, calendar.detail_changed_at) == ("title", 0, None)


def test_what_the_entries_say_and_when_they_remind_is_chosen(advisor, client):
    calendar, _ = entered(advisor)
    assert "So steht es schon im Kalender." in act(client, "detail", calendar, detail="title", reminder="0")
    page = act(client, "detail", calendar, detail="full", reminder="15")
    assert "Die Einträge im Kalender werden gleich angepasst." in page
    assert 'value="full" required id="id_detail_2" checked' in page
    assert '<option value="15" selected>15 Minuten vorher</option>' in page
    calendar.refresh_from_db()
    assert (calendar.detail, calendar.reminder, calendar.detail_changed_at) == ("full", 15, NOW)
    assert CalendarChannel.objects.get(advisor=advisor).sequence_base == 1
    assert calendar.entries.get().state == PushEntry.State.WAITING


def test_a_refused_password_asks_for_a_new_one(advisor, client, says):
    calendar = PushCalendarFactory(advisor=advisor, state=PushCalendar.State.REFUSED)
    assert "Neues App-Passwort" in page_of(client)
    assert "Bitte geben Sie das neue App-Passwort ein." in act(client, "renew", calendar)
    says(answer(status=401))
    assert "Der Server verweigert den Zugang" in act(client, "renew", calendar, password="falsch")
    says(FOUND)
    assert "Das neue Passwort gilt." in act(client, "renew", calendar, password="neu")
    calendar.refresh_from_db()
    assert calendar.state == PushCalendar.State.ACTIVE


def test_disconnecting_removes_what_was_entered_or_leaves_it(advisor, client):
    calendar, _ = entered(advisor)
    assert "werden jetzt entfernt" in act(client, "off", calendar, entfernen="1")
    calendar.refresh_from_db()
    assert calendar.state == PushCalendar.State.REMOVING
    assert "Sofort trennen" in page_of(client)
    assert "Adresse und Passwort sind gelöscht." in act(client, "off", calendar)
    assert not PushCalendar.objects.exists()


def test_others_find_nothing_and_administrators_choose(advisor):
    calendar = PushCalendarFactory(advisor=advisor, name="Nur für Nora")
    stranger = client_of(advisor_with_account("fremd", name="Frieda Fremd").user)
    assert "Nur für Nora" not in page_of(stranger)
    for action in ("choose", "detail", "renew", "compare", "repair", "off"):
        response = stranger.post(reverse(f"push_calendar_{action}", args=[calendar.uid]))
        assert response.status_code == 404
    boss = client_of(administrator())
    assert "Wählen Sie eine Beratungsperson" in page_of(boss)
    page = boss.get(reverse("push_calendar"), {"beratungsperson": advisor.pk}).content.decode()
    assert "Nur für Nora" in page


def test_who_is_connected_and_disconnected_by_somebody_else_is_told_and_it_is_noted(advisor, says):
    """Her way changed without a line in the log and without a mail; choosing it had both."""
    says(FOUND)
    boss = administrator()
    client_of(boss).post(reverse("push_calendar"), ACCOUNT | {"beratungsperson": advisor.pk})
    act(client_of(boss), "off", PushCalendar.objects.get())
    noted = ModelLogEntry.objects.filter(action=CHOSEN, user=boss, object_id=str(advisor.pk)).order_by("pk")
    assert [entry.data for entry in noted] == [{"former": "feed", "way": "push"}, {"former": "push", "way": "feed"}]
    mails = OutgoingMail.objects.order_by("pk")
    assert [(mail.kind, mail.recipient) for mail in mails] == [("way_chosen", advisor.email)] * 2


def test_who_connects_her_own_calendar_is_noted_and_told_nothing(advisor, client, says):
    says(FOUND)
    client.post(reverse("push_calendar"), ACCOUNT)
    act(client, "off", PushCalendar.objects.get())
    noted = ModelLogEntry.objects.filter(action=CHOSEN, user=advisor.user).order_by("pk")
    assert [entry.data for entry in noted] == [{"former": "feed", "way": "push"}, {"former": "push", "way": "feed"}]
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("items", [1, 3])
def test_page_takes_as_many_queries_for_three_entries_as_for_one(advisor, client, django_assert_num_queries, items):
    calendar = PushCalendarFactory(advisor=advisor)
    for number in range(items):
        note_push(AppointmentFactory(advisor=advisor, starts_at=NOW.replace(day=24 + number)), now=NOW)
    page_of(client)
    assert calendar.entries.count() == items
    with django_assert_num_queries(12):
        page_of(client)
