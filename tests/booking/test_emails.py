"""All mails of the booking: both parts say the same, subjects tell nothing of persons, offices choose some words."""

from __future__ import annotations

import email
import logging
import re
from copy import copy
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from html import unescape
from uuid import UUID

import icalendar
import pytest
from django.db import IntegrityError, transaction

from booking import emails
from booking.enums import Kind, MailKind, OfferReason, Status
from booking.links import Purpose, link_to, link_to_offer
from booking.mail_texts import BUILT_IN, IN_SUBJECT, PLACEHOLDERS, allowed_in, is_sound, values_of
from booking.models import Appointment, CalendarChannel, MailText, MoveOffer
from booking.services.book import FirmDetails, book_appointment
from booking.services.cancel import cancel_appointment
from booking.services.move import move_appointment
from foundation.models import BrandSettings, OutgoingMail
from foundation.outbox.message import Letter
from tests.booking.conftest import NOW
from tests.factories.booking import AppointmentFactory
from tests.factories.offices import AdvisorFactory, OfficeFactory

pytestmark = pytest.mark.django_db

MARKERS = {
    "organization": "MarkeBetrieb GmbH",
    "name": "MarkeName",
    "email": "markemail@firma.example",
    "phone": "05151 4711",
    "street": "MarkeStraße 1",
    "postcode": "31785",
    "topic": "MarkeThema",
    "message": "MarkeNachricht",
    "cancel_reason": "MarkeGrund",
    "note": "MarkeNotiz",
}
OFFER = UUID("c0ffee00-0000-4000-8000-000000000000")
FIRM_KINDS = [f"firm_{kind}" for kind in MailKind]
ADVISOR_KINDS = ["advisor_booked", "advisor_moved", "advisor_cancelled", "advisor_given_away"]


@pytest.fixture
def appointment(advisor, service) -> Appointment:
    return AppointmentFactory(advisor=advisor, service=service, kind=Kind.OFFICE, **MARKERS)


@pytest.fixture
def sent(appointment) -> dict[str, EmailMessage]:
    return send_all(appointment)


def send_all(appointment: Appointment) -> dict[str, EmailMessage]:
    appointment.hold_expires_at = NOW + timedelta(hours=2)
    emails.send_verification(appointment, now=NOW)
    emails.send_booked(appointment, now=NOW)
    emails.send_reminder(appointment, now=NOW)
    for reason in OfferReason:
        emails.send_offer(offer_of(appointment, reason), times_of(appointment), now=NOW)
    former = copy(appointment)
    former.starts_at -= timedelta(days=1)
    former.ends_at -= timedelta(days=1)
    emails.send_moved(appointment, former=former, now=NOW)
    given_away = copy(appointment)
    given_away.advisor = AdvisorFactory()
    emails.send_moved(appointment, former=given_away, now=NOW)
    appointment.status = Status.CANCELLED
    emails.send_cancelled(appointment, now=NOW)
    return {
        mail.kind: email.message_from_bytes(bytes(mail.message), policy=SMTP) for mail in OutgoingMail.objects.all()
    }


def offer_of(appointment: Appointment, reason: OfferReason = OfferReason.CLOSING) -> MoveOffer:
    return MoveOffer(appointment=appointment, reason=reason, uid=OFFER, sent_at=NOW, expires_at=NOW + timedelta(days=3))


def times_of(appointment: Appointment) -> list[Appointment]:
    times = [copy(appointment) for _ in range(3)]
    for number, (time, kind) in enumerate(zip(times, (Kind.OFFICE, Kind.PHONE, Kind.VIDEO), strict=True), start=1):
        time.kind = kind
        time.starts_at -= timedelta(days=number)
        time.ends_at -= timedelta(days=number)
    return times


def letter_of(appointment: Appointment, kind: MailKind = MailKind.BOOKED) -> Letter:
    return emails.preview_letter(appointment, kind, before="gestern")


def part(mail: EmailMessage, kind: str) -> str:
    found = mail.get_body((kind,))
    assert found is not None
    return found.get_content().replace("\r\n", "\n")


def visible(html: str) -> str:
    body = html[html.index("<body") :]
    return unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<h1.*?</h1>", "", body)))


def words(text: str) -> set[str]:
    return set(re.findall(r"[\w@.]*\w", re.sub(r"https?://\S+", "", text)))


