"""From one way into an advisor's calendar to another, with Radicale and a mail server on this machine: at each moment
what stands in her calendar is each appointment once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import pytest
from icalendar import Calendar

from booking.models import CalendarChannel, PushCalendar
from booking.services.choose_channel import choose_channel
from booking.services.push import push_due
from foundation.outbox.delivery import deliver_due
from tests.booking.entered import client_for, connected, events_at, events_wanted
from tests.calendar_peers import radicale
from tests.factories.booking import AppointmentFactory
from tests.factories.offices import AdvisorFactory
from tests.mail_servers import working_server

pytestmark = [pytest.mark.django_db, pytest.mark.processes]

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
FEED, INVITATION, _ = CalendarChannel.Way


class OwnProgram:
    """What a mail program has put into its calendar of the invitations that arrived (RFC 5546, 2.1.4)."""

    def __init__(self, mailbox):
        self.mailbox = mailbox

    def events(self):
        known = {}
        for envelope in self.mailbox.envelopes:
            for part in message_from_bytes(envelope.original_content).walk():
                if part.get_content_type() == "text/calendar":
                    calendar = Calendar.from_ical(part.get_payload(decode=True))
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
