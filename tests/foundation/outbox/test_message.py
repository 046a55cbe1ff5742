"""What crosses the wire: the MIME text of a letter, whole, and what is refused before it becomes one."""

from __future__ import annotations

import email
from base64 import b64decode
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from django.core.mail import BadHeaderError

from foundation.outbox.message import Attachment, Letter, compose

NOW = datetime(2027, 3, 27, 23, 30, tzinfo=UTC)
CALENDAR = (
    "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Beratung Müllrose\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
LETTER = Letter(
    kind="booking",
    to="erika@firma.example",
    subject="Ihr Termin in Bad Belzig",
    text="Guten Tag,\nbis Dienstag – wir freuen uns.\n.Punkt am Anfang\nFrom here on\n",
    html="<p>Guten Tag, <b>bis Dienstag</b> – wir freuen uns.</p>\n",
    from_email="MehrWert <termine@mehrwert.example>",
    reply_to="kontakt@mehrwert.example",
)
INVITATION = replace(LETTER, calendar=CALENDAR, calendar_method="REQUEST")


def wire(letter: Letter) -> bytes:
    return compose(letter, message_id="<a1@mehrwert.example>", date=NOW)


def parsed(letter: Letter) -> EmailMessage:
    message = email.message_from_bytes(wire(letter), policy=SMTP)
    assert isinstance(message, EmailMessage)
    return message


def shape(part: EmailMessage) -> object:
    if part.is_multipart():
        return part.get_content_type(), [shape(child) for child in part.iter_parts()]
    return part.get_content_type()


def test_headers_are_fixed_and_complete() -> None:
    message = parsed(LETTER)
    assert {name: str(value) for name, value in message.items() if name not in {"Content-Type", "MIME-Version"}} == {
        "From": "MehrWert <termine@mehrwert.example>",
        "To": "erika@firma.example",
        "Reply-To": "kontakt@mehrwert.example",
        "Subject": "Ihr Termin in Bad Belzig",
        "Date": "Sun, 28 Mar 2027 00:30:00 +0100",
        "Message-ID": "<a1@mehrwert.example>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "de",
    }


def test_letter_without_calendar_is_text_and_html() -> None:
    message = parsed(LETTER)
    assert shape(message) == ("multipart/alternative", ["text/plain", "text/html"])
    text, html = message.iter_parts()
    assert text.get_content() == LETTER.text.replace("\n", "\r\n")
    assert html.get_content() == LETTER.html.replace("\n", "\r\n")
    assert {part["Content-Transfer-Encoding"] for part in (text, html)} == {"quoted-printable"}


def test_invitation_has_the_parts_that_mail_programs_look_for() -> None:
    """IMIP-1: calendar last inside the alternative with its method, and the same bytes as a file."""
    message = parsed(INVITATION)
    assert shape(message) == (
        "multipart/mixed",
        [("multipart/alternative", ["text/plain", "text/html", "text/calendar"]), "application/ics"],
    )
    alternative, attached = message.iter_parts()
    calendar = list(alternative.iter_parts())[-1]
    assert calendar.get_param("method") == "REQUEST"
    assert calendar.get_param("charset") == "utf-8"
    assert calendar["Content-Transfer-Encoding"] == "base64"
    assert calendar["Content-Disposition"] is None
    assert b64decode(calendar.get_payload()) == CALENDAR.encode()
    assert b64decode(attached.get_payload()) == CALENDAR.encode()
    assert attached["Content-Disposition"] == 'attachment; filename="termin.ics"'


def test_cancellation_carries_its_own_method() -> None:
    cancelled = replace(INVITATION, calendar=CALENDAR.replace("REQUEST", "CANCEL"), calendar_method="CANCEL")
    [calendar] = [part for part in parsed(cancelled).walk() if part.get_content_type() == "text/calendar"]
    assert calendar.get_param("method") == "CANCEL"


def test_calendar_lines_end_in_crlf_whatever_the_caller_wrote() -> None:
    unix = replace(INVITATION, calendar=CALENDAR.replace("\r\n", "\n"))
    assert [part.get_payload(decode=True) for part in parsed(unix).walk() if "ics" in part.get_content_type()] == [
        CALENDAR.encode()
    ]


def test_wire_text_is_seven_bit_and_its_lines_are_short() -> None:
    long = replace(INVITATION, text="Ä" * 5000, html=f"<p>{'ß' * 5000}</p>", subject="Größe " * 30)
    raw = wire(long)
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")


def test_attachments_follow() -> None:
    attached = Attachment(filename="Wegbeschreibung Büro.pdf", content=b"%PDF-1.7\x00\xff", mimetype="application/pdf")
    *_, last = parsed(replace(INVITATION, attachments=(attached,))).iter_parts()
    assert (last.get_content_type(), last.get_filename(), last.get_content()) == (
        "application/pdf",
        "Wegbeschreibung Büro.pdf",
        b"%PDF-1.7\x00\xff",
    )


@pytest.mark.parametrize(
    "name",
    ["Müller, Köln & Söhne", 'Büro "Nord" <Mitte>', "Größtes Büro im ländlichen Raum, mit Komma und mehr " * 3],
)
def test_sender_name_with_any_sign_stays_one_mailbox(name: str) -> None:
    [sender] = parsed(replace(LETTER, from_email=f"{name} <termine@mehrwert.example>"))["From"].addresses
    assert (sender.display_name.split(), sender.addr_spec) == (name.split(), "termine@mehrwert.example")


def test_domain_with_umlaut_is_written_in_ascii() -> None:
    assert parsed(replace(LETTER, to="erika@müllerei.example"))["To"] == "erika@xn--mllerei-n2a.example"


@pytest.mark.parametrize(
    "address",
    [
        "a@firma.example\r\nBcc: b@firma.example",
        "a@firma.example\n",
        "a@firma.example, b@firma.example",
        "a@firma.example;b@firma.example",
        "a@firma.example b@firma.example",
        "Erika <a@firma.example>",
        "=?utf-8?q?a=40evil.example?=@firma.example",
        '"a@evil.example\\r\\n"@firma.example',
        "a@firma.example\u2028Bcc: b@firma.example",
        "undisclosed:a@firma.example;",
        "a\x00@firma.example",
        "",
        "a",
    ],
)
def test_anything_but_one_bare_address_is_refused(address: str) -> None:
    """S4: no second header, no second recipient."""
    with pytest.raises(BadHeaderError):
        replace(LETTER, to=address)


@pytest.mark.parametrize("field", ["subject", "from_email", "reply_to", "unsubscribe"])
@pytest.mark.parametrize("evil", ["\r\nBcc: b@firma.example", "\nX: y", "\x0b", "\x85", "\u2029", "=?utf-8?q?=0ABcc?="])
def test_headers_with_line_ends_or_encoded_words_are_refused(field: str, evil: str) -> None:
    value = f"Termin{evil}" if field == "subject" else f"Büro{evil} <a@mehrwert.example>"
    with pytest.raises(BadHeaderError):
        replace(LETTER, **{field: value})


def test_sender_list_is_refused() -> None:
    with pytest.raises(BadHeaderError):
        replace(LETTER, from_email="a@mehrwert.example, b@mehrwert.example")


def test_file_name_with_line_end_is_refused() -> None:
    with pytest.raises(BadHeaderError):
        Attachment(filename="a.pdf\r\nX-Evil: 1", content=b"")


@pytest.mark.parametrize("pair", [{"calendar": CALENDAR}, {"calendar_method": "REQUEST"}])
def test_calendar_and_method_come_together(pair: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="together"):
        replace(LETTER, **pair)
