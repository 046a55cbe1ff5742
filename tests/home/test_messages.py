"""Contact and „Hürde melden“: one mail to the mailbox of the network, however often and by whomever it is sent."""

from __future__ import annotations

import email
from datetime import timedelta
from email.policy import SMTP

import pytest
import time_machine
from django.utils import timezone

from booking.models import BookingSettings
from foundation.models import BrandSettings, OutgoingMail, RetentionSettings
from foundation.outbox.retention import forget_delivered
from foundation.public_forms import DECOY
from home.models import AccessibilityPage, ContactPage, MessagePage, SentForm
from home.sent_forms import PER_HOUR, forget_sent_forms
from home.stamps import new_stamp
from tests.booking.conftest import NOW
from tests.booking.test_forgetting import MARKER, tables_that_tell, tells
from tests.factories.home import AccessibilityPageFactory, ContactPageFactory, new_site, stream
from tests.home.markup import Markup

pytestmark = pytest.mark.django_db
ANSWERS = {"name": "Kim Muster", "email": "kim@firma.example", "message": "Guten Tag,\r\nwas kostet das?"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def page() -> ContactPage:
    return ContactPageFactory(parent=new_site(), recipient="post@mehrwert.example")


@pytest.fixture
def statement() -> AccessibilityPage:
    return AccessibilityPageFactory(parent=new_site())


def send(client, page: MessagePage, stamp: str | None = None, **answers: str):
    stamp = new_stamp(now=timezone.now()) if stamp is None else stamp
    return client.post(f"/nachricht-senden/{page.pk}/", ANSWERS | {"stempel": stamp} | answers)


def mails() -> list[tuple[str, str, str | None, str]]:
    found = [email.message_from_bytes(bytes(mail.message), policy=SMTP) for mail in OutgoingMail.objects.all()]
    return [(mail["To"], mail["Subject"], mail["Reply-To"], mail.get_body(("plain",)).get_content()) for mail in found]


def test_a_message_goes_to_the_mailbox_of_the_page_and_is_answered_to_the_sender(client, page):
    response = send(client, page, phone="05151 12345")
    assert (response.status_code, response.url) == (302, "/kontakt/danke/")
    [(to, subject, reply_to, text)] = mails()
    assert (to, subject, reply_to) == ("post@mehrwert.example", "Nachricht über die Website", "kim@firma.example")
    assert text.replace("\r\n", "\n").startswith(
        "Ihr Name\nKim Muster\n\nE-Mail\nkim@firma.example\n\nTelefon\n05151 12345\n\n"
        "Ihre Nachricht\nGuten Tag,\nwas kostet das?\n\n„Antworten“ im Mailprogramm schreibt an die Person zurück."
    )
    thanks = client.get(response.url).content.decode()
    assert "Danke, das ist angekommen." in thanks
    assert '<meta name="robots" content="noindex">' in thanks
    assert Markup(thanks).complaints == []


def test_a_barrier_may_be_reported_without_name_and_address(client, statement):
    BrandSettings.objects.create(contact_email="alle@mehrwert.example")
    response = client.post(
        f"/nachricht-senden/{statement.pk}/", {"message": "Kein Kontrast", "stempel": new_stamp(now=NOW)}
    )
    assert response.url == "/barrierefreiheit/danke/"
    [(to, subject, reply_to, text)] = mails()
    assert (to, subject, reply_to) == ("alle@mehrwert.example", "Hürde auf der Website gemeldet", None)
    assert "Was geht nicht?\nKein Kontrast" in text.replace("\r\n", "\n")
    assert "Eine Adresse für die Antwort wurde nicht genannt." in text


def test_sending_the_same_form_again_sends_one_mail(client, page):
    stamp = new_stamp(now=NOW)
    assert [send(client, page, stamp).url for _ in range(3)] == ["/kontakt/danke/"] * 3
    assert len(mails()) == SentForm.objects.count() == 1


def test_each_visitor_gets_a_form_of_its_own_without_a_cookie(client, page):
    stamps = set()
    for _ in range(2):
        response = client.get("/kontakt/")
        assert response.headers["Cache-Control"] == "no-store, private"
        assert not response.cookies
        stamps.add(response.context["stamp"])
    assert len(stamps) == 2
    assert f'action="/nachricht-senden/{page.pk}/"' in response.content.decode()
    assert Markup(response.content.decode()).complaints == []


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"name": ""}, "Bitte nennen Sie Ihren Namen."),
        ({"email": "kim@"}, "Bitte prüfen Sie die E-Mail-Adresse"),
        ({"email": "a@b.example,c@d.example"}, "Bitte prüfen Sie die E-Mail-Adresse"),
        ({"message": " "}, "Bitte schreiben Sie, worum es geht."),
        ({"message": "x\x07"}, "unsichtbare Steuerzeichen"),
        ({"message": "x" * 3001}, "höchstens 3000 Zeichen"),
        ({DECOY: "x"}, "Ein verborgenes Feld war ausgefüllt"),
    ],
)
def test_wrong_answers_come_back_with_what_was_typed(client, page, wrong, complaint):
    stamp = new_stamp(now=NOW)
    response = send(client, page, stamp, **({"phone": "05151 7"} | wrong))
    text = response.content.decode()
    assert response.status_code == 422
    assert complaint in text
    assert 'value="05151 7"' in text
    assert "<title>Fehler: Kontakt" in text
    assert response.context["stamp"] == stamp
    assert Markup(text).complaints == []
    assert mails() == []


