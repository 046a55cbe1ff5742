"""The outbox and the letterbox in the admin: who sees what, and that nothing shows more than it must."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django_mail_viewer.backends.database.models import EmailMessage as KeptMail
from django_q.models import OrmQ, Task

from foundation.models import OutgoingMail, RetentionSettings, User
from foundation.outbox.delivery import Tally, deliver_due
from foundation.outbox.message import Letter
from foundation.outbox.queue import enqueue
from foundation.outbox.retention import forget_delivered
from foundation.password_reset import RESET_TASK

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
WAITING, SENT, FAILED, DROPPED = OutgoingMail.State
LIST_QUERIES = 8
CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


def put(to: str = "erika.muster@firma.example", **values: object) -> OutgoingMail:
    letter = {
        "kind": "booking",
        "to": to,
        "subject": "Ihr Termin",
        "text": "Absagen: https://www.mehrwert.example/termin/absagen/abc/",
        "html": "<p>Grüße</p><script>alert(1)</script>",
        "calendar": CALENDAR,
        "calendar_method": "REQUEST",
    }
    mail = enqueue(Letter(**letter), now=NOW)
    OutgoingMail.objects.filter(pk=mail.pk).update(**values)
    mail.refresh_from_db()
    return mail


def browser(*permissions: str, superuser: bool = False) -> Client:
    user = User.objects.create_user(f"u{User.objects.count()}", is_superuser=superuser)
    group = Group.objects.create(name=user.username)
    group.permissions.set(Permission.objects.filter(codename__in=("access_admin", *permissions)))
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


class TestOutbox:
    def test_list_tells_state_and_error_but_neither_address_nor_text(self) -> None:
        put(state=FAILED, attempts=1, last_error="SMTP 550 5.1.1 no such user", finished_at=NOW)
        page = browser("view_outgoingmail").get(reverse("outbox:index"))
        text = page.content.decode()
        assert page.status_code == 200
        for shown in ("Postausgang", "gescheitert", "booking", "e…@firma.example", "SMTP 550 5.1.1 no such user"):
            assert shown in text
        for hidden in ("erika.muster", "Ihr Termin", "/termin/absagen/"):
            assert hidden not in text

    def test_list_can_be_filtered_by_state(self) -> None:
        put(state=FAILED, to="kaputt@weg.example")
        put(to="noch@da.example")
        page = browser(superuser=True).get(reverse("outbox:index_results"), {"state": "failed"})
        assert "k…@weg.example" in page.content.decode()
        assert "n…@da.example" not in page.content.decode()

    def test_list_costs_the_same_with_more_mails(self, django_assert_num_queries) -> None:
        client = browser(superuser=True)
        put(state=FAILED)
        client.get(reverse("outbox:index"))
        with django_assert_num_queries(LIST_QUERIES):
            client.get(reverse("outbox:index"))
        put(state=FAILED)
        put()
        with django_assert_num_queries(LIST_QUERIES):
            client.get(reverse("outbox:index"))

    def test_button_stands_only_with_failed_mails_and_for_those_who_may(self) -> None:
        failed, waiting, forgotten = put(state=FAILED), put(), put(state=FAILED, recipient="", message=b"")
        text = browser(superuser=True).get(reverse("outbox:index")).content.decode()
        assert reverse("outbox:retry", args=[failed.pk]) in text
        assert reverse("outbox:retry", args=[waiting.pk]) not in text
        assert reverse("outbox:retry", args=[forgotten.pk]) not in text
        text = browser("view_outgoingmail").get(reverse("outbox:index")).content.decode()
        assert reverse("outbox:retry", args=[failed.pk]) not in text

    def test_retry_puts_the_mail_back(self) -> None:
        mail = put(state=FAILED, attempts=20, finished_at=NOW)
        response = browser("change_outgoingmail").post(reverse("outbox:retry", args=[mail.pk]))
        mail.refresh_from_db()
        assert (response.status_code, response["Location"]) == (302, reverse("outbox:index"))
        assert (mail.state, mail.attempts, mail.finished_at) == (WAITING, 0, None)

    def test_retry_of_a_sent_mail_sends_nothing(self) -> None:
        mail = put(state=SENT)
        browser(superuser=True).post(reverse("outbox:retry", args=[mail.pk]))
        mail.refresh_from_db()
        assert mail.state == SENT

    def test_get_changes_nothing(self) -> None:
        mail = put(state=FAILED)
        assert browser(superuser=True).get(reverse("outbox:retry", args=[mail.pk])).status_code == 405
        mail.refresh_from_db()
        assert mail.state == FAILED

    def test_others_are_turned_away(self) -> None:
        mail = put(state=FAILED)
        editor, viewer, anonymous = browser(), browser("view_outgoingmail"), Client()
        assert editor.get(reverse("outbox:index")).url == reverse("wagtailadmin_home")
        assert anonymous.get(reverse("outbox:index")).url.startswith(reverse("wagtailadmin_login"))
        for client in (editor, viewer, anonymous):
            assert client.post(reverse("outbox:retry", args=[mail.pk])).status_code == 302
        mail.refresh_from_db()
        assert mail.state == FAILED

    def test_post_without_token_is_refused(self, settings) -> None:
        settings.CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
        mail = put(state=FAILED)
        client = browser(superuser=True)
        client.handler.enforce_csrf_checks = True
        assert client.post(reverse("outbox:retry", args=[mail.pk])).status_code == 403

    @pytest.mark.parametrize(("permission", "shown"), [("view_outgoingmail", True), ("access_admin", False)])
    def test_menu_shows_the_outbox_to_those_who_may(self, permission: str, shown: bool) -> None:
        text = browser(permission).get(reverse("wagtailadmin_home")).content.decode()
        assert (reverse("outbox:index") in text) is shown


@pytest.fixture
def letterbox(settings, tmp_path) -> OutgoingMail:
    settings.MEDIA_ROOT = tmp_path
    settings.EMAIL_BACKEND = "foundation.outbox.backend.OutboxBackend"
    settings.OUTBOX_TRANSPORT = "django_mail_viewer.backends.database.backend.EmailBackend"
    mail = put()
    assert deliver_due(now=NOW) == Tally(sent=1)
    return mail


def letterbox_urls(mail: OutgoingMail) -> list[str]:
    message_id = mail.message_id.strip("<>")
    return [
        reverse("mail_viewer_list"),
        reverse("mail_viewer_detail", args=[message_id]),
        reverse("mail_viewer_delete", args=[message_id]),
        reverse("mail_viewer_attachment", args=[message_id, 0]),
    ]


class TestLetterbox:
    def test_lies_under_the_path_of_the_admin(self, letterbox) -> None:
        assert all(url.startswith("/admin/briefkasten/") for url in letterbox_urls(letterbox))

    def test_shows_the_mail_with_its_parts(self, letterbox) -> None:
        client = browser(superuser=True)
        listing, detail, _, attachment = letterbox_urls(letterbox)
        text = client.get(listing).content.decode()
        assert "Ihr Termin" in text
        assert detail in text
        text = client.get(detail).content.decode()
        assert "Ihr Termin" in text
        assert "erika.muster@firma.example" in text
        assert 'href="https://www.mehrwert.example/termin/absagen/abc/"' in text
        assert "&lt;p&gt;Grüße&lt;/p&gt;&lt;script&gt;" in text
        assert '<a href="' + attachment + '" download>termin.ics</a>' in text
        file = client.get(attachment)
        assert (file.getvalue(), file["Content-Type"], file["Content-Disposition"]) == (
            CALENDAR.encode(),
            "application/ics",
            'attachment; filename="termin.ics"',
        )

    def test_frame_of_the_mail_runs_no_script_and_loads_nothing_foreign(self, letterbox) -> None:
        text = browser(superuser=True).get(letterbox_urls(letterbox)[1]).content.decode()
        assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in text
        assert "unpkg" not in text

    def test_is_not_cached(self, letterbox) -> None:
        client = browser(superuser=True)
        for url in letterbox_urls(letterbox):
            response = client.get(url)
            assert "no-store" in response["Cache-Control"]
            b"".join(response)

    def test_deletes_by_post_only(self, letterbox) -> None:
        client, delete = browser(superuser=True), letterbox_urls(letterbox)[2]
        assert client.get(delete).status_code == 200
        assert KeptMail.objects.count() == 6
        client.post(delete)
        assert KeptMail.objects.count() == 0

    def test_is_closed_to_everyone_but_superusers(self, letterbox) -> None:
        """Its mails hold the keys to every appointment and every account."""
        editor, anonymous = browser("view_outgoingmail", "change_outgoingmail"), Client()
        for url in letterbox_urls(letterbox):
            assert editor.get(url).url == reverse("wagtailadmin_home")
            assert editor.post(url).url == reverse("wagtailadmin_home")
            assert anonymous.get(url).url.startswith(reverse("wagtailadmin_login"))
            assert anonymous.post(url).url.startswith(reverse("wagtailadmin_login"))
        assert KeptMail.objects.count() == 6
        assert reverse("mail_viewer_list") not in editor.get(reverse("wagtailadmin_home")).content.decode()

    def test_is_gone_where_a_mail_server_is_set(self, letterbox, settings) -> None:
        client = browser(superuser=True)
        assert reverse("mail_viewer_list") in client.get(reverse("wagtailadmin_home")).content.decode()
        settings.OUTBOX_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
        assert {client.get(url).status_code for url in letterbox_urls(letterbox)} == {404}
        assert reverse("mail_viewer_list") not in client.get(reverse("wagtailadmin_home")).content.decode()


class TestRetention:
    def test_texts_and_addresses_are_emptied_when_their_time_is_over(self, letterbox, tmp_path) -> None:
        """P2: no trace of the name in any table, nor among the files."""
        failed = put(state=FAILED, finished_at=NOW)
        waiting = put(to="wartet@firma.example")
        KeptMail.objects.update(created_at=NOW)
        assert [file.name for file in tmp_path.rglob("*.ics")] == ["termin.ics"]
        days = timedelta(days=RetentionSettings.load().mail_days)
        assert forget_delivered(NOW + days) == 0
        assert forget_delivered(NOW + days + timedelta(seconds=1)) == 2
        assert forget_delivered(NOW + days + timedelta(seconds=1)) == 0
        for mail in (letterbox, failed):
            mail.refresh_from_db()
            assert (bytes(mail.message), mail.recipient, mail.recipient_in_part) == (b"", "", "gelöscht")
        waiting.refresh_from_db()
        assert waiting.recipient == "wartet@firma.example"
        assert KeptMail.objects.count() == 0
        assert list(tmp_path.rglob("*.ics")) == []

    def test_interrupted_reset_task_leaves_no_address(self) -> None:
        for key, func in (("1", RESET_TASK), ("2", "other.task")):
            Task.objects.create(id=key, name=key, func=func, started=NOW, stopped=NOW, args=("a@b.example",))
        OrmQ.objects.all().delete()
        forget_delivered(NOW)
        assert [task.func for task in Task.objects.all()] == ["other.task"]
