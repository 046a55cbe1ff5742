"""Private links of providers: sent and ended by editors, and the reminder of the worker."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from threading import Barrier

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from wagtail.models import ModelLogEntry

from booking.services.repeat_erasures import Repeated, repeat_erasures
from courses.models import CoursePage, CourseSettings, Provider, ProviderLink
from courses.provider_link.links import LinkOver, link_of
from courses.services.provider_links import LinkSentMeanwhile, NoAddress, end_links, remind_providers, send_link
from foundation.models import OutgoingMail
from tests.factories.accounts import administrator, advisor_with_account, client_of, editor
from tests.factories.courses import CourseCataloguePageFactory, CoursePageFactory, ProviderFactory
from tests.factories.home import new_site

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 1, 6, 30, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=91)


@pytest.fixture
def index():
    cache.clear()
    return CourseCataloguePageFactory(parent=new_site())


@pytest.fixture
def provider(index) -> Provider:
    provider = ProviderFactory(email="kurse@weserbogen.example")
    CoursePageFactory(parent=index, title="Schweißen", provider=provider)
    CoursePageFactory(parent=index, title="Zerspanen", provider=provider, confirmed_at=NOW - timedelta(days=1))
    CoursePage.objects.update(first_published_at=LONG_AGO)
    return provider


def mails() -> list[tuple[str, str, str]]:
    """Address, subject and text."""
    found = []
    for mail in OutgoingMail.objects.order_by("created_at", "recipient"):
        message = message_from_bytes(bytes(mail.message), policy=policy.default)
        found.append((mail.recipient, message["Subject"], message.get_body(("plain",)).get_content()))
    return found


def token_in(text: str) -> str:
    return re.search(r"http://127.0.0.1:8000/kurse/angaben/([\w-]+)/", text)[1]


def test_mail_holds_the_link_and_what_is_to_be_looked_at(provider):
    link = send_link(provider=provider, now=NOW)
    [(to, subject, text)] = mails()
    assert (to, subject) == ("kurse@weserbogen.example", "MehrWert: Bitte prüfen Sie Ihre Kurse")
    assert "2 Kurse von Weserbogen Bildung stehen im Weiterbildungsverbund." in text
    assert "- Schweißen" in text
    assert "- Zerspanen" not in text
    assert "Der Link gilt bis 30. April 2027" in text
    token = token_in(text)
    assert link_of(token, now=NOW) == link
    assert token not in str(ProviderLink.objects.values().get()), "only its digest is kept"


def test_private_address_goes_before_the_public_one(provider):
    provider.private_email = "planung@weserbogen.example"
    provider.save()
    send_link(provider=provider, now=NOW)
    assert mails()[0][0] == "planung@weserbogen.example"


def test_new_link_ends_the_older_ones(provider):
    send_link(provider=provider, now=NOW)
    first = token_in(mails()[0][2])
    send_link(provider=provider, now=NOW + timedelta(hours=1))
    with pytest.raises(LinkOver):
        link_of(first, now=NOW + timedelta(hours=1))
    assert end_links(provider=provider, now=NOW + timedelta(hours=2)) == 1
    assert ProviderLink.objects.that_open(NOW + timedelta(hours=2)).count() == 0


def test_p4_link_that_was_ended_stays_ended_after_a_restore(
    provider, settings, tmp_path, django_capture_on_commit_callbacks
):
    """It held again until its day: for who has left the provider, too."""
    settings.ERASURE_LEDGER = tmp_path / "erasures.log"
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            send_link(provider=provider, now=NOW)
    assert end_links(provider=ProviderFactory(name="Solling", slug="solling"), now=NOW) == 0
    ProviderLink.objects.update(ended_at=None)
    assert repeat_erasures(now=NOW) == Repeated(appointments=0, mails=0, elsewhere=1)
    assert [link.ended_at for link in ProviderLink.objects.order_by("pk")] == [NOW, None]
    assert repeat_erasures(now=NOW) == Repeated(appointments=0, mails=0)


def test_nobody_can_be_written_to(index):
    with pytest.raises(NoAddress):
        send_link(provider=ProviderFactory(), now=NOW)
    assert not ProviderLink.objects.exists()


def test_reminder_is_one_mail_however_often_it_runs(provider):
    assert remind_providers(now=NOW) == 1
    assert remind_providers(now=NOW) == 0
    assert remind_providers(now=NOW + timedelta(days=89)) == 0
    [(to, subject, text)] = mails()
    assert (to, subject) == ("kurse@weserbogen.example", "MehrWert: Stimmen Ihre Kurse noch?")
    assert "- Schweißen" in text
    assert remind_providers(now=NOW + timedelta(days=91)) == 1


REFUSED = {
    "two": "kurse@weserbogen.example, info@weserbogen.example",
    "decoded": "a=?b@weserbogen.example",
    "a quoted name": '"a b"@weserbogen.example',
    "too long in ASCII": f"kurse@{'.'.join(['ü' * 30] * 7)}.de",
}
"""The last one fits into its own column; PostgreSQL refused the row of the outbox."""


@pytest.mark.parametrize("address", REFUSED.values(), ids=REFUSED)
def test_an_address_that_is_refused_keeps_nobody_else_from_a_reminder(index, provider, address, caplog):
    """The round ended with the first such provider, day after day."""
    Provider.objects.update(email=address)
    CoursePageFactory(
        parent=index, provider=ProviderFactory(name="Solling", slug="solling", email="kurse@solling.example")
    )
    CoursePage.objects.update(first_published_at=LONG_AGO)
    assert remind_providers(now=NOW) == 1
    assert [to for to, _, _ in mails()] == ["kurse@solling.example"]
    assert ProviderLink.objects.count() == 1
    assert caplog.messages[-1:] == [f"Provider {provider.pk} has an address that no mail can be sent to."]
    client = client_of(editor())
    told = client.get(f"/admin/anbieter/link/{provider.pk}/").content.decode()
    assert "kann keine E-Mail gehen, auch keine Erinnerung." in told
    assert "Link schicken</button>" not in told
    assert client.post(f"/admin/anbieter/link/{provider.pk}/").headers["Location"].startswith("/admin/anbieter/edit/")
    with pytest.raises(ValidationError, match="An diese Adresse geht keine E-Mail"):
        Provider(name="Anderer", slug="anderer", private_email=address).clean()


@pytest.mark.parametrize(
    ("of_provider", "of_courses", "days"),
    [
        ({"is_reminded": False}, {}, 90),
        ({"is_example": True}, {}, 90),
        ({"email": ""}, {}, 90),
        ({}, {"confirmed_at": NOW - timedelta(days=89)}, 90),
        ({}, {"imported_at": NOW - timedelta(days=89)}, 90),
        ({}, {"first_published_at": NOW - timedelta(days=89)}, 90),
        ({}, {"live": False}, 90),
        ({}, {}, 0),
        ({}, {}, 366),
    ],
    ids=["not wanted", "example", "no address", "confirmed", "imported", "new", "not public", "off", "later"],
)
def test_nobody_is_reminded_of_what_is_fresh(provider, of_provider, of_courses, days):
    Provider.objects.update(**of_provider)
    CoursePage.objects.update(**of_courses)
    CourseSettings.objects.create(confirm_after_days=days)
    assert remind_providers(now=NOW) == 0
    assert mails() == []


def test_editor_sends_sees_and_ends_the_link(provider):
    client = client_of(editor())
    address = f"/admin/anbieter/link/{provider.pk}/"
    for page in (f"/admin/anbieter/edit/{provider.pk}/", "/admin/anbieter/"):
        assert address in client.get(page).content.decode()
    assert "kurse@weserbogen.example" in client.get(address).content.decode()
    assert mails() == [], "looking sends nothing"
    told = client.post(address, follow=True).content.decode()
    assert "Der Link ist unterwegs an kurse@weserbogen.example." in told
    assert len(mails()) == 1
    assert "Links beenden" in told
    told = client.post(f"{address}beenden/", follow=True).content.decode()
    assert "Kein Link dieses Anbieters gilt mehr." in told
    assert "Links beenden" not in told
    actions = ModelLogEntry.objects.order_by("pk").values_list("action", "user__username")
    assert [action for action, _ in actions][-2:] == ["courses.provider_link_sent", "courses.provider_links_ended"]
    assert "Privater Link geschickt" in client.get(f"/admin/anbieter/history/{provider.pk}/").content.decode()


def test_second_click_sends_no_second_mail(provider):
    """It ended the link of the first mail, too."""
    client, address = client_of(editor()), f"/admin/anbieter/link/{provider.pk}/"
    sent = {"nach": re.search(r'name="nach" value="(\d+)"', client.get(address).content.decode())[1]}
    client.post(address, sent)
    told = client.post(address, sent, follow=True).content.decode()
    assert "Es ging keine zweite E-Mail hinaus." in told
    assert len(mails()) == 1
    assert ModelLogEntry.objects.filter(action="courses.provider_link_sent").count() == 1
    sent = {"nach": re.search(r'name="nach" value="(\d+)"', told)[1]}
    assert "Der Link ist unterwegs" in client.post(address, sent, follow=True).content.decode()
    assert len(mails()) == 2


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_send_one_mail(provider):
    start = Barrier(2)

    def click(_: int) -> str:
        try:
            start.wait(30)
            return type(send_link(provider=provider, now=NOW, after=0)).__name__
        except LinkSentMeanwhile:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as clicks:
        assert sorted(clicks.map(click, range(2))) == ["ProviderLink", "refused"]
    assert len(mails()) == 1


def test_without_an_address_the_editor_is_led_to_the_field(index):
    client, provider = client_of(editor()), ProviderFactory()
    address = f"/admin/anbieter/link/{provider.pk}/"
    assert "Adresse eintragen" in client.get(address).content.decode()
    answer = client.post(address)
    assert answer.headers["Location"] == f"/admin/anbieter/edit/{provider.pk}/"


def test_without_the_right_nothing_is_sent(provider):
    client = client_of(advisor_with_account("beratung").user)
    for address in (f"/admin/anbieter/link/{provider.pk}/", f"/admin/anbieter/link/{provider.pk}/beenden/"):
        assert client.post(address).headers["Location"] == "/admin/"
    assert mails() == []


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_page_in_the_admin(provider, django_assert_num_queries, number):
    client = client_of(administrator())
    for hours in range(number):
        send_link(provider=provider, now=NOW + timedelta(hours=hours))
    address = f"/admin/anbieter/link/{provider.pk}/"
    client.get(address)
    with django_assert_num_queries(11):
        client.get(address)
