"""F9 to F11, S3, S4: the links of the mails in the hands of scanners, forgers and bad mail programs."""

from __future__ import annotations

import email
import re
from datetime import timedelta
from email.policy import SMTP
from html import unescape

import pytest
from django.apps import apps
from django.test import Client

from booking.emails import send_reminder, send_verification
from booking.enums import MailKind, OfferReason, Status
from booking.links import Purpose, path_to, token_for
from booking.models import Appointment
from booking.services.cancel import cancel_appointment
from booking.services.move import move_appointment
from booking.services.offer import offer_times
from booking.wording import local
from foundation.models import OutgoingMail
from tests.booking.conftest import NOW
from tests.factories.booking import AppointmentFactory

pytestmark = pytest.mark.django_db
WISH = {"anliegen": "erstberatung", "art": "office", "zeit": "2026-11-24T09:00+01:00", "besuch": "one-visit"}
ANSWERS = {
    "organization": "Beispiel Metallbau GmbH",
    "name": "Kim Muster",
    "email": "kim@metallbau.example",
    "phone": "",
    "postcode": "31785",
    "size_class": "10-49",
    "topic": "Staplerschein",
    "message": "",
}
SEALED = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


@pytest.fixture(autouse=True)
def _stopped_clock(now):
    """All of it happens at NOW, unless a test moves the clock on."""


def reserve(client: Client, **changes: str):
    return client.post("/termin/hameln/reservieren/", WISH | changes)


@pytest.fixture
def appointment(client, rule) -> Appointment:
    """Booked over HTTP, then moved."""
    client.post(reserve(client).url, ANSWERS)
    booked = Appointment.objects.get()
    assert booked.status == Status.BOOKED
    later = booked.starts_at + timedelta(hours=1)
    return move_appointment(booked, starts_at=later, sequence=0, now=NOW)


def mails() -> list[email.message.EmailMessage]:
    found = OutgoingMail.objects.order_by("created_at", "thread", "position")
    return [email.message_from_bytes(bytes(mail.message), policy=SMTP) for mail in found]


def texts(mail: email.message.EmailMessage) -> str:
    """All its readable parts, the calendar with its folds undone."""
    parts = [part for part in mail.walk() if part.get_content_type() in {"text/plain", "text/html", "text/calendar"}]
    return unescape("\n".join(part.get_content().replace("\r\n ", "").replace("\n ", "") for part in parts))


def links() -> set[str]:
    return {found for mail in mails() for found in re.findall(r"https?://[^\s\"'<>\\]+", texts(mail))}


def dump() -> dict[str, list[dict[str, object]]]:
    """Every row of every table."""
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in apps.get_models()}


def signed_links() -> set[str]:
    return {
        found
        for found in links()
        if re.search(
            r"/termin/(ansehen|verschieben|absagen|zusagen|bestaetigen|daten|kalender|angebot|frueher)/", found
        )
    }


# --- F9: looking changes nothing --------------------------------------------------------------------------------


def every_mail(appointment: Appointment) -> None:
    """Writes one of each kind that a firm can get; the first two were written when it booked and moved."""
    place = {"advisor": appointment.advisor, "office": appointment.office, "service": appointment.service}
    days = [appointment.starts_at + timedelta(days=number) for number in range(1, 5)]
    cancel_appointment(AppointmentFactory(starts_at=days[0]), now=NOW)
    send_reminder(appointment, now=NOW)
    in_two_hours = NOW + timedelta(hours=2)
    asked = AppointmentFactory(
        **place, starts_at=days[0], status=Status.HELD, hold_expires_at=in_two_hours, verification_sent_at=NOW
    )
    send_verification(asked, now=NOW)
    for reason, day in ((OfferReason.CLOSING, days[1]), (OfferReason.EARLIER, days[2])):
        offer_times(AppointmentFactory(**place, starts_at=day), reason=reason, until=in_two_hours, now=NOW, number=1)


def test_f9_every_link_of_every_mail_opened_thrice_changes_nothing(client, appointment):
    every_mail(appointment)
    of_firms = OutgoingMail.objects.filter(kind__startswith="firm_").values_list("kind", flat=True)
    assert set(of_firms) == {f"firm_{kind}" for kind in MailKind}
    found, signed = links(), signed_links()
    purposes = {path.split("/")[4] for path in signed}
    assert purposes == {
        *("ansehen", "verschieben", "absagen", "zusagen", "daten", "bestaetigen", "angebot", "frueher"),
    }
    before = dump()
    for link in sorted(found):
        path = link.removeprefix("http://127.0.0.1:8000")
        assert path.startswith("/"), link
        for agent in ("SafeLinks", "Mozilla/5.0", ""):
            for method in ("get", "head"):
                headers = {"User-Agent": agent, "Purpose": "prefetch", "Sec-Purpose": "prefetch"}
                response = getattr(client, method)(path, headers=headers)
                assert response.status_code in ({200} if link in signed else {200, 302, 404}), link
                assert response.cookies == {}
    assert dump() == before