def links(text: str) -> set[str]:
    return {unescape(found) for found in re.findall(r"https?://[^\s\"<>]+", text)}


def test_every_kind_is_among_them(sent):
    assert sorted(sent) == sorted([*FIRM_KINDS, *ADVISOR_KINDS])


@pytest.mark.parametrize("kind", [*FIRM_KINDS, *ADVISOR_KINDS])
def test_text_part_says_all_that_the_html_part_says(sent, kind):
    text, html = part(sent[kind], "plain"), part(sent[kind], "html")
    assert links(text) == links(html) != set()
    assert words(visible(html)) == words(text)


def test_every_mail_says_in_its_header_and_in_its_html_that_it_is_german(sent):
    for mail in sent.values():
        assert mail["Content-Language"] == "de"
        assert '<html lang="de">' in part(mail, "html")


@pytest.mark.parametrize("kind", FIRM_KINDS)
def test_fixed_parts_are_in_both_parts(appointment, sent, kind):
    wanted = {
        link_to(appointment, Purpose.VERIFY if kind == "firm_verify" else Purpose.DATA),
        "http://127.0.0.1:8000/impressum/",
        "http://127.0.0.1:8000/datenschutz/",
    }
    if kind not in {"firm_cancelled", "firm_verify"}:
        wanted |= {link_to(appointment, purpose) for purpose in (Purpose.MOVE, Purpose.CANCEL)}
        first = Purpose.CONFIRM if kind == "firm_reminder" else Purpose.VIEW
        if kind == "firm_earlier":
            wanted.add(link_to(appointment, Purpose.EARLIER))
        wanted.add(link_to_offer(offer_of(appointment)) if kind in emails.OFFERS else link_to(appointment, first))
    facts = ["Dienstag, 1. Dezember 2026, 9:00 bis 10:00 Uhr", "Hameln", "im Büro", "Erstberatung", "Ada Beispiel"]
    for content in (part(sent[kind], "plain"), part(sent[kind], "html")):
        assert links(content) == wanted
        for fact in [*facts, appointment.reference]:
            assert fact in content


@pytest.mark.parametrize("kind", ["firm_booked", "firm_moved", "firm_reminder"])
def test_what_to_bring_is_told_where_the_service_has_it(appointment, kind):
    sent = send_all(appointment)
    for content in (part(sent[kind], "plain"), visible(part(sent[kind], "html"))):
        assert re.search(r"Bitte mitbringen:\s+Eine Liste Ihrer Fragen\.", content)
    OutgoingMail.objects.all().delete()
    appointment.service.what_to_bring = ""
    appointment.status = Status.BOOKED
    assert "mitbringen" not in part(send_all(appointment)[kind], "plain")


@pytest.mark.parametrize("kind", emails.OFFERS)
def test_offered_times_stand_in_the_order_of_the_clock_with_the_time_to_answer(sent, kind):
    text = part(sent[kind], "plain")
    assert "Bis Donnerstag, 26. November, 8:00 Uhr für Sie reserviert:\n\n" in text
    times = re.findall(r"^- (.*)", text, re.MULTILINE)
    place = "MehrWert-Büro Hameln, Musterweg 1, 31785 Hameln"
    assert times == [
        "Samstag, 28. November 2026, 9:00 bis 10:00 Uhr, per Video, mit Ada Beispiel",
        "Sonntag, 29. November 2026, 9:00 bis 10:00 Uhr, am Telefon, mit Ada Beispiel",
        f"Montag, 30. November 2026, 9:00 bis 10:00 Uhr, im Büro ({place}), mit Ada Beispiel",
    ]
    assert sent[kind].get_body(("calendar",)) is None
    assert not list(sent[kind].iter_attachments())


def test_reason_of_the_office_is_in_the_mail_as_its_form_promises(sent):
    assert "Grund: MarkeGrund" in part(sent["firm_cancelled"], "plain")
    assert re.search(r"Grund:\s+MarkeGrund", visible(part(sent["firm_cancelled"], "html")))


def test_p1_no_subject_holds_anything_of_the_firm(sent):
    for mail in sent.values():
        for value in [*MARKERS.values(), "Marke"]:
            assert value not in mail["Subject"]
        assert "01.12.2026" in mail["Subject"]


