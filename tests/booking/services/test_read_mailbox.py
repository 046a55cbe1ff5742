"""Answers fetched from a mailbox: by a real IMAP server, and by servers that are rude."""

from __future__ import annotations

import logging
import threading
import time
from datetime import timedelta
from io import StringIO
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command

from booking.calendars import uid_of
from booking.ical import reply
from booking.ical.reply import LONGEST
from booking.models import InvitationReply
from booking.remote import mailbox as mailbox_module
from booking.remote.mailbox import Mailbox, MailboxUnread, folder_name, read_unseen
from booking.services.read_mailbox import Taken, read_mailbox, read_mailbox_beside
from booking.tasks import read_reply_mailbox
from tests.booking.conftest import NOW
from tests.booking.ical.replies import mail_with, reply_text
from tests.factories.booking import AppointmentFactory
from tests.mailboxes import PASSWORD, behind_tls, imap_server, make_certificate


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with imap_server(tmp_path_factory.mktemp("pymap")) as server:
        yield server


@pytest.fixture
def server(running, monkeypatch):
    running.empty()
    monkeypatch.setattr(mailbox_module.ssl, "create_default_context", lambda: running.context)
    return running


@pytest.fixture
def appointment(db):
    return AppointmentFactory(starts_at=NOW + timedelta(days=3))


@pytest.mark.processes
def test_each_mail_is_read_once_and_an_answer_is_shown(server, appointment):
    server.append(mail_with(reply_text(uid=uid_of(appointment))))
    server.append("Subject: Urlaub\r\n\r\nBin weg.\r\n")
    box = Mailbox(server.url)
    assert read_mailbox(box, now=NOW) == Taken(replies=1, others=1)
    reply = InvitationReply.objects.get()
    assert (str(reply), reply.sender) == ("in Outlook abgelehnt", "own")
    assert server.unseen() == 0
    assert read_mailbox(box, now=NOW) == Taken(replies=0, others=0)


@pytest.mark.processes
def test_a_mail_that_failed_stays_unseen_and_comes_again(server):
    server.append("Subject: a\r\n\r\nb\r\n")

    def fail(raw):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        read_unseen(Mailbox(server.url), fail, longest=LONGEST, seconds=10)
    assert server.unseen() == 1
    taken = []
    assert read_unseen(Mailbox(server.url), taken.append, longest=LONGEST, seconds=10) == 1
    assert taken == [b"Subject: a\r\n\r\nb\r\n"]


@pytest.mark.processes
def test_a_mail_that_finds_a_fault_of_ours_keeps_no_other_waiting(server, appointment, monkeypatch, caplog):
    """It ended every round before the mails behind it, and the log blamed the mailbox for a ValueError."""
    server.append("Subject: a\r\n\r\nb\r\n")
    server.append(mail_with(reply_text(uid=uid_of(appointment))))

    def read_letter(raw):
        if raw.startswith(b"Subject: a"):
            raise ValueError
        return reply.read_letter(raw)

    monkeypatch.setattr("booking.services.read_mailbox.read_letter", read_letter)
    assert read_mailbox(Mailbox(server.url), now=NOW) == Taken(replies=1, others=0)
    assert server.unseen() == 1
    assert [record.message for record in caplog.records] == ["A mail could not be read"]


@pytest.mark.processes
def test_a_mail_that_is_too_long_is_passed_over_unread(server):
    server.append("Subject: a\r\n\r\n" + "b" * 100)
    assert read_unseen(Mailbox(server.url), pytest.fail, longest=50, seconds=10) == 0
    assert server.unseen() == 0


@pytest.mark.processes
def test_a_folder_with_umlauts_is_found_and_so_is_a_password_with_them(server):
    """Both went out as ASCII alone; the log said that the mailbox could not be reached."""
    assert not PASSWORD.isascii()
    server.append("Subject: a\r\n\r\nb\r\n", folder='"R&APw-ckl&AOQ-ufer &- mehr"')
    taken = []
    url = server.url.replace("INBOX", quote("Rückläufer & mehr"))
    assert read_unseen(Mailbox(url), taken.append, longest=LONGEST, seconds=10) == 1
    assert taken == [b"Subject: a\r\n\r\nb\r\n"]


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("INBOX", '"INBOX"'),
        ("Entwürfe", '"Entw&APw-rfe"'),
        ("A&B", '"A&-B"'),
        ("~peter/mail/台北/日本語", '"~peter/mail/&U,BTFw-/&ZeVnLIqe-"'),  # the example of RFC 3501
        ('a"b\\c', r'"a\"b\\c"'),
    ],
)
def test_folders_are_named_as_servers_know_them(name, known):
    assert folder_name(name) == known


def without_plain(talk):
    talk.sendall(b"* OK ready\r\n")
    for line in talk.makefile("rb"):
        tag, word = line.split()[:2]
        talk.sendall(b"* CAPABILITY IMAP4rev1\r\n" if word == b"CAPABILITY" else b"")
        talk.sendall(tag + (b" OK done\r\n" if word == b"CAPABILITY" else b" NO no\r\n"))