def test_f9_the_page_of_each_link_that_acts_names_the_appointment_and_has_a_button(client, appointment):
    """What the button does it does by POST; the way to delete the data has a page of its own before it."""
    every_mail(appointment)
    acting = {link for link in signed_links() if not re.search(r"/termin/(ansehen|kalender)/", link)}
    assert len(acting) >= 12
    by_day = {f"{local(booked.starts_at).day}. November 2026" for booked in Appointment.objects.all()}
    for link in acting:
        page = client.get(link.removeprefix("http://127.0.0.1:8000")).content.decode()
        if "/daten/" in link:
            page = client.get(link.removeprefix("http://127.0.0.1:8000") + "loeschen/").content.decode()
        main = page.partition("<main")[2].partition("</main>")[0]
        assert any(day in main for day in by_day), link
        assert re.search(r'<form[^>]* method="post"', main), link
        assert re.search(r'<button[^>]* type="submit"', main), link


@pytest.mark.parametrize("purpose", [purpose for purpose in Purpose if purpose != Purpose.OFFER])
@pytest.mark.parametrize("state", ["booked", "cancelled", "over", "expired", "wrong"])
def test_f10_private_pages_are_sealed_in_every_state(client, appointment, now, purpose, state):
    path = path_to(appointment, purpose)
    match state:
        case "cancelled":
            cancel_appointment(appointment, now=NOW)
        case "over":
            now.move_to(appointment.ends_at + timedelta(hours=1))
        case "expired":
            now.move_to(appointment.ends_at + timedelta(days=1))
        case "wrong":
            path = path.replace("~", "~A")
    before = dump()
    for method in ("get", "head"):
        response = getattr(client, method)(path)
        allowed = {"expired": {410}, "wrong": {404}, "over": {200, 302, 409}}.get(state, {200, 302})
        if purpose == Purpose.DATA and state == "expired":  # lives as long as the data
            allowed = {200}
        assert response.status_code in allowed
        is_calendar = purpose == Purpose.SUBSCRIPTION and response.status_code == 200
        kept = {"Cache-Control": "private, no-cache"} if is_calendar else {}
        assert {name: response.headers[name] for name in SEALED} == SEALED | kept
        assert response.cookies == {}
        if method == "get" and response.status_code in {404, 410}:
            assert 'href="/termin/"' in response.content.decode()
    assert dump() == before


# --- F10: forged, foreign, reused ------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
def test_f10_forged_links_open_nothing_and_change_nothing(client, appointment, method):
    other = AppointmentFactory(starts_at=appointment.starts_at + timedelta(days=1))
    purposes = {"verschieben": "move", "absagen": "cancel", "zusagen": "confirm", "reserviert": "hold"}
    purposes |= {"bestaetigen": "verify", "frueher": "earlier"}
    if method == "get":
        purposes |= {"ansehen": "view", "daten": "data"}
    before, tried = dump(), 0
    for name, purpose in purposes.items():
        own = token_for(appointment, Purpose(purpose))
        payload, signature = own.split("~")
        foreign = token_for(other, Purpose(purpose)).split("~")
        wrong = [token_for(appointment, other) for other in Purpose if other != purpose]
        wrong += [own[:-1], own[:-20], payload, own[1:], own.lower(), f"{payload}~{foreign[1]}"]
        wrong += [f"{foreign[0]}~{signature}", "x", "~", "..~x", "%00", own.replace("~", "%00~"), "A" * 2000]
        for token in wrong:
            response = getattr(client, method)(f"/termin/{name}/{token}/", {"zeit": WISH["zeit"], "stand": "1"})
            assert response.status_code == 404, (name, token)
            body = response.content.decode()
            assert "Dieser Link ist unvollständig" in body
            assert appointment.reference not in body
            assert "Ada Beispiel" not in body
            tried += 1
    assert tried == len(purposes) * (len(Purpose) - 1 + 13)
    assert dump() == before