def test_s4_mail_to_an_address_that_nobody_has_confirmed_holds_nothing_typed(appointment, sent):
    appointment.postcode = "49999"  # another one than the office has
    assert "name" not in allowed_in("intro", MailKind.VERIFY)
    for kind in (Kind.OFFICE, Kind.PHONE, Kind.FIRM):
        appointment.kind = kind
        letter = letter_of(appointment, MailKind.VERIFY)
        for content in (letter.subject, letter.text, letter.html):
            for value in ["Marke", "markemail", "05151 4711", "49999"]:
                assert value not in content
    assert "Wir halten die Zeit für Sie frei bis Montag, 23. November, 10:00 Uhr." in part(sent["firm_verify"], "plain")
    assert [piece.get_content_type() for piece in sent["firm_verify"].walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_p1_advisors_mails_hold_nothing_of_the_firm(sent):
    for kind in ADVISOR_KINDS:
        assert "Marke" not in sent[kind].as_string()
        assert "Marke" not in part(sent[kind], "plain") + part(sent[kind], "html")


def test_imip_2_and_3_one_organizer_and_one_attendee_from_the_booking_to_its_end(
    appointment, advisor, service, office, rule, settings
):
    """Even where the sender of the site has changed since: a cancellation by another organizer would be none."""
    advisor.email = "ada@mehrwert.example"
    advisor.save()
    CalendarChannel.objects.create(advisor=advisor, way="invitation", address=advisor.email)
    nine = NOW + timedelta(days=1, hours=1)
    hold = {"status": Status.HELD, "hold_expires_at": NOW + timedelta(minutes=30)}
    held = AppointmentFactory(advisor=advisor, service=service, starts_at=nine, **hold)
    details = FirmDetails("Beispiel GmbH", "Kim Muster", "kim@firma.example", "31785")
    booked = book_appointment(held, details, now=NOW)
    settings.DEFAULT_FROM_EMAIL = "Mehrwert neu <post@mehrwert.example>"
    moved = move_appointment(booked, starts_at=nine + timedelta(hours=1), sequence=0, now=NOW)
    cancel_appointment(moved, now=NOW)
    told = [invited_by(mail) for mail in OutgoingMail.objects.order_by("thread", "position")]
    versions = [("termine", "REQUEST", 0), ("post", "REQUEST", 1), ("post", "CANCEL", 2)]
    assert told == [
        (sender + "@mehrwert.example", person, method, sequence, "mailto:termine@mehrwert.example", f"mailto:{person}")
        for person in ("ada@mehrwert.example", "kim@firma.example")
        for sender, method, sequence in versions
    ]


def invited_by(row: OutgoingMail) -> tuple[object, ...]:
    """From, To, METHOD, SEQUENCE, ORGANIZER and ATTENDEE of a mail; IMIP-1: nobody else gets it."""
    mail = email.message_from_bytes(bytes(row.message), policy=SMTP)
    assert (mail["Cc"], mail["Bcc"], mail["Precedence"], mail["Auto-Submitted"]) == (None, None, None, "auto-generated")
    (content,) = (piece.get_content() for piece in mail.walk() if piece.get_content_type() == "text/calendar")
    calendar = icalendar.Calendar.from_ical(content)
    (event,) = calendar.events
    addresses = (mail["From"].addresses[0].addr_spec, mail["To"].addresses[0].addr_spec)
    return (*addresses, str(calendar["METHOD"]), event["SEQUENCE"], str(event["ORGANIZER"]), str(event["ATTENDEE"]))


# --- Words of an office ----------------------------------------------------------------------------------------


def test_built_in_texts_are_sound():
    assert set(BUILT_IN) == set(MailKind)
    for kind, texts in BUILT_IN.items():
        for name, text in texts.items():
            assert is_sound(name, text, kind)


def test_each_placeholder_has_a_value(appointment):
    assert set(values_of(appointment)) == set(PLACEHOLDERS)
    assert set(IN_SUBJECT) < set(PLACEHOLDERS)


def test_office_goes_before_network_before_built_in_part_by_part(appointment):
    def letter():
        found = letter_of(appointment)
        return found.subject, found.text[:40].split("\n")[0]

    built_in = ("Ihr Termin am 01.12.2026 ist gebucht", "Guten Tag MarkeName,")
    assert letter() == built_in
    MailText.objects.create(office=OfficeFactory(name="Fremd", slug="fremd"), kind="booked", intro="Fremd")
    MailText.objects.create(office=appointment.office, kind="moved", intro="Anderes")
    assert letter() == built_in
    network = MailText.objects.create(kind="booked", intro="Verbund", subject="Am {tag}: {anliegen}")
    assert letter() == ("Am 01.12.2026: Erstberatung", "Verbund")
    own = MailText.objects.create(office=appointment.office, kind="booked", intro="Moin {name}")
    assert letter() == ("Am 01.12.2026: Erstberatung", "Moin MarkeName")
    own.delete()
    assert letter() == ("Am 01.12.2026: Erstberatung", "Verbund")
    network.delete()
    assert letter() == built_in


def test_s4_markup_of_office_and_firm_is_shown_not_run(appointment):
    appointment.name = '<img src=x onerror="alert(1)"> {betrieb}'
    MailText.objects.create(kind="booked", intro="<b>Hallo</b> {name}\nZeile\n\nAbsatz", closing="{{wann}}")
    letter = letter_of(appointment)
    assert (
        "<p>&lt;b&gt;Hallo&lt;/b&gt; &lt;img src=x onerror=&quot;alert(1)&quot;&gt; {betrieb}<br>Zeile</p>"
        in letter.html
    )
    assert "<p>Absatz</p>" in letter.html
    assert letter.text.startswith('<b>Hallo</b> <img src=x onerror="alert(1)"> {betrieb}\nZeile\n\nAbsatz\n\nWann: ')
    assert "{{wann}}" not in letter.text + letter.html


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("subject", "Für {name}"),
        ("subject", "{unbekannt}"),
        ("subject", "A\r\nBcc: alle@firma.example"),
        ("subject", "=?utf-8?q?=0ABcc?="),
        ("intro", "{appointment.note}"),
        ("closing", "{offen"),
    ],
)
def test_s4_broken_stored_texts_never_break_a_mail(appointment, caplog, name, text):
    assert not is_sound(name, text, "booked")
    MailText.objects.create(office=appointment.office, kind="booked", **{name: text})
    expected = letter_of(appointment, MailKind.MOVED)
    with caplog.at_level(logging.WARNING):
        emails.send_booked(appointment, now=NOW)
    mail = email.message_from_bytes(bytes(OutgoingMail.objects.get(kind="firm_booked").message), policy=SMTP)
    assert mail["Subject"] == "Ihr Termin am 01.12.2026 ist gebucht"
    assert mail["Bcc"] is None
    assert part(mail, "plain").startswith("Guten Tag MarkeName,\n\nwir freuen uns")
    assert expected.subject == "Ihr Termin ist jetzt am 01.12.2026"
    assert f"Mail text {name} of kind booked is broken" in caplog.text
    assert "Marke" not in caplog.text


