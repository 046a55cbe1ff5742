"""F13, F14, F17: processes that die, processes that are two. Real ones, on the database of the test."""

from __future__ import annotations

import re
import sys
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_q.models import OrmQ, Task

from foundation.models import OutgoingMail, User
from foundation.outbox.delivery import LEASE, deliver_due
from foundation.outbox.message import Letter
from foundation.outbox.queue import enqueue
from foundation.password_reset import request_reset_links
from tests.mail_servers import Conduct, FaultyServer, working_server
from tests.servers import RunningProcess, RunningSite, wait_until

DELIVERER = "import django; django.setup(); from foundation.outbox.delivery import deliver_due; print(deliver_due())"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def put(number: int = 0, thread: str = "") -> OutgoingMail:
    letter = Letter(kind="booking", to=f"e{number}@firma.example", subject="Termin", text="Hallo", thread=thread)
    return enqueue(letter, now=timezone.now())


def start_deliverer(site: RunningSite, port: int) -> RunningProcess:
    return site.start("deliverer", sys.executable, "-c", DELIVERER, EMAIL_URL=f"smtp://127.0.0.1:{port}")


@pytest.mark.parametrize("threads", [False, True], ids=["single mails", "threads"])
def test_several_deliverers_send_each_mail_once(site: RunningSite, threads: bool) -> None:
    mails = [put(number, thread=f"t{number % 4}" if threads else "") for number in range(40)]
    with working_server() as (mailbox, port):
        processes = [start_deliverer(site, port) for _ in range(4)]
        for process in processes:
            assert process.popen.wait(180) == 0, process.log()
    assert Counter(mailbox.message_ids) == Counter(mail.message_id for mail in mails)
    assert set(OutgoingMail.objects.values_list("state", "attempts")) == {("sent", 1)}
    # Nobody was idle the whole time, or the test has shown nothing.
    sent = [int(re.search(r"sent=(\d+)", process.log()).group(1)) for process in processes]
    assert sum(sent) == 40
    assert sum(count > 0 for count in sent) >= 2
    if threads:
        for thread in range(4):
            wanted = [mail.message_id for mail in mails if mail.thread == f"t{thread}"]
            assert [taken for taken in mailbox.message_ids if taken in wanted] == wanted


def test_killed_in_the_middle_of_a_mail(site: RunningSite, settings) -> None:
    """The server has the text, the process dies before it hears so: sent again, recognisable as the same mail."""
    mail = put()
    settings.OUTBOX_TRANSPORT, settings.EMAIL_HOST = SMTP, "127.0.0.1"
    with FaultyServer(Conduct(end=None), Conduct()) as server:
        settings.EMAIL_PORT = server.port
        process = start_deliverer(site, server.port)
        wait_until(lambda: server.swallowed, what="the text's arrival")
        process.kill()
        mail.refresh_from_db()
        assert (mail.state, mail.attempts) == ("waiting", 1)
        assert timezone.now() < mail.leased_until <= timezone.now() + LEASE
        assert deliver_due(now=mail.leased_until - timedelta(seconds=1)).total == 0
        assert deliver_due(now=mail.leased_until).sent == 1
    assert len(server.taken) == 1
    assert server.message_ids == {mail.message_id}


def test_worker_killed_with_a_task_half_done_goes_on_after_a_restart(site: RunningSite) -> None:
    mail = put()
    with FaultyServer(Conduct(end=None), Conduct()) as server:
        worker = site.start_worker(EMAIL_URL=f"smtp://127.0.0.1:{server.port}")
        wait_until(lambda: server.swallowed, what="the text's arrival")
        worker.kill()
        # Time passes: the lease of the mail and the broker's hold on the task run out.
        past = timezone.now() - timedelta(seconds=1)
        assert OutgoingMail.objects.filter(leased_until__gt=past).update(leased_until=past) == 1
        OrmQ.objects.update(lock=past)
        site.start_worker(EMAIL_URL=f"smtp://127.0.0.1:{server.port}")
        wait_until(lambda: OutgoingMail.objects.get().state == "sent", what="the second delivery")
    assert len(server.taken) == 1
    assert server.message_ids == {mail.message_id}


def test_mail_of_a_process_that_died_after_its_commit_goes_out_with_the_next_worker(site: RunningSite) -> None:
    mail = put()
    connection.close()
    with working_server() as (mailbox, port):
        site.start_worker(EMAIL_URL=f"smtp://127.0.0.1:{port}")
        wait_until(lambda: mailbox.envelopes, what="the mail's arrival")
        wait_until(lambda: OutgoingMail.objects.get().state == "sent", what="the row's end")
        wait_until(lambda: not OrmQ.objects.exists(), what="the task's end")
    assert mailbox.message_ids == [mail.message_id]
    assert Task.objects.count() == 0


def test_rolled_back_change_reaches_neither_worker_nor_server(site: RunningSite) -> None:
    with working_server() as (mailbox, port):
        site.start_worker(EMAIL_URL=f"smtp://127.0.0.1:{port}")
        with transaction.atomic():
            put(1)
            transaction.set_rollback(True)
        kept = put(2)
        wait_until(lambda: mailbox.envelopes, what="the other mail's arrival")
    assert mailbox.message_ids == [kept.message_id]


def test_reset_by_the_worker_leaves_the_address_in_no_table_of_tasks(site: RunningSite) -> None:
    User.objects.create_user("anna", "anna@mehrwert.example", "altes-passwort-1")
    with working_server() as (mailbox, port):
        worker = site.start_worker(EMAIL_URL=f"smtp://127.0.0.1:{port}")
        request_reset_links("anna@mehrwert.example")
        request_reset_links("niemand@mehrwert.example")
        wait_until(lambda: mailbox.envelopes, what="the mail's arrival")
        wait_until(lambda: not OrmQ.objects.exists(), what="the end of all tasks")
        worker.terminate()
    assert [envelope.rcpt_tos for envelope in mailbox.envelopes] == [["anna@mehrwert.example"]]
    assert Task.objects.count() == 0
    assert "mehrwert.example" not in worker.log()