def test_f10_reused_cancel_link_says_that_it_is_done(client, appointment):
    path = path_to(appointment, Purpose.CANCEL)
    for _ in range(3):
        client.post(path, {"grund": ""})
    assert OutgoingMail.objects.filter(kind="firm_cancelled").count() == 1
    assert "abgesagt" in client.get(path).content.decode()


# --- F11: mangled on the way -----------------------------------------------------------------------------------

MANGLED = [
    "{link}.",
    "{link}>",
    "{link})",
    "{link}%3E",
    "{link}&gt;",
    "{link}&amp;utm_source=mail",
    "{link},",
    "{link}%20",
    "{bare}",
    "{bare}.",
    "{bare}>",
    "{bare}%3E",
    "{start}=%0D%0A{rest}",
    "{start}%20{rest}",
    "{start}%0A{rest}",
    "{start}=3D{rest}",
    "{link}?fbclid=x",
    "{link}#:~:text=Termin",
]


@pytest.mark.parametrize("mangled", MANGLED)
@pytest.mark.parametrize("purpose", [Purpose.VIEW, Purpose.CANCEL, Purpose.MOVE])
def test_f11_mangled_links_still_open(client, appointment, purpose, mangled):
    path = path_to(appointment, purpose)
    cut = path.index("~") - 10
    address = mangled.format(link=path, bare=path.rstrip("/"), start=path[:cut], rest=path[cut:])
    response = client.get(address.partition("#")[0], follow=True)
    assert response.status_code == 200, response.redirect_chain
    assert "Dienstag, 24. November 2026, 10:00 bis 11:00 Uhr" in response.content.decode()
    assert {name: response.headers[name] for name in SEALED} == SEALED


def test_f11_link_cut_in_half_says_how_to_go_on(client, appointment):
    path = path_to(appointment, Purpose.VIEW)
    response = client.get(path[: len(path) // 2], follow=True)
    assert response.status_code == 404
    assert "Kopieren Sie den ganzen Link" in response.content.decode()


# --- S3, S4: what a request says of itself ----------------------------------------------------------------------


def test_s3_hosts_of_others_are_refused_and_get_into_no_link(client, rule):
    evil = {"Host": "evil.example"}
    assert client.post("/termin/hameln/reservieren/", WISH, headers=evil).status_code == 400
    assert client.get("/termin/", headers=evil).status_code == 400
    lies = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example", "X-Original-Host": "evil.example"}
    held = client.post("/termin/hameln/reservieren/", WISH, headers=lies)
    booked = client.post(held.url, ANSWERS, headers=lies)
    assert booked.status_code == 302
    assert "evil" not in held.url + booked.url + client.get(booked.url, headers=lies).content.decode()
    assert len(links()) >= 4
    assert {link.split("/")[2] for link in links()} == {"127.0.0.1:8000"}


INJECTED = "Kim\r\nBcc: evil@evil.example"
REFUSED = {
    "name": [INJECTED, "Kim\nBcc: x", "Kim\x00", "Kim\x1b[31m", "Kim\x85Bcc: x"],
    "organization": [INJECTED, "Gm\x0bbH", "GmbH\x00"],
    "email": [
        "kim@firma.example\r\nBcc: evil@evil.example",
        "kim@firma.example,evil@evil.example",
        "kim@firma.example;evil@evil.example",
        "Kim <kim@firma.example>",
        '"evil@evil.example, kim"@firma.example',
        "kim@firma.example\x00",
        "kim@[127.0.0.1]",
        "=?utf-8?q?evil=40evil.example?=@firma.example",
        "k@" + "ää." * 44 + "example",
        "kim@" + "a" * 64 + ".example",
    ],
    "phone": ["05151 1\r\nX: y"],
    "topic": ["Stapler\r\nX: y", "Stapler\x00"],
    "message": ["Hallo\x00", "Hallo\x1b"],
    "postcode": ["31785\n", "３１７８５", "3178\x00"],
    "size_class": ["1-9\x00", "alle"],
}


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, values in REFUSED.items() for value in values])
def test_s4_what_belongs_into_no_header_is_refused_with_the_form(client, rule, field, value):
    held = reserve(client)
    response = client.post(held.url, ANSWERS | {field: value})
    if field == "postcode" and value.strip() == "31785":
        assert response.status_code == 302
        assert Appointment.objects.get().postcode == "31785"
        return
    assert response.status_code == 422
    assert "Fehler: Ihre Angaben" in response.content.decode()
    assert ANSWERS["topic" if field != "topic" else "name"] in response.content.decode()
    assert Appointment.objects.get().status == Status.HELD
    assert not OutgoingMail.objects.exists()


