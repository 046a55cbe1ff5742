"""A service whose appointments are booked once the firm has confirmed its e-mail address: the firm's pages."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest

from booking.enums import Status
from booking.links import Purpose, path_to, token_for
from booking.models import Appointment, BookingSettings
from booking.services.cancel import cancel_appointment
from booking.services.request import withdraw_request
from booking.services.retention import apply_retention
from foundation.models import OutgoingMail
from tests.booking.conftest import NOW
from tests.booking.test_mail_links import SEALED, dump, links

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]

NINE = "2026-11-24T09:00+01:00"
ANSWERS = {
    "organization": "Beispiel Metallbau GmbH",
    "name": "Kim Muster",
    "email": "kim@metallbau.example",
    "postcode": "31785",
    "topic": "Staplerschein",
}
DAY = timedelta(days=1)
RUN_OUT = timedelta(hours=2)


@pytest.fixture(autouse=True)
def _confirm_first(service):
    service.confirm_email_first, service.notice_hours = True, 1
    service.save()


def reserve(client, zeit=NINE, **more):
    wish = {"anliegen": "erstberatung", "art": "office", "zeit": zeit, "besuch": "one"}
    return client.post("/termin/hameln/reservieren/", wish | more)


@pytest.fixture
def form_url(client) -> str:
    return reserve(client).url


@pytest.fixture
def hold(client, form_url) -> Appointment:
    """Asked for over HTTP."""
    assert client.post(form_url, ANSWERS).url == form_url
    return Appointment.objects.get()


@pytest.fixture
def link(hold) -> str:
    return path_to(hold, Purpose.VERIFY)


def text(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def kinds() -> list[str]:
    return sorted(OutgoingMail.objects.values_list("kind", flat=True))


def test_the_form_says_that_a_mail_comes_first(client, form_url):
    html = text(client.get(form_url))
    assert "Gebucht ist der Termin erst, wenn Sie ihn bestätigt haben." in html
    assert ">Weiter: E-Mail bestätigen</button>" in html
    assert "Termin verbindlich buchen" not in html
    assert "Ich brauche mehr Zeit" in html


def test_the_waiting_page_says_what_to_do_and_until_when(client, hold, form_url):
    response = client.get(form_url)
    html = text(response)
    assert response.status_code == 200
    assert "<h1>Noch nicht gebucht</h1>" in html
    assert (
        'um <time datetime="2026-11-23T08:00+0100">8:00 Uhr</time> eine E-Mail an kim@metallbau.example geschickt'
    ) in html
    assert '<time datetime="2026-11-23T10:00+0100">10:00 Uhr</time>' in html
    assert "Dienstag, 24. November 2026, 9:00 bis 10:00 Uhr" in html
    for button in ("Erneut senden", "Angaben ändern", "Zeit freigeben"):
        assert button in html
    assert {name: response.headers[name] for name in SEALED} == SEALED
    assert response.cookies == {}
    assert kinds() == ["firm_verify"]


def test_another_day_is_named(client, form_url):
    BookingSettings.objects.update_or_create(defaults={"minutes_to_verify": 24 * 60})
    client.post(form_url, ANSWERS)
    assert "Dienstag, 24. November, 8:00 Uhr" in text(client.get(form_url))


def test_the_link_asks_and_its_button_books(client, hold, link):
    page = text(client.get(link))
    assert "<h1>Möchten Sie diesen Termin buchen?</h1>" in page
    assert 'bis <strong><time datetime="2026-11-23T10:00+0100">10:00 Uhr</time></strong>' in page
    assert "Kim Muster" not in page
    response = client.post(link)
    assert response.url == path_to(hold, Purpose.VIEW)
    assert "Ihr Termin ist gebucht" in text(client.get(response.url))
    assert kinds() == ["advisor_booked", "firm_booked", "firm_verify"]
    for again in (client.get(link), client.post(link), client.get(path_to(hold, Purpose.HOLD))):
        assert again.url == response.url
    assert len(kinds()) == 3
    cancel_appointment(Appointment.objects.get(), now=NOW)
    assert client.get(link).url == client.post(link).url == response.url


def test_f9_opening_the_links_of_the_mail_changes_nothing(client, hold, link):
    found = {address.removeprefix("http://127.0.0.1:8000") for address in links()}
    assert link in found
    before = dump()
    for address in sorted(found) * 3:
        for method in ("get", "head"):
            response = getattr(client, method)(address, headers={"User-Agent": "SafeLinks"})
            assert response.status_code in ({200} if address == link else {200, 404})
            assert response.cookies == {}
    assert dump() == before


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_f10_a_link_that_comes_too_late_keeps_a_way_on(client, hold, link, now, method):
    now.shift(RUN_OUT)
    before = dump()
    response = getattr(client, method)(link)
    assert (response.status_code, {name: response.headers[name] for name in SEALED}) == (410, SEALED)
    assert dump() == before
    if method != "head":
        html = text(response)
        assert "<h1>Diese Zeit ist nicht mehr für Sie reserviert</h1>" in html
        assert "Dienstag, 24. November, 9:00 Uhr: Die Frist zum Bestätigen ist um" in html
        for name, value in ANSWERS.items():
            assert f'<input type="hidden" name="{name}" value="{value}">' in html
        assert html.split("Oder so")[0].count('name="zeit"') == 3
    again = reserve(client, **ANSWERS)
    assert client.post(again.url, ANSWERS).url == again.url
    assert kinds() == ["firm_verify", "firm_verify"]


def test_f10_after_the_period_the_late_link_knows_no_answers(client, now):
    client.post(reserve(client, zeit="2026-11-30T09:00+01:00").url, ANSWERS)
    link = path_to(Appointment.objects.get(), Purpose.VERIFY)
    now.shift(timedelta(hours=48))
    assert apply_retention(now=NOW + timedelta(hours=48)).unconfirmed == 1
    response = client.get(link)
    assert response.status_code == 410
    assert "Metallbau" not in text(response)
    assert text(response).split("Oder so")[0].count('name="zeit"') == 3


def test_the_form_of_a_request_that_ran_out_keeps_the_answers_too(client, hold, form_url, now):
    now.shift(RUN_OUT)
    response = client.get(form_url)
    assert response.status_code == 410
    assert 'name="organization" value="Beispiel Metallbau GmbH"' in text(response)
    posted = client.post(form_url, ANSWERS | {"topic": "Anderes"})
    assert posted.status_code == 409
    assert 'name="topic" value="Anderes"' in text(posted)


# --- Keine E-Mail bekommen? -------------------------------------------------------------------------------------


def test_sending_again_is_limited_and_says_so(client, hold, form_url, now, office):
    office.phone = "05151 900"
    office.save()
    again = f"{form_url}erneut/"
    twice = client.post(again)
    assert (twice.status_code, kinds()) == (200, ["firm_verify"])
    for _ in range(2):
        now.shift(timedelta(minutes=1))
        html = text(client.post(again))
        assert '<div class="notice" data-kind="success" role="status">' in html
        assert "Die E-Mail ist unterwegs. Der Link darin ist derselbe wie zuvor." in html
    assert "8:02 Uhr" in html
    now.shift(timedelta(minutes=1))
    refused = client.post(again)
    assert refused.status_code == 429
    assert (
        "Wir haben schon 3 E-Mails geschickt, mehr geht nicht. "
        "Schauen Sie auch im Spam-Ordner nach, oder rufen Sie uns an: 05151 900."
    ) in text(refused)
    changed = client.post(form_url, ANSWERS | {"email": "kim@neu.example"})
    assert (changed.status_code, text(changed).count("Wir haben schon 3 E-Mails geschickt")) == (422, 2)
    assert len(kinds()) == 3
    now.shift(RUN_OUT)
    assert client.post(again).status_code == 410
    assert client.get(again).status_code == 405


def test_sending_again_what_is_booked_or_was_never_asked_for(client, form_url):
    assert client.post(f"{form_url}erneut/").url == form_url
    client.post(form_url, ANSWERS)
    client.post(path_to(Appointment.objects.get(), Purpose.VERIFY))
    assert client.post(f"{form_url}erneut/").url == path_to(Appointment.objects.get(), Purpose.VIEW)


def test_changing_the_answers_keeps_them_and_another_address_ends_the_old_link(client, hold, link, form_url):
    form = text(client.get(f"{form_url}?aendern=1"))
    for value in ANSWERS.values():
        assert f'value="{value}"' in form
    assert ">Angaben speichern</button>" in form
    assert "Ich brauche mehr Zeit" not in form
    assert client.post(form_url, ANSWERS | {"topic": "Meisterkurs"}).url == form_url
    assert (kinds(), client.get(link).status_code) == (["firm_verify"], 200)

    wrong = client.post(form_url, ANSWERS | {"email": "kim"})
    assert wrong.status_code == 422
    client.post(form_url, ANSWERS | {"email": "kim@neu.example", "topic": "Meisterkurs"})
    assert "E-Mail an kim@neu.example geschickt" in text(client.get(form_url))
    for method in (client.get, client.post):
        old = method(link)
        assert (old.status_code, old.headers["Cache-Control"]) == (410, "no-store, private")
        assert "<h1>Dieser Link gilt nicht mehr</h1>" in text(old)
        assert "Ada Beispiel" not in text(old)
    assert Appointment.objects.get().status == Status.HELD
    hold.refresh_from_db()
    assert client.post(path_to(hold, Purpose.VERIFY)).status_code == 302
    assert (Appointment.objects.get().email, Appointment.objects.get().topic) == ("kim@neu.example", "Meisterkurs")


def test_more_time_for_the_form_does_not_shorten_what_is_kept(client, hold, form_url):
    html = text(client.post(f"{form_url}verlaengern/", ANSWERS | {"topic": "Getipptes"}))
    assert "10:00 Uhr" in html
    assert 'value="Getipptes"' in html


def test_a_form_whose_time_was_extended_still_books(client, form_url):
    """It had no address of its own, so that after „Ich brauche mehr Zeit“ it was only ever extended again."""
    page = client.post(f"{form_url}verlaengern/", ANSWERS).content.decode()
    action = re.search(r'<form class="form" method="post" action="([^"]+)"', page)
    assert action is not None
    assert action[1] == form_url


def test_releasing_from_either_page_forgets_at_once(client, hold, link, form_url):
    assert f'formaction="{form_url}freigeben/"' in client.get(link).content.decode()
    assert client.post(f"{form_url}freigeben/").url == "/termin/hameln/?anliegen=erstberatung&art=office"
    hold.refresh_from_db()
    assert (hold.status, hold.email, hold.organization) == (Status.EXPIRED, "", "")
    late = client.get(link)
    assert late.status_code == 410
    assert "oder die Zeit wurde freigegeben. Es ist nichts gebucht." in text(late)
    assert reserve(client, besuch="two").status_code == 302


def test_choosing_another_time_does_not_lose_what_was_sent_off(client, hold, form_url):
    other = reserve(client, zeit="2026-11-24T10:00+01:00")
    assert other.url != form_url
    hold.refresh_from_db()
    assert (hold.status, hold.email) == (Status.HELD, "kim@metallbau.example")
    # The same time again is the request that stands.
    assert reserve(client).url == form_url


def test_f5_sending_twice_asks_once(client, form_url):
    first, second = client.post(form_url, ANSWERS), client.post(form_url, ANSWERS)
    assert first.url == second.url == form_url
    assert kinds() == ["firm_verify"]


def test_a_named_person_is_kept_on_the_way(client, advisor):
    form = reserve(client, person="ada")
    waiting = client.post(form.url, ANSWERS | {"person": "ada"})
    assert waiting.url.endswith("?person=ada")
    page = client.get(waiting.url).content.decode()
    assert '<input type="hidden" name="person" value="ada">' in page
    assert "?aendern=1&amp;person=ada" in page
    released = client.post(f"{form.url.split('?')[0]}freigeben/", {"person": "ada"})
    assert released.url == "/termin/hameln/?anliegen=erstberatung&art=office&person=ada"


def test_s2_a_foreign_page_can_neither_book_nor_send(client, hold, link, form_url):
    for address in (link, f"{form_url}erneut/"):
        assert client.post(address, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert (kinds(), Appointment.objects.get().status) == (["firm_verify"], Status.HELD)


@pytest.mark.parametrize("mark", [".", ">", ")", "%3E"])
def test_f11_a_mangled_link_finds_its_page(client, hold, link, mark):
    response = client.get(f"{link}{mark}", follow=True)
    assert "Möchten Sie diesen Termin buchen?" in text(response)


def test_f10_other_purposes_confirm_nothing(client, hold):
    for purpose in set(Purpose) - {Purpose.VERIFY}:
        response = client.post(f"/termin/bestaetigen/{token_for(hold, purpose)}/")
        assert response.status_code == 404, purpose
    assert Appointment.objects.get().status == Status.HELD


@pytest.mark.parametrize("state", ["waiting", "withdrawn"])
def test_f10_links_of_booked_appointments_open_no_request(client, hold, state):
    if state == "withdrawn":
        withdraw_request(hold, now=NOW)
    for purpose in (Purpose.VIEW, Purpose.MOVE, Purpose.CANCEL, Purpose.DATA, Purpose.CONFIRM, Purpose.CALENDAR):
        assert client.get(path_to(hold, purpose)).status_code == 404, purpose


@pytest.mark.parametrize("others", [0, 3])
def test_queries(client, form_url, advisor, others, django_assert_num_queries):
    for number in range(others):
        answers = ANSWERS | {"email": f"kim{number}@metallbau.example"}
        client.post(reserve(client, zeit=f"2026-11-{25 + number}T09:00+01:00", besuch=f"v{number}").url, answers)
    client.get(form_url)
    with django_assert_num_queries(15):
        client.post(form_url, ANSWERS)
    link = path_to(Appointment.objects.get(starts_at=NOW + DAY + timedelta(hours=1)), Purpose.VERIFY)
    with django_assert_num_queries(1):
        client.get(form_url)
    with django_assert_num_queries(1):
        client.get(link)
    with django_assert_num_queries(13):
        client.post(link)
