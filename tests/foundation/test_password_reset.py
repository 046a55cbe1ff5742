"""F16, S13, S3: the request for a new password tells nobody who exists, and its links follow no header."""

from __future__ import annotations

import email
import logging
from email.policy import SMTP
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_q.models import OrmQ, Task

from foundation import password_reset
from foundation.models import OutgoingMail, User
from foundation.outbox.backend import OutboxBackend
from foundation.password_reset import RESET_TASK, send_reset_links

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN = "anna@mehrwert.example", "niemand@mehrwert.example"


@pytest.fixture(autouse=True)
def anna(settings) -> User:
    settings.EMAIL_BACKEND = "foundation.outbox.backend.OutboxBackend"
    settings.WAGTAILADMIN_BASE_URL = "https://www.mehrwert.example"
    return User.objects.create_user("anna", KNOWN, "altes-passwort-1")


def ask(client, address: str, **headers: str):
    return client.post(reverse("wagtailadmin_password_reset"), {"email": address}, headers=headers)


def mail_text() -> str:
    return email.message_from_bytes(bytes(OutgoingMail.objects.get().message), policy=SMTP).get_content()


def test_known_and_unknown_get_the_same_answer_by_the_same_work(client) -> None:
    """Statements, passwords hashed, values signed and mails written are counted; no clock is asked."""
    seen = []
    for address in (KNOWN, UNKNOWN):
        with (
            CaptureQueriesContext(connection) as queries,
            patch.object(MD5PasswordHasher, "encode", autospec=True) as hashed,
            patch.object(PasswordResetTokenGenerator, "make_token", autospec=True) as signed,
            patch.object(OutboxBackend, "send_messages", autospec=True) as written,
        ):
            response = ask(client, address)
        statements = [query["sql"].split(" VALUES ")[0] for query in queries]
        work = [made.call_count for made in (hashed, signed, written)]
        seen.append((response.status_code, response["Location"], response.content, statements, work))
    assert seen[0] == seen[1]
    assert not any("foundation_" in statement for statement in seen[0][3])
    assert seen[0][4] == [0, 0, 0]


def test_request_writes_no_mail_but_one_task(client) -> None:
    ask(client, KNOWN)
    assert OutgoingMail.objects.count() == 0
    [task] = OrmQ.objects.all()
    assert (task.func(), task.args()) == (RESET_TASK, (KNOWN,))
    assert task.task["save"] is False


def test_mail_server_does_not_matter_to_the_request(client, settings) -> None:
    settings.OUTBOX_TRANSPORT = "no.such.Transport"
    assert ask(client, KNOWN).status_code == 302


def test_task_writes_to_the_account_and_to_nobody_else() -> None:
    send_reset_links(KNOWN)
    send_reset_links(UNKNOWN)
    assert [mail.recipient for mail in OutgoingMail.objects.all()] == [KNOWN]
    assert "https://www.mehrwert.example/admin/password_reset/confirm/" in mail_text()


def test_link_opens_the_form_for_the_new_password(client, settings) -> None:
    settings.SECURE_SSL_REDIRECT = False
    send_reset_links(KNOWN)
    [link] = [word for word in mail_text().split() if word.startswith("https://")]
    response = client.get(link.removeprefix("https://www.mehrwert.example"), follow=True)
    assert (response.status_code, "new_password1" in response.content.decode()) == (200, True)


@pytest.mark.parametrize("inactive", [{"is_active": False}, {"password": "!unusable"}])
def test_closed_account_gets_no_link(anna, inactive: dict[str, object]) -> None:
    User.objects.filter(pk=anna.pk).update(**inactive)
    send_reset_links(KNOWN)
    assert OutgoingMail.objects.count() == 0


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host"])
def test_no_header_reaches_the_link(client, header: str) -> None:
    response = ask(client, KNOWN, **{header: "evil.example"})
    assert response.status_code == (400 if header == "Host" else 302)
    for task in OrmQ.objects.all():
        send_reset_links(*task.args())
    assert OutgoingMail.objects.count() == (0 if header == "Host" else 1)
    for mail in OutgoingMail.objects.all():
        assert b"evil" not in bytes(mail.message)


def test_failure_is_logged_without_the_address_and_keeps_no_task(monkeypatch, caplog) -> None:
    """A raised error would leave the task, and with it the address, in the table of failures."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(KNOWN)

    monkeypatch.setattr(password_reset.PasswordResetForm, "save", fail)
    with caplog.at_level(logging.INFO):
        send_reset_links(KNOWN)
    assert [record.getMessage() for record in caplog.records] == [
        "A mail for a new password could not be written (RuntimeError)"
    ]
    assert caplog.records[0].exc_info is None
    assert Task.objects.count() == 0
