"""The pages for the words of mails: who may, what is refused, and a preview that saves nothing."""

from __future__ import annotations

from html import escape

import pytest
from django.test import Client
from django.urls import reverse

from booking.enums import MailKind
from booking.models import Appointment, MailText
from foundation.models import BrandSettings, OutgoingMail
from tests.factories.accounts import administrator, advisor_with_account, client_of, editor, office_lead
from tests.factories.booking import ServiceFactory
from tests.factories.offices import OfficeFactory

pytestmark = pytest.mark.django_db
INDEX = "/admin/e-mail-texte/"
NETWORK = f"{INDEX}booked/"
WORDS = {"subject": "Bis {tag}", "intro": "Moin {name},\n\nschön.", "closing": "Fragen? {telefon_buero}"}


@pytest.fixture
def lead():
    ServiceFactory()
    return office_lead(name="Nora Nord", office=OfficeFactory(name="Büro Nord", slug="nord", phone="0441 100"))


@pytest.fixture
def own(lead):
    return f"{INDEX}nord/booked/"


@pytest.fixture
def client(lead):
    return client_of(lead.user)


@pytest.fixture
def admin_client(db):
    return client_of(administrator())


def save(client, url, action="save", **changes):
    return client.post(url, WORDS | changes | {"action": action})


def test_leads_save_the_words_of_their_office(client, lead, own):
    assert reverse("mailtexte:edit", args=["nord", "booked"]) == own
    assert "E-Mail-Texte" in client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.get(own).status_code == 200
    assert save(client, own).url == INDEX
    text = MailText.objects.get()
    assert (text.office, text.kind) == (lead.office, "booked")
    assert (text.subject, text.intro.replace("\r", ""), text.closing) == tuple(WORDS.values())
    save(client, own, intro="Anders")
    assert MailText.objects.get().intro == "Anders"


@pytest.mark.parametrize("how", ["reset", "empty"])
def test_without_a_text_the_built_in_one_is_back(client, own, how):
    save(client, own)
    if how == "reset":
        client.post(own, {"action": "reset"})
    else:
        save(client, own, subject="", intro=" ", closing="")
    assert not MailText.objects.exists()


def test_administrators_save_the_networks_and_every_offices_words(admin_client, own):
    save(admin_client, NETWORK)
    save(admin_client, own)
    assert [text.office and text.office.slug for text in MailText.objects.order_by("pk")] == [None, "nord"]


def test_s4_foreign_offices_and_the_network_are_not_found_for_leads(client, own):
    OfficeFactory(name="Büro Süd", slug="sued")
    for url in (NETWORK, f"{INDEX}sued/booked/", f"{INDEX}nirgends/booked/", f"{INDEX}nord/unbekannt/"):
        assert client.get(url).status_code == 404
        for action in ("save", "preview", "reset"):
            assert save(client, url, action).status_code == 404
    assert not MailText.objects.exists()
    assert "Büro Süd" not in client.get(INDEX).content.decode()


@pytest.mark.parametrize("who", ["advisor", "editor", "nobody"])
def test_others_are_sent_away(own, who):
    user = {"advisor": lambda: advisor_with_account().user, "editor": editor}.get(who)
    client = client_of(user()) if user else Client()
    for url in (INDEX, own, NETWORK):
        for response in (client.get(url), save(client, url)):
            assert response.status_code == 302
            assert response.url.startswith("/admin/")
    assert not MailText.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"intro": "Hallo {nmae}"}, "Das ist hier kein Platzhalter: „{nmae}“."),
        ({"closing": "{name.__class__} {"}, "Das ist hier kein Platzhalter: „{name.__class__}“, „{“."),
        ({"subject": "Für {name}"}, "kein Platzhalter: „{name}“. Möglich sind: {wann}, {tag}, {anliegen}, {buero}."),
        ({"subject": "=?utf-8?q?x?="}, "Der Betreff enthält Zeichen, die dort nicht stehen dürfen."),
        ({"intro": "x" * 1501}, "1500"),
    ],
)
@pytest.mark.parametrize("action", ["save", "preview"])
def test_s4_what_is_broken_is_named_and_not_saved(client, own, changes, sentence, action):
    response = save(client, own, action, **changes)
    assert response.status_code == 422
    page = response.content.decode()
    assert escape(sentence) in page
    assert "Moin {name}" in page or "intro" in changes
    assert not MailText.objects.exists()


def test_s4_mail_to_an_unconfirmed_address_takes_nothing_that_was_typed(client, own):
    response = save(client, own.replace("booked", "verify"), intro="Hallo {name} von {betrieb}")
    assert response.status_code == 422
    page = response.content.decode()
    assert escape("Das ist hier kein Platzhalter: „{name}“, „{betrieb}“.") in page
    assert "<code>{name}</code>" not in page
    assert "<code>{buero}</code>" in page


@pytest.mark.parametrize("kind", MailKind)
def test_preview_shows_both_parts_and_saves_nothing(client, lead, own, kind):
    response = save(client, own.replace("booked", kind), "preview", intro="<script>x</script> Moin {beratung}")
    page = response.content.decode()
    assert response.status_code == 200
    assert 'sandbox srcdoc="' in page
    assert "&lt;script&gt;x&lt;/script&gt; Moin Erika Beispiel" in page
    assert "<script>x</script>" not in page
    assert "&amp;lt;script&amp;gt;x" in page
    assert "Fragen? 0441 100" in page
    assert not Appointment.objects.exists()
    assert not MailText.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_preview_of_an_emptied_text_shows_the_text_above(client, admin_client, lead, own):
    save(client, own, intro="Eigener Gruß")
    empty = {"subject": "", "intro": "", "closing": ""}
    assert "Guten Tag Kim Muster," in save(client, own, "preview", **empty).content.decode()
    save(admin_client, NETWORK, intro="Gruß des Verbunds")
    page = save(client, own, "preview", **empty).content.decode()
    assert "Gruß des Verbunds" in page
    assert "Eigener Gruß" not in page
    page = save(admin_client, NETWORK, "preview", **empty).content.decode()
    assert "Guten Tag Kim Muster," in page
    assert "Eigener Gruß" not in page


def test_list_tells_where_each_text_comes_from(client, admin_client, own):
    save(client, own)
    save(admin_client, NETWORK.replace("booked", "moved"))
    page = " ".join(client.get(INDEX).content.decode().split())
    for label, origin in (
        ("Termin gebucht", "eigener Text"),
        ("Termin verschoben", "Text des Verbunds"),
        ("Erinnerung", "mitgelieferter Text"),
    ):
        assert f'{label}<span class="w-sr-only"> (Büro Nord)</span></a>: {origin}' in page
    assert "Ganzer Verbund" not in page
    assert "Ganzer Verbund" in admin_client.get(INDEX).content.decode()


@pytest.mark.parametrize("items", [1, 3])
def test_pages_take_as_many_queries_for_three_as_for_one(admin_client, own, django_assert_num_queries, items):
    for number in range(items):
        office = OfficeFactory(name=f"Büro {number}", slug=f"buero-{number}")
        MailText.objects.create(office=office, kind="booked", intro="Hallo")
    BrandSettings.load()
    admin_client.get(INDEX)
    with django_assert_num_queries(11):
        admin_client.get(INDEX)
    with django_assert_num_queries(12):
        admin_client.get(own)
    with django_assert_num_queries(15):
        save(admin_client, own, "preview")