ODD = {
    "name": '=?utf-8?q?evil?= <evil@evil.example>, "Kim" ; \u202e\u2028Bcc: x',
    "organization": "Müller, Söhne; \\n & <script>alert(1)</script>",
    "topic": "{{ 7|add:7 }} {% now 'Y' %} %s %(x)s",
    "message": "Zeile 1\r\n.\r\nMAIL FROM:<evil@evil.example>\r\n\r\nDATA",
    "email": "kim+evil=evil.example@firma.example",
}


def test_s4_odd_text_stays_text_in_every_mail(client, rule):
    held = reserve(client)
    assert client.post(held.url, ANSWERS | ODD).status_code == 302
    sent = mails()
    assert [mail["To"] for mail in sent] in (
        ["kim+evil=evil.example@firma.example", "ada@mehrwert.example"],
        ["ada@mehrwert.example", "kim+evil=evil.example@firma.example"],
    )
    for mail in sent:
        assert not {"Bcc", "Cc", "X"} & set(mail.keys())
        assert mail["Subject"] in {"Ihr Termin am 24.11.2026 ist gebucht", "Neuer Termin am 24.11.2026"}
        assert mail["From"] == "MehrWert <termine@mehrwert.example>"
        html = "".join(part.get_content() for part in mail.walk() if part.get_content_type() == "text/html")
        assert "<script" not in html
        assert "{{ 7" not in html
        assert "Zeile 1" not in html


# --- Nonsense in every field -----------------------------------------------------------------------------------

NONSENSE = [
    "",
    "\x00",
    "a\x00b",
    "' OR 1=1 --",
    "x" * 3000,
    "ü\ud7ff",
    "-1",
    "99999999999999999999",
    "NaN",
    "../..",
    "[]",
]
MOMENTS = [
    *NONSENSE,
    "9999-12-31T23:59+00:00",
    "0001-01-01T00:00+14:00",
    "2026-11-24T09:00",
    "2026-11-24",
    "2026-W48-2",
]


@pytest.mark.parametrize(
    "field", ["anliegen", "art", "zeit", "besuch", "plz", "kurs", "name", "postcode", "size_class"]
)
def test_nonsense_in_a_reservation_is_refused_or_kept_out(client, rule, field):
    for value in MOMENTS if field == "zeit" else NONSENSE:
        response = reserve(client, **{field: value})
        assert response.status_code in {302, 404, 409}, (field, value)
        if response.status_code == 302:
            assert client.get(response.url).status_code == 200
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("field", ["anliegen", "art", "tag", "monat", "plz", "kurs"])
def test_nonsense_in_an_address_is_a_page_or_404(client, rule, field):
    for value in [*MOMENTS, "2026-99", "2026-11-31", "0000-01", "99999-01"]:
        for path in ("/termin/hameln/", "/termin/"):
            assert client.get(path, {field: value}).status_code in {200, 302, 404}, (path, field, value)


def test_nonsense_in_a_move_or_a_reason_is_no_error(client, appointment):
    path = path_to(appointment, Purpose.MOVE)
    for value in MOMENTS:
        assert client.post(path, {"zeit": value, "stand": "1"}).status_code in {404, 409}, value
        stand = client.post(path, {"zeit": WISH["zeit"], "stand": value})
        assert stand.status_code in {404, 409}, value
        assert client.get(path, {"tag": value, "monat": value}).status_code in {200, 404}, value
    response = client.post(path_to(appointment, Purpose.CANCEL), {"grund": "krank\x00\x1b\r\nX" + "ü" * 500})
    assert response.status_code == 302
    appointment.refresh_from_db()
    assert appointment.status == Status.CANCELLED
    assert "\x00" not in appointment.cancel_reason
    assert len(appointment.cancel_reason) <= 300


def test_tab_that_comes_late_finds_the_booking_and_not_that_nothing_was_booked(client, rule):
    """F5: one tab has booked; the buttons of the other one lead to the appointment."""
    held = reserve(client)
    booked = client.post(held.url, ANSWERS)
    for button in ("verlaengern/", "freigeben/"):
        assert client.post(held.url + button, ANSWERS).url == booked.url
    assert Appointment.objects.get().status == Status.BOOKED
    assert client.get(held.url).url == booked.url
    assert reserve(client).url == held.url
