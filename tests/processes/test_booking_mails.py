"""F12 to F14, F17, F18: from a visitor's click to the mail server, across the death of every process on the way.

gunicorn, the worker and a mail server on 127.0.0.1 are real; the visitor speaks HTTP.
"""

from __future__ import annotations

import email
import re
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from html import unescape

import icalendar
import pytest
from django.db import connection
from django.utils import timezone
from django_q.models import OrmQ

from booking.enums import Status
from booking.models import Appointment, AppointmentEvent
from foundation.models import OutgoingMail
from foundation.outbox.queue import wake_worker
from offices.models import Office
from tests.factories.booking import AvailabilityRuleFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory, OfficeFactory
from tests.mail_servers import Conduct, FaultyServer, Mailbox, working_server
from tests.processes.visitors import ANSWERS, free_starts, let_one_address_book_all, reserving, visitors
from tests.rivals import Answer, Errand, Step, send_rivals, walk
from tests.servers import RunningProcess, RunningSite, free_port, wait_until, with_no_such_process_ignored


@pytest.fixture
def office(site: RunningSite) -> Office:
    let_one_address_book_all()
    office = OfficeFactory(name="MehrWert-Büro Hameln", slug="hameln")
    ServiceFactory()
    AvailabilityRuleFactory(advisor=AdvisorFactory(office=office, email="ada@mehrwert.example"))
    return office


@pytest.fixture
def mail_server() -> Iterator[tuple[Mailbox, int]]:
    with working_server() as (mailbox, port):
        yield mailbox, port


def starts(office: Office) -> list:
    return free_starts(ServiceFactory(), office)[::2]


def book(web: RunningProcess, office: Office, number: int = 0) -> Answer:
    """The whole way of one visitor; the page of the appointment."""
    steps = [reserving(office, starts(office)[number]), Step("POST", data=ANSWERS), Step("GET")]
    answers = walk(web.url, Errand(steps))
    assert [answer.status for answer in answers] == [302, 302, 200], answers[-1].body
    return answers[-1]


def link(page: Answer, step: str) -> str:
    return unescape(re.search(rf'href="(/termin/{step}/[^"]+)"', page.body)[1])


def read(content: bytes | str) -> EmailMessage:
    return email.message_from_bytes(content if isinstance(content, bytes) else content.encode(), policy=SMTP)


def invitation(mail: EmailMessage) -> icalendar.Calendar:
    (part,) = (part for part in mail.walk() if part.get_content_type() == "text/calendar")
    calendar = icalendar.Calendar.from_ical(part.get_content())
    assert part.get_param("method") == calendar["METHOD"]
    return calendar


def of_the_firm(contents: list[bytes]) -> list[EmailMessage]:
    return [mail for mail in map(read, contents) if mail["To"] == ANSWERS["email"]]


def settled(mails: int) -> bool:
    return OutgoingMail.objects.filter(state="sent").count() == mails and not OrmQ.objects.exists()


def test_f13_web_killed_in_the_instant_of_the_commit_loses_neither_booking_nor_mail(site, office, mail_server):
    """The visitor never got an answer; after the restart the mails go out, once each, and a repeat books nothing."""
    mailbox, smtp = mail_server
    environment = {"EMAIL_URL": f"smtp://127.0.0.1:{smtp}"}
    web = site.start_web(port=free_port(), **environment)
    (held,) = walk(web.url, Errand([reserving(office, starts(office)[0])]))

    def submit() -> None:
        try:
            walk(web.url, Errand([Step("POST", held.location, ANSWERS)]))
        except OSError:
            return

    visitor = threading.Thread(target=submit)
    visitor.start()
    wait_until(lambda: Appointment.objects.booked().exists(), what="the commit")
    web.kill()
    visitor.join()
    stored = set(OutgoingMail.objects.values_list("message_id", flat=True))
    assert set(OutgoingMail.objects.values_list("state", "attempts")) == {("waiting", 0)}
    assert (len(stored), mailbox.envelopes) == (2, [])

    web = site.start_web(**environment)
    site.start_worker(**environment)
    wait_until(lambda: settled(2), what="both mails")
    again = walk(web.url, Errand([Step("POST", held.location, ANSWERS), Step("GET")]))
    assert [answer.status for answer in again] == [302, 200]
    assert Appointment.objects.get().reference in again[-1].body
    assert Counter(mailbox.message_ids) == dict.fromkeys(stored, 1)
    assert AppointmentEvent.objects.count() == 1


