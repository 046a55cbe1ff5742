"""From one way into an advisor's calendar to another, with Radicale and a mail server on this machine: at each moment
what stands in her calendar is each appointment once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import pytest
from icalendar import Calendar

from booking.emails import send_booked
from booking.models import CalendarChannel, PushCalendar
from booking.services.choose_channel import choose_channel
from booking.services.push import push_due
from foundation.outbox.delivery import deliver_due
from tests.booking.entered import client_for, connected, events_at, events_wanted
from tests.calendar_peers import radicale
from tests.calendar_readers import read_in_node, read_with_libical, read_with_vobject
from tests.factories.booking import AppointmentFactory
from tests.factories.offices import AdvisorFactory
from tests.mail_servers import working_server

pytestmark = [pytest.mark.django_db, pytest.mark.processes]

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
FEED, INVITATION, _ = CalendarChannel.Way


def calendars_in(mailbox):
    """The text of each invitation that arrived."""
    for envelope in mailbox.envelopes:
        for part in message_from_bytes(envelope.original_content).walk():
            if part.get_content_type() == "text/calendar":
                yield part.get_payload(decode=True).decode()


class OwnProgram:
    """What a mail program has put into its calendar of the invitations that arrived (RFC 5546, 2.1.4)."""

    def __init__(self, mailbox):
        self.mailbox = mailbox

    def events(self):
        known = {}
        for text in calendars_in(self.mailbox):
            calendar = Calendar.from_ical(text)
            (event,) = calendar.walk("VEVENT")
            uid, sequence = str(event["UID"]), int(event["SEQUENCE"])
            if uid not in known or sequence > known[uid][0]:
                known[uid] = (sequence, calendar["METHOD"] == "REQUEST")
        return sorted(uid for uid, (_, stands) in known.items() if stands)


@pytest.fixture
def program(settings):
    with working_server() as (mailbox, port):
        settings.OUTBOX_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield OwnProgram(mailbox)


def test_nothing_stands_twice_from_entering_to_invitations_to_links_and_back(tmp_path, program):
    advisor = AdvisorFactory(email="lena@mehrwert.example")
    for hours in (0, 2):
        AppointmentFactory(advisor=advisor, starts_at=NOW + timedelta(days=1, hours=hours))
    with radicale(tmp_path) as server:
        calendar = connected(server, now=NOW, advisor=advisor)
        wanted = [uid for uid, *_ in events_wanted(calendar)]

        def stands():
            """In the calendar that is written into, and by invitations; the worker has done its round."""
            push_due(now=NOW, client=client_for(("127.0.0.1", server.port)))
            deliver_due(now=NOW)
            return [uid for uid, *_ in events_at(server, calendar)], program.events()

        assert stands() == (wanted, [])
        choose_channel(advisor=advisor, way=INVITATION, now=NOW)
        assert stands() == ([], wanted)
        assert not PushCalendar.objects.exists()
        choose_channel(advisor=advisor, way=FEED, now=NOW)
        assert stands() == ([], [])
        choose_channel(advisor=advisor, way=INVITATION, now=NOW)
        assert stands() == ([], wanted)
        calendar = connected(server, now=NOW, advisor=advisor)
        assert stands() == (wanted, [])


@pytest.mark.parametrize("day", ["2026-10-25", "2027-03-28", "2027-10-31"])
def test_what_a_mail_server_takes_is_read_as_it_was_booked(day, program):
    """Over the changes of the clock: before, in and after the missing or doubled hour, and by day."""
    midnight = datetime.fromisoformat(day).replace(tzinfo=UTC)
    booked = [AppointmentFactory(starts_at=midnight + timedelta(hours=hours)) for hours in (-1, 0, 1, 2, 9)]
    asked = midnight - timedelta(days=7)
    for appointment in booked:
        send_booked(appointment, now=asked)
    deliver_due(now=asked)
    texts = list(calendars_in(program.mailbox))
    meant = sorted((f"{each.uid}@mehrwert.example", each.starts_at, each.ends_at) for each in booked)
    for read in (read_with_vobject, read_with_libical):
        assert sorted(span for text in texts for span in read(text)) == meant, read
    for reader, found in read_in_node(texts).items():
        assert sorted(span for spans in found for span in spans) == meant, reader