def test_s4_value_that_no_header_can_hold_falls_back(appointment):
    appointment.service.name = "=?utf-8?q?x?="
    MailText.objects.create(kind="booked", subject="{anliegen}")
    assert letter_of(appointment).subject == "Ihr Termin am 01.12.2026 ist gebucht"


@pytest.mark.parametrize("kind", FIRM_KINDS)
def test_no_text_takes_the_fixed_parts_away(appointment, kind):
    MailText.objects.create(kind=kind.removeprefix("firm_"), intro="-->", closing="</div></body><!--")
    mail = send_all(appointment)[kind]
    text, html = part(mail, "plain"), part(mail, "html")
    assert links(text) == links(html)
    assert link_to(appointment, Purpose.VERIFY if kind == "firm_verify" else Purpose.DATA) in text
    for content in (text, html):
        assert "Dienstag, 1. Dezember 2026, 9:00 bis 10:00 Uhr" in content
    assert "<!--" not in html.split("<body")[1]


@pytest.mark.parametrize("stored", [0, 2])
def test_words_cost_one_query(appointment, django_assert_num_queries, stored):
    BrandSettings.load()
    for office in [None, appointment.office][:stored]:
        MailText.objects.create(office=office, kind="booked", intro="Hallo")
    with django_assert_num_queries(2):  # the words, the brand
        letter_of(appointment)


@pytest.mark.parametrize("of_office", [True, False])
def test_one_text_for_each_kind_and_office(office, of_office):
    values = {"office": office if of_office else None, "kind": "booked"}
    MailText.objects.create(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        MailText.objects.create(**values)