def test_f13_web_killed_again_and_again_in_a_storm_leaves_nothing_half_done(site, office):
    """Every appointment has its one event, its two mails and one task; everything else is a mere reservation."""
    web = site.start_web(workers=2, TRUSTED_PROXIES="1")
    ways = [[reserving(office, wanted), Step("POST", data=ANSWERS)] for wanted in starts(office)[:40]]
    found: list[list[Answer]] = []
    storm = threading.Thread(target=lambda: found.extend(send_rivals(web.url, visitors(*ways))))
    storm.start()
    for number in (2, 5):
        wait_until(lambda least=number: Appointment.objects.booked().count() >= least or not storm.is_alive())
        for process in web.tree()[1:2]:
            with_no_such_process_ignored(process.kill)
    storm.join()
    statuses = Counter(answers[-1].status for answers in found)
    booked = Appointment.objects.booked()
    assert statuses.keys() <= {0, 302}
    assert statuses[302] <= booked.count() <= 40
    assert booked.count() >= 5
    assert statuses[0] >= 1
    for appointment in booked:
        assert list(appointment.events.values_list("type", flat=True)) == ["booked"]
        threads = OutgoingMail.objects.filter(thread__contains=str(appointment.uid)).values_list("thread", flat=True)
        assert {thread.split(":")[0] for thread in threads} == {"firm", "advisor"}
        assert len(threads) == 2
    assert OutgoingMail.objects.count() == 2 * booked.count()
    assert OrmQ.objects.count() == booked.count()  # the worker is woken once for both mails
    assert set(Appointment.objects.exclude(status=Status.BOOKED).values_list("status", "organization")) <= {
        ("held", "")
    }


def test_f14_worker_killed_while_the_server_has_the_text_repeats_it_recognisably(site, office):
    """One mail was swallowed with the worker's death; its repeat is byte for byte the same."""
    with FaultyServer(Conduct(end=None), Conduct()) as server:
        environment = {"EMAIL_URL": f"smtp://127.0.0.1:{server.port}"}
        web = site.start_web()
        worker = site.start_worker(**environment)
        book(web, office)
        wait_until(lambda: server.swallowed, what="the text's arrival")
        worker.kill()
        past = timezone.now() - timedelta(seconds=1)
        assert OutgoingMail.objects.filter(leased_until__gt=past).update(leased_until=past) == 1
        OrmQ.objects.update(lock=past)
        site.start_worker(**environment)
        wait_until(lambda: settled(2), what="both mails")
        (swallowed,) = server.swallowed
        assert swallowed in server.taken
        assert sorted(OutgoingMail.objects.values_list("attempts", flat=True)) == [1, 2]
        assert Counter(str(read(text)["Message-ID"]) for text in server.taken) == dict.fromkeys(
            OutgoingMail.objects.values_list("message_id", flat=True), 1
        )


def test_f17_two_workers_send_every_mail_once(site, office, mail_server):
    mailbox, smtp = mail_server
    environment = {"EMAIL_URL": f"smtp://127.0.0.1:{smtp}"}
    web = site.start_web(workers=2, TRUSTED_PROXIES="1")
    for _ in range(2):
        site.start_worker(**environment)
    ways = [[reserving(office, wanted), Step("POST", data=ANSWERS)] for wanted in starts(office)[:10]]
    found = send_rivals(web.url, visitors(*ways))
    assert Counter(answers[-1].status for answers in found) == {302: 10}
    wait_until(lambda: settled(20), 120, "twenty mails")
    assert Counter(mailbox.message_ids) == dict.fromkeys(OutgoingMail.objects.values_list("message_id", flat=True), 1)
    assert set(OutgoingMail.objects.values_list("attempts", flat=True)) == {1}