@pytest.mark.parametrize(
    "stamp",
    ["", "x", new_stamp(now=NOW - timedelta(hours=24)), new_stamp(now=NOW)[:-1]],
    ids=["none", "no stamp", "old", "cut off"],
)
def test_a_form_without_a_fresh_stamp_is_given_a_new_one(client, page, stamp):
    response = send(client, page, stamp)
    assert response.status_code == 422
    assert "Die Seite war lange offen." in response.content.decode()
    assert send(client, page, response.context["stamp"]).status_code == 302
    assert len(mails()) == 1


def test_a_form_filled_in_too_fast_is_sent_a_moment_later(client, page, clock):
    BookingSettings.objects.create(seconds_to_fill_in=3)
    response = send(client, page)
    assert response.status_code == 422
    assert "Das ging sehr schnell." in response.content.decode()
    clock.shift(3)
    assert send(client, page, response.context["stamp"]).status_code == 302


def test_one_network_sends_only_so_many_within_an_hour(client, page, clock):
    assert {send(client, page).status_code for _ in range(PER_HOUR)} == {302}
    refused = send(client, page)
    assert refused.status_code == 429
    assert "Von Ihrem Anschluss kamen gerade viele Nachrichten." in refused.content.decode()
    assert "was kostet das?" in refused.content.decode()
    assert len(mails()) == PER_HOUR
    assert (
        client.post(
            f"/nachricht-senden/{page.pk}/", ANSWERS | {"stempel": new_stamp(now=NOW)}, REMOTE_ADDR="203.0.113.9"
        ).status_code
        == 302
    )
    clock.shift(timedelta(hours=1))
    assert send(client, page).status_code == 302


def test_a_form_of_another_site_sends_nothing(client, page):
    response = client.post(
        f"/nachricht-senden/{page.pk}/",
        ANSWERS | {"stempel": new_stamp(now=NOW)},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert response.status_code == 403
    assert mails() == []


def test_reading_the_address_of_the_form_leads_to_its_page(client, page):
    assert client.get(f"/nachricht-senden/{page.pk}/").url == "/kontakt/"
    assert SentForm.objects.count() == 0


def test_only_pages_that_visitors_see_take_messages(client, page):
    assert send(client, page.get_parent()).status_code == 404
    page.unpublish()
    assert send(client, page).status_code == 404


def test_p2_nothing_of_a_message_is_left_after_the_periods_of_the_settings(client, page):
    RetentionSettings.objects.create(mail_days=7, form_hours=48)
    send(client, page, name=f"{MARKER} Person", message=MARKER)
    assert tables_that_tell() == {"foundation_outgoingmail"}
    [form] = SentForm.objects.all()
    assert not tells(str(vars(form)))
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT, finished_at=NOW)
    assert forget_sent_forms(now=NOW + timedelta(hours=47)) == 0
    assert forget_sent_forms(now=NOW + timedelta(hours=48)) == 1
    forget_delivered(now=NOW + timedelta(days=7, seconds=1))
    assert tables_that_tell() == set()


def test_a_new_page_with_a_form_can_be_looked_at_before_it_is_saved(page):
    """It has no number yet that its form could be sent to; the preview failed."""
    page.pk = page.id = None
    preview = page.make_preview_request()
    assert preview.status_code == 200
    assert "Nachricht senden" in preview.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_statement_tells_gaps_reasons_dates_and_where_to_go(client, number, django_assert_num_queries):
    gap = ("gap", {"what": "Videos", "why": "Sie fehlen.", "instead": "Anruf genügt."})
    AccessibilityPageFactory(parent=new_site(), gaps=stream(*[gap] * number), in_footer=True)
    client.get("/barrierefreiheit/")
    with django_assert_num_queries(3):
        text = client.get("/barrierefreiheit/").content.decode()
    assert Markup(text).complaints == []
    for said in (
        "Die Website erfüllt die Anforderungen teilweise.",
        "Sie fehlen.",
        "Anruf genügt.",
        "Die Stelle hilft.",
        '<time datetime="2026-10-01">1. Oktober 2026</time>',
        '<time datetime="2026-11-01">1. November 2026</time>',
    ):
        assert said in text
    assert text.count("<h3>Videos</h3>") == number
    assert text.count('<li><a href="/barrierefreiheit/">Erklärung zur Barrierefreiheit</a></li>') == 1


@pytest.mark.parametrize(
    ("change", "field"), [({"gaps": "[]"}, "gaps"), ({"checked_on": NOW.date().replace(year=2020)}, "checked_on")]
)
def test_a_statement_that_tells_too_little_is_refused(statement, change, field):
    for name, value in change.items():
        setattr(statement, name, value)
    with pytest.raises(Exception, match=field):
        statement.full_clean()