@pytest.mark.parametrize(("word", "told"), [("geheim", "Name oder Passwort"), ("geh%C3%BCm", "keine Umlaute")])
def test_a_server_that_knows_login_alone_gets_no_umlauts(tmp_path, word, told):
    certificate = make_certificate(tmp_path)
    context = mailbox_module.ssl.create_default_context(cafile=str(certificate))
    with behind_tls(without_plain, certificate) as port, pytest.raises(MailboxUnread, match=told):
        read_unseen(Mailbox(f"imaps://a:{word}@127.0.0.1:{port}"), pytest.fail, longest=1, seconds=5, context=context)


@pytest.mark.processes
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ((quote(PASSWORD), "falsch"), "Das Postfach nimmt Name oder Passwort nicht an."),
        (("INBOX", "Nirgends"), "Den Ordner gibt es im Postfach nicht."),
    ],
)
def test_what_is_wrong_is_said_without_name_and_password(server, wrong, told):
    with pytest.raises(MailboxUnread) as refused:
        read_mailbox(Mailbox(server.url.replace(*wrong)), now=NOW)
    assert str(refused.value) == told


@pytest.mark.processes
def test_the_command_says_what_was_fetched(server, appointment, settings):
    settings.REPLY_MAILBOX_URL = server.url
    server.append(mail_with(reply_text(uid=uid_of(appointment))))
    said = StringIO()
    call_command("read_mailbox", stdout=said)
    assert said.getvalue() == "Antworten: 1, andere E-Mails: 0.\n"


def test_without_a_mailbox_nothing_is_fetched(settings):
    settings.REPLY_MAILBOX_URL = ""
    assert read_mailbox_beside() is None
    with pytest.raises(CommandError, match="REPLY_MAILBOX_URL"):
        call_command("read_mailbox")


def drip(talk):
    while True:
        talk.sendall(b"*")
        time.sleep(0.05)


RUDE = {
    "says nothing": lambda talk: talk.recv(1),
    "drips": drip,
    "speaks no IMAP": lambda talk: talk.sendall(b"HTTP/1.1 200 OK\r\n\r\n"),
    "hangs up": lambda talk: None,
    "lies about a length": lambda talk: (talk.sendall(b"* OK {99999999999}\r\n"), talk.recv(1000)),
    "goes on without end": lambda talk: [talk.sendall(b"* OK " + b"x" * 100_000) for _ in range(100)],
}


@pytest.mark.parametrize("what", RUDE)
def test_a_rude_server_ends_with_a_sentence(tmp_path, what):
    certificate = make_certificate(tmp_path)
    context = mailbox_module.ssl.create_default_context(cafile=str(certificate))
    with behind_tls(RUDE[what], certificate) as port, pytest.raises(MailboxUnread, match="Das Postfach"):
        read_unseen(Mailbox(f"imaps://a:b@127.0.0.1:{port}"), pytest.fail, longest=1, seconds=0.5, context=context)


def test_a_certificate_that_nobody_vouches_for_gets_no_password(tmp_path):
    heard = []
    with behind_tls(lambda talk: heard.append(talk.recv(100)), make_certificate(tmp_path)) as port:
        with pytest.raises(MailboxUnread, match="Zertifikat"):
            read_unseen(Mailbox(f"imaps://a:geheim@127.0.0.1:{port}"), pytest.fail, longest=1, seconds=5)
    assert heard == []


def test_a_hanging_mailbox_keeps_the_worker_from_nothing_and_is_asked_once_at_a_time(settings, monkeypatch, caplog):
    settings.REPLY_MAILBOX_URL = "imaps://a:geheim@mail.example/"
    hangs, asked = threading.Event(), []

    def hang(mailbox, **options):
        asked.append(mailbox)
        hangs.wait(10)
        raise MailboxUnread("Das Postfach hat nicht rechtzeitig geantwortet.")

    monkeypatch.setattr("booking.services.read_mailbox.read_mailbox", hang)
    thread = read_mailbox_beside()
    assert read_reply_mailbox() is None
    assert read_mailbox_beside() is None
    with caplog.at_level(logging.WARNING):
        hangs.set()
        thread.join(10)
    assert len(asked) == 1
    assert "geheim" not in caplog.text + repr(asked)
    assert "nicht rechtzeitig" in caplog.text
    again = read_mailbox_beside()
    again.join(10)


def test_a_thread_that_cannot_begin_leaves_the_mailbox_to_the_next_round(settings, monkeypatch):
    """The lock stayed, and nothing was ever read again until the worker was started anew."""
    settings.REPLY_MAILBOX_URL = "imaps://a:geheim@mail.example/"
    monkeypatch.setattr("booking.services.read_mailbox.read_mailbox", lambda *args, **options: None)
    with monkeypatch.context() as broken:
        broken.setattr(threading.Thread, "start", lambda self: (_ for _ in ()).throw(RuntimeError("no thread")))
        with pytest.raises(RuntimeError):
            read_mailbox_beside()
    read_mailbox_beside().join(10)