@pytest.mark.parametrize("trouble", ["no worker", "greylisted"])
def test_f18_what_waited_together_arrives_in_order(site, office, trouble):
    """Booked, moved and cancelled before the first mail could leave: three mails, one UID, SEQUENCE 0, 1, 2."""
    conducts = [Conduct(rcpt="451 later")] * 2 if trouble == "greylisted" else []
    with FaultyServer(*conducts, Conduct()) as server:
        environment = {"EMAIL_URL": f"smtp://127.0.0.1:{server.port}"}
        web = site.start_web()
        worker = site.start_worker(**environment) if trouble == "greylisted" else None
        page = book(web, office)
        if worker is not None:
            wait_until(lambda: OutgoingMail.objects.filter(attempts=1).count() == 2, what="the first attempts")
            wait_until(lambda: not OrmQ.objects.exists(), what="the worker's rest")
        later = starts(office)[5]
        move = Step("POST", link(page, "verschieben"), {"zeit": later.isoformat(), "stand": "0"})
        cancel = Step("POST", link(page, "absagen"), {"grund": "krank"})
        assert [answer.status for answer in walk(web.url, Errand([move, Step("GET")]))] == [302, 200]
        assert [answer.status for answer in walk(web.url, Errand([cancel, Step("GET")]))] == [302, 200]
        if worker is None:
            site.start_worker(**environment)
        else:
            wait_until(lambda: not OrmQ.objects.exists(), what="the worker's rest")
            assert server.taken == []
            OutgoingMail.objects.update(next_attempt_at=timezone.now())
            wake_worker()
            connection.close()
        wait_until(lambda: settled(6), what="six mails")
        sent = of_the_firm(server.taken)
        assert [mail["Subject"] for mail in sent] == [
            f"Ihr Termin am {starts(office)[0]:%d.%m.%Y} ist gebucht",
            f"Ihr Termin ist jetzt am {later:%d.%m.%Y}",
            f"Ihr Termin am {later:%d.%m.%Y} ist abgesagt",
        ]
        calendars = [invitation(mail) for mail in sent]
        events = [calendar.events[0] for calendar in calendars]
        appointment = Appointment.objects.get()
        assert [str(calendar["METHOD"]) for calendar in calendars] == ["REQUEST", "REQUEST", "CANCEL"]
        assert [event["SEQUENCE"] for event in events] == [0, 1, 2]
        assert {str(event["UID"]) for event in events} == {f"{appointment.uid}@mehrwert.example"}
        assert [event["DTSTART"].dt for event in events] == [starts(office)[0], later, later]
        assert [str(event["STATUS"]) for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
        assert len({mail["Message-ID"] for mail in sent}) == 3
        assert {mail["Auto-Submitted"] for mail in sent} == {"auto-generated"}


def test_f12_links_of_a_mail_outlive_a_change_of_the_key(site, office, mail_server):
    """Mailed under the old key, opened and used under the new one; dead when the old one is forgotten."""
    mailbox, smtp = mail_server
    web = site.start_web()
    book(web, office)
    web.terminate()
    site.start_worker(EMAIL_URL=f"smtp://127.0.0.1:{smtp}")
    wait_until(lambda: settled(2), what="both mails")
    (mail,) = of_the_firm([bytes(envelope.original_content) for envelope in mailbox.envelopes])
    text = mail.get_body(("plain",)).get_content()
    paths = re.findall(rf"^{re.escape(web.url)}(/termin/\S+)", text, re.MULTILINE)
    assert [path.split("/")[2] for path in paths] == ["ansehen", "verschieben", "absagen"]

    new, old = "another-key-" * 6, site.environ()["SECRET_KEY"]
    forgotten = site.start_web(SECRET_KEY=new)
    assert [walk(forgotten.url, Errand([Step("GET", path)]))[0].status for path in paths] == [404, 404, 404]
    forgotten.terminate()
    rotated = site.start_web(SECRET_KEY=new, SECRET_KEY_FALLBACKS=old)
    assert [walk(rotated.url, Errand([Step("GET", path)]))[0].status for path in paths] == [200, 200, 200]
    done = walk(rotated.url, Errand([Step("POST", paths[2], {"grund": ""}), Step("GET")]))
    assert [answer.status for answer in done] == [302, 200]
    assert Appointment.objects.get().status == Status.CANCELLED
