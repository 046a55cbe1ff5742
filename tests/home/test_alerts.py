"""New courses by mail: ordered, confirmed by a button, told once, ended by one click, and nothing left behind."""

from __future__ import annotations

import email
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from email.policy import SMTP
from pathlib import Path
from threading import Barrier, Event
from time import sleep

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone

from booking.services.repeat_erasures import Repeated, repeat_erasures
from courses.models import CourseRun, Topic
from courses.stock import stock
from foundation.models import OutgoingMail, RetentionSettings
from home.alerts import digest, views
from home.alerts import order as orders
from home.alerts.digest import send_digests
from home.alerts.links import Purpose, link_to, path_to
from home.alerts.order import end_all, forget_unconfirmed_alerts, write_order
from home.alerts.starts import note_open_starts
from home.models import AlertSubscriber, CourseAlert, OpenStart
from home.stamps import new_stamp
from tests.booking.conftest import NOW
from tests.booking.test_forgetting import MARKER, tables_that_tell
from tests.factories.accounts import administrator, client_of
from tests.factories.courses import CourseCataloguePageFactory, CoursePageFactory, TopicFactory
from tests.factories.home import new_site
from tests.factories.offices import DistrictFactory, PostcodeFactory
from tests.home.markup import Markup

pytestmark = pytest.mark.django_db
ADDRESS = f"{MARKER}@firma.example".lower()
DAY = timedelta(days=1)
LOCK = int(settings.DATABASES["default"]["ENGINE"].endswith("postgresql"))
"""One statement more there: SQLite's transactions lock by themselves."""


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def catalogue(db):
    page = CourseCataloguePageFactory(parent=new_site())
    TopicFactory(name="Lager", slug="lager")
    CoursePageFactory(parent=page, title="Gabelstapler fahren", slug="stapler", topics=[Topic.objects.get()])
    district = DistrictFactory(name="Diepholz", slug="diepholz", position=2)
    PostcodeFactory(code="27232", places="Sulingen", district=district)
    return page


def order(client, search: str = "text=Stapler", address: str = ADDRESS, **more: str):
    stamp = new_stamp(now=timezone.now())
    return client.post("/kurse/suchauftrag/", {"suche": search, "email": address, "stempel": stamp} | more)


def ordered(search: str = "text=Stapler", address: str = ADDRESS, *, rhythm: str = "daily") -> AlertSubscriber:
    """Confirmed now; the first mail is due tomorrow."""
    note_open_starts(now=timezone.now())
    subscriber, _ = AlertSubscriber.objects.get_or_create(
        email=address, defaults={"changed_at": NOW, "rhythm": rhythm, "next_digest_at": NOW + DAY}
    )
    now = timezone.now()
    subscriber.alerts.create(query=search, words=search, created_at=now, confirmed_at=now, told_until=now)
    return subscriber


def course(catalogue, title: str, *days: date, **more: object):
    return CoursePageFactory(parent=catalogue, title=title, runs=list(days), **more)


def mails() -> list[email.message.EmailMessage]:
    rows = OutgoingMail.objects.exclude(message=b"").order_by("created_at", "pk")
    return [email.message_from_bytes(bytes(row.message), policy=SMTP) for row in rows]


def text_of(mail: email.message.EmailMessage) -> str:
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


def state() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in (AlertSubscriber, CourseAlert, OutgoingMail)]


def test_an_order_is_confirmed_by_a_button_and_by_no_scanner(client, catalogue, clock):
    answer = order(client, "text=Stapler&thema=lager&unsinn=1")
    assert (answer.status_code, answer.url) == (302, "/kurse/suchauftrag/unterwegs/")
    [mail] = mails()
    assert (mail["To"], mail["Subject"], mail["List-Unsubscribe"]) == (
        ADDRESS,
        "Bitte bestätigen Sie Ihren Suchauftrag",
        None,
    )
    assert "Stapler" not in text_of(mail)
    link = re.search(r"https?://\S+/bestaetigen/\S+", text_of(mail))[0]
    path = "/" + link.split("/", 3)[3]
    before = state()
    for _ in range(3):
        page = client.get(path)
        assert client.head(path).status_code == 200
    assert state() == before
    assert (page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == ("no-referrer", "no-store, private")
    assert "Ihre Suche: <strong>Stapler · Lager</strong>" in page.content.decode()
    assert Markup(page.content.decode()).complaints == []
    assert client.post(path, {"rhythmus": "nie"}).status_code == 422
    answer = client.post(path, {"rhythmus": "weekly"})
    alert = CourseAlert.objects.get()
    subscriber = alert.subscriber
    assert answer.url == path_to(subscriber, Purpose.MANAGE) + "?neu=1"
    assert (alert.query, alert.confirmed_at, alert.told_until) == ("text=Stapler&thema=lager", NOW, NOW)
    assert (subscriber.rhythm, subscriber.next_digest_at.isoformat()) == ("weekly", "2026-11-30T05:00:00+00:00")
    assert client.get(path).status_code == 302
    page = client.get(answer.url).content.decode()
    assert "Ihr Suchauftrag läuft." in page
    assert Markup(page).complaints == []


def test_the_answer_is_the_same_for_known_and_full_addresses_and_nobody_is_bombed(client, catalogue):
    given = set()
    for number, address in enumerate(["neu@firma.example", *[ADDRESS.upper()] * 5]):
        answer = order(client, f"text=Kurs{number}", address)
        given.add((answer.status_code, answer.headers.get("Location")))
        client = client.__class__(REMOTE_ADDR=f"203.0.113.{number}")
    assert given == {(302, "/kurse/suchauftrag/unterwegs/")}
    assert [mail["To"] for mail in mails()].count(ADDRESS) == 3
    assert len(mails()) == 4


def test_a_lost_mail_is_sent_again_until_the_order_is_confirmed(client, catalogue, clock):
    """An order that waited for its confirmation took no second one for 48 hours."""
    order(client)
    clock.shift(timedelta(hours=47))
    order(client)
    clock.shift(timedelta(hours=2))
    assert forget_unconfirmed_alerts(now=timezone.now()) == 0
    links = [re.search(r"https?://\S+/bestaetigen/\S+", text_of(mail))[0] for mail in mails()]
    assert len(links) == 2
    assert len(set(links)) == 1
    client.post("/" + links[0].split("/", 3)[3], {"rhythmus": "weekly"})
    order(client)
    assert len(mails()) == 2


def test_the_same_order_again_and_again_fills_no_letter_box(client, catalogue):
    for _ in range(5):
        order(client)
    assert (len(mails()), CourseAlert.objects.count()) == (3, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ending", ["by hand", "unconfirmed"])
def test_an_order_waits_for_the_end_of_the_old_ones_and_begins_anew(catalogue, ending):
    """It was written to an address that was deleted in the same moment; on PostgreSQL the answer was 500."""
    old = ordered()
    if ending == "unconfirmed":
        CourseAlert.objects.update(confirmed_at=None, created_at=NOW - 3 * DAY)
    is_ended = Event()

    def end() -> None:
        try:
            with transaction.atomic():
                end_all(old, now=NOW) if ending == "by hand" else forget_unconfirmed_alerts(now=NOW)
                is_ended.set()
                sleep(0.2)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        ended = other.submit(end)
        is_ended.wait(30)
        with transaction.atomic():
            write_order(orders.Order(ADDRESS, "text=Excel", "Excel"), now=NOW)
        ended.result()
    alert = CourseAlert.objects.select_related("subscriber").get()
    assert (alert.query, alert.subscriber.email, alert.subscriber == old) == ("text=Excel", ADDRESS, False)
    assert len(mails()) == 1


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({"email": "kim"}, 422, "Bitte prüfen Sie die E-Mail-Adresse"),
        ({"stempel": ""}, 422, "Die Seite war lange offen."),
        ({"homepage": "x"}, 422, "Ein verborgenes Feld war ausgefüllt"),
    ],
    ids=["address", "stamp", "decoy"],
)
def test_a_wrong_answer_comes_back_with_what_was_typed(client, catalogue, typed, status, sentence):
    answer = order(client, **typed)
    page = answer.content.decode()
    assert (answer.status_code, sentence in page) == (status, True)
    assert f'value="{typed.get("email", ADDRESS)}"' in page
    assert 'name="suche" value="text=Stapler"' in page
    assert state() == [[], [], []]


def test_a_network_orders_five_an_hour_and_no_other_site_orders(client, catalogue):
    for number in range(5):
        assert order(client, address=f"a{number}@firma.example").status_code == 302
    assert order(client, address="a6@firma.example").status_code == 429
    answer = client.post("/kurse/suchauftrag/", {"email": ADDRESS}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_a_mail_tells_what_is_new_and_open_once(catalogue, clock):
    course(catalogue, "Stapler: alter Kurs", date(2026, 12, 1))
    subscriber = ordered()
    new = course(catalogue, "Stapler für Frauen", date(2027, 1, 11), date(2026, 12, 7), slug="frauen")
    course(catalogue, "Stapler ausgebucht", {"starts_on": date(2026, 12, 8), "status": "full"})
    course(catalogue, "Stapler zu spät", {"starts_on": date(2026, 12, 8), "registration_until": date(2026, 11, 23)})
    course(catalogue, "Stapler im Entwurf", date(2026, 12, 9), live=False)
    course(catalogue, "Excel", date(2026, 12, 9))
    clock.shift(DAY)
    now = timezone.now()
    assert send_digests(now=now) == 1
    [mail] = mails()
    assert (mail["To"], mail["Subject"]) == (ADDRESS, "Neue Kurse zu Ihren Suchaufträgen")
    end = link_to(subscriber, Purpose.END)
    assert mail["List-Unsubscribe"].replace(" ", "") == f"<{end}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text = text_of(mail)
    assert re.findall(r"^- (.+)$", text, re.MULTILINE) == ["Stapler für Frauen"]
    assert "7. Dezember 2026, 11. Januar 2027" in text
    assert f"/kurse/{new.slug}/" in text
    assert end in text
    assert link_to(subscriber, Purpose.MANAGE) in text
    assert "Neue Kurse" in mail.get_body(("html",)).get_content()
    # Run again, late and twice: nothing more.
    for later in (now, now + DAY, now + 5 * DAY):
        send_digests(now=later)
    assert len(mails()) == 1


def test_a_new_date_of_an_old_course_and_a_seat_that_is_free_again_are_new(catalogue, clock):
    known = course(catalogue, "Staplerkurs", date(2026, 12, 7), {"starts_on": date(2026, 12, 14), "status": "full"})
    ordered()
    CourseRun.objects.create(course=known, starts_on=date(2027, 2, 1))
    clock.shift(DAY)
    send_digests(now=timezone.now())
    CourseRun.objects.filter(starts_on=date(2026, 12, 14)).update(status="planned")
    clock.shift(DAY)
    send_digests(now=timezone.now())
    assert ["1. Februar 2027" in text_of(mail) for mail in mails()] == [True, False]
    assert ["14. Dezember 2026" in text_of(mail) for mail in mails()] == [False, True]


def test_one_mail_an_address_for_all_its_orders_and_none_without_news(catalogue, clock):
    ordered("text=Stapler")
    ordered("text=Excel")
    ordered("text=Löten")
    ordered(address="leer@firma.example", search="text=Löten")
    course(catalogue, "Stapler neu", date(2026, 12, 7))
    course(catalogue, "Excel neu", date(2026, 12, 7))
    clock.shift(DAY)
    assert send_digests(now=timezone.now()) == 2
    [mail] = mails()
    assert re.findall(r"^- (.+)$", text_of(mail), re.MULTILINE) == ["Stapler neu", "Excel neu"]
    assert set(AlertSubscriber.objects.values_list("next_digest_at", flat=True)) == {
        (NOW + 2 * DAY).replace(hour=5, minute=0)
    }


def test_two_workers_that_reckon_the_same_send_one_mail(catalogue, clock, monkeypatch):
    ordered()
    course(catalogue, "Stapler neu", date(2026, 12, 7))
    clock.shift(DAY)
    reckoned = digest._tell

    def other_worker_first(due, news, *, until, now):
        reckoned(due, news, until=until, now=now)
        reckoned(due, news, until=until, now=now)

    monkeypatch.setattr(digest, "_tell", other_worker_first)
    send_digests(now=timezone.now())
    assert len(mails()) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_on_connections_of_their_own_send_each_mail_once(catalogue, clock, monkeypatch):
    """Both have reckoned the same before either writes."""
    for number in range(3):
        ordered(address=f"a{number}@firma.example")
    course(catalogue, "Stapler neu", date(2026, 12, 7))
    clock.shift(DAY)
    reckoned, tell = Barrier(2), digest._tell

    def together(due, news, *, until, now):
        reckoned.wait(30)
        tell(due, news, until=until, now=now)

    def work(_: int) -> int:
        try:
            return send_digests(now=timezone.now())
        finally:
            connection.close()

    monkeypatch.setattr(digest, "_tell", together)
    with ThreadPoolExecutor(2) as workers:
        assert list(workers.map(work, range(2))) == [3, 3]
    assert sorted(mail["To"] for mail in mails()) == [f"a{number}@firma.example" for number in range(3)]


def test_an_order_that_is_ended_while_the_mail_is_reckoned_gets_none(client, catalogue, clock, monkeypatch):
    subscriber = ordered()
    course(catalogue, "Stapler neu", date(2026, 12, 7))
    clock.shift(DAY)
    reckoned = digest._tell

    def ended_first(due, news, *, until, now):
        client.post(path_to(subscriber, Purpose.END))
        reckoned(due, news, until=until, now=now)

    monkeypatch.setattr(digest, "_tell", ended_first)
    send_digests(now=timezone.now())
    assert mails() == []


@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_the_same_for_one_order_and_for_three(client, catalogue, django_assert_num_queries, number):
    for each in range(number):
        subscriber = ordered(f"text=Stapler{each}")
    waiting = subscriber.alerts.create(query="text=Excel", words="Excel", created_at=NOW, told_until=NOW)
    addresses = {
        "/kurse/suchauftrag/?text=Stapler": 3,
        path_to(waiting, Purpose.CONFIRM): 1,
        path_to(subscriber, Purpose.MANAGE): 2,
        path_to(subscriber, Purpose.END): 2,
    }
    for address, queries in addresses.items():
        assert client.get(address).status_code == 200
        with django_assert_num_queries(queries):
            client.get(address)


@pytest.mark.parametrize("rows", [3, 30])
def test_a_round_costs_the_same_for_three_and_for_thirty(catalogue, clock, django_assert_num_queries, rows):
    for number in range(rows):
        ordered(address=f"a{number}@firma.example")
        ordered("text=Excel", address=f"a{number}@firma.example")
    for number in range(rows):
        course(catalogue, f"Stapler {number}", date(2026, 12, 7))
    clock.shift(DAY)
    stock(timezone.localdate())
    with django_assert_num_queries(22 + LOCK):
        assert send_digests(now=timezone.now()) == rows
    assert OutgoingMail.objects.count() == rows


def test_a_search_whose_topic_is_gone_goes_on_without_it_and_says_so(client, catalogue, clock):
    subscriber = ordered("text=Stapler&thema=weg")
    ordered("thema=weg")
    ordered("text=Stapler&start=2026-11")
    course(catalogue, "Stapler neu", date(2026, 12, 7))
    clock.shift(DAY)
    send_digests(now=timezone.now())
    [mail] = mails()
    assert text_of(mail).count("- Stapler neu") == 1
    assert "Einen Teil Ihrer Auswahl (Thema) gibt es nicht mehr." in text_of(mail)
    page = client.get(path_to(subscriber, Purpose.MANAGE)).content.decode()
    assert page.count("wir suchen ohne ihn") == 1
    assert page.count("dieser Auftrag findet nichts") == 2


def test_one_click_of_a_mail_program_ends_all_and_leaves_nothing(client, catalogue, clock):
    subscriber = ordered("text=Stapler")
    ordered("text=Excel")
    course(catalogue, "Stapler neu", date(2026, 12, 7))
    clock.shift(DAY)
    send_digests(now=timezone.now())
    path = path_to(subscriber, Purpose.END)
    before = state()
    for _ in range(3):
        assert client.get(path).status_code == 200
    assert state() == before
    answer = client.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert answer.url == "/kurse/suchauftrag/beendet/"
    assert (AlertSubscriber.objects.count(), CourseAlert.objects.count()) == (0, 0)
    assert OutgoingMail.objects.get().state == OutgoingMail.State.DROPPED
    gone = client.get(path)
    assert (gone.status_code, "Diesen Suchauftrag gibt es nicht mehr" in gone.content.decode()) == (410, True)
    assert tables_that_tell() == set()


def test_buttons_of_an_order_that_was_ended_meanwhile_say_so(client, catalogue, monkeypatch):
    """Two tabs: the address was deleted between reading and locking it, and the answer was 500."""
    subscriber = ordered()
    order_path = path_to(CourseAlert.objects.get(), Purpose.CONFIRM)
    manage_path = path_to(subscriber, Purpose.MANAGE)
    monkeypatch.setattr(views, "alert_of", ended_in_between(views.alert_of))
    assert client.post(order_path, {"rhythmus": "daily"}).status_code == 410
    subscriber.save()
    monkeypatch.setattr(views, "subscriber_of", ended_in_between(views.subscriber_of))
    assert client.post(manage_path, {"rhythmus": "daily"}).status_code == 410


def ended_in_between(read):
    def found(*args):
        row = read(*args)
        AlertSubscriber.objects.all().delete()
        return row

    return found


def test_a_search_of_too_many_parts_is_refused(client, catalogue, monkeypatch):
    """PostgreSQL's index holds no entry of more than 2,704 bytes; with all providers chosen the answer was 500."""
    monkeypatch.setattr(orders, "LONGEST_SEARCH", 20)
    answer = order(client, "text=Stapler&thema=lager")
    assert (answer.status_code, "Diese Suche hat zu viele Teile" in answer.content.decode()) == (422, True)
    assert order(client, "text=Stapler").status_code == 302


def test_p4_what_was_ended_stays_ended_after_a_restore(
    client, catalogue, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.ERASURE_LEDGER = tmp_path / "erasures.log"
    subscriber, other = ordered("text=Stapler"), ordered("text=Excel", "andere@firma.example")
    ordered("text=Excel")
    ordered("text=Stapler", other.email)
    backup = [(model, list(model.objects.all())) for model in (AlertSubscriber, CourseAlert)]
    one = other.alerts.get(query="text=Excel")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(path_to(subscriber, Purpose.END))
        client.post(path_to(other, Purpose.MANAGE), {"beenden": str(one.uid)})
    AlertSubscriber.objects.all().delete()
    for model, rows in backup:
        model.objects.bulk_create(rows)
    with settings.ERASURE_LEDGER.open("a") as ledger:
        ledger.write(f"{NOW.isoformat()} suchauftrag {str(one.uid)[:9]}")
    assert repeat_erasures(now=NOW) == Repeated(appointments=0, mails=0, elsewhere=2)
    assert list(CourseAlert.objects.values_list("subscriber__email", "query")) == [(other.email, "text=Stapler")]
    assert AlertSubscriber.objects.get() == other
    assert repeat_erasures(now=NOW) == Repeated(appointments=0, mails=0)
    assert "firma" not in settings.ERASURE_LEDGER.read_text()


def test_an_order_that_nobody_confirmed_needs_no_line_in_the_ledger(
    client, catalogue, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.ERASURE_LEDGER = tmp_path / "erasures.log"
    order(client)
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_unconfirmed_alerts(now=NOW + 3 * DAY) == 1
    assert not settings.ERASURE_LEDGER.exists()


def test_each_order_ends_by_itself_and_the_rhythm_changes(client, catalogue):
    subscriber = ordered("text=Stapler")
    other = ordered("text=Stapler", "andere@firma.example")
    ordered("text=Excel")
    first, second = subscriber.alerts.order_by("pk")
    path = path_to(subscriber, Purpose.MANAGE)
    assert client.post(path, {"beenden": str(other.alerts.get().uid)}).status_code == 302
    assert client.post(path, {"beenden": "unsinn"}).status_code == 404
    assert CourseAlert.objects.count() == 3
    assert client.post(path, {"rhythmus": "weekly"}).url == f"{path}?geaendert=1"
    assert client.post(path, {"beenden": str(first.uid)}).url == f"{path}?geaendert=1"
    assert [alert.query for alert in subscriber.alerts.all()] == ["text=Excel"]
    assert AlertSubscriber.objects.get(pk=subscriber.pk).rhythm == "weekly"
    assert client.post(path, {"beenden": str(second.uid)}).url == "/kurse/suchauftrag/beendet/"
    assert list(AlertSubscriber.objects.all()) == [other]


def test_a_link_opens_nothing_else_and_a_mangled_one_still_works(client, catalogue):
    subscriber = ordered()
    end = path_to(subscriber, Purpose.END)
    token = end.split("/")[-2]
    assert client.get(f"/kurse/suchauftrag/meine/{token}/").status_code == 404
    assert client.get(f"/kurse/suchauftrag/bestaetigen/{token}/").status_code == 404
    assert client.get(end.replace(token, f"{token[:-1]}x")).status_code == 404
    assert client.get(end.replace(token, f"{token}%3E")).status_code == 200


def test_an_order_that_nobody_confirms_goes_in_time_with_its_address(client, catalogue, clock):
    order(client)
    ordered(address="andere@firma.example")
    RetentionSettings.objects.create(unconfirmed_hours=48)
    assert forget_unconfirmed_alerts(now=NOW + timedelta(hours=47)) == 0
    assert forget_unconfirmed_alerts(now=NOW + timedelta(hours=48)) == 1
    assert AlertSubscriber.objects.get().email == "andere@firma.example"
    assert OutgoingMail.objects.get().state == OutgoingMail.State.DROPPED
    assert tables_that_tell() == set()


def test_what_is_kept_is_shown_and_erased_by_the_address(catalogue):
    ordered()
    client = client_of(administrator())
    page = client.post("/admin/termine/auskunft/", {"adresse": ADDRESS.upper()}).content.decode()
    assert "Suchaufträge" in page
    assert "23.11.2026, 8:00 Uhr" in page
    said = {"adresse": ADDRESS, "schritt": "loeschen", "sicher": "on"}
    answer = client.post("/admin/termine/auskunft/", said, follow=True)
    assert "Alles zu dieser Adresse ist gelöscht." in answer.content.decode()
    assert not AlertSubscriber.objects.exists()


def test_a_demand_may_order_mails_and_keeps_no_address(client, catalogue):
    stamp = new_stamp(now=NOW)
    answers = {"need": "Imkern", "people": "1", "by": "open", "place": "27232", "email": ADDRESS, "stempel": stamp}
    for _ in range(2):
        answer = client.post("/kurse/bedarf-melden/", answers)
    assert answer.url == "/kurse/bedarf-melden/danke/?ort=27232&mail=1"
    assert "Bitte sehen Sie in Ihr Postfach" in client.get(answer.url).content.decode()
    assert CourseAlert.objects.get().query == "text=Imkern+27232"
    assert len(mails()) == 1


def test_what_is_over_leaves_the_table_of_starts(catalogue, clock, django_assert_num_queries):
    course(catalogue, "Stapler", date(2026, 11, 23))
    course(catalogue, "Selbst lernen", format="self_paced")
    first = note_open_starts(now=NOW)
    assert sorted(day for _, day in first) == [date.min, date(2026, 11, 23)]
    with django_assert_num_queries(5 + LOCK):
        assert note_open_starts(now=NOW) == first
    clock.shift(DAY)
    note_open_starts(now=timezone.now())
    assert [row.starts_on for row in OpenStart.objects.all()] == [date.min]


def test_p1_the_columns_of_alerts_are_those_of_the_data_map():
    text = Path("docs/datenschutz.md").read_text()
    section = text.partition("## Suchaufträge")[2].partition("\n## ")[0]
    named = set(re.findall(r"^\|[^|]+\| `(\w+)` \|", section, re.MULTILINE))
    fields = {field.name for model in (AlertSubscriber, CourseAlert) for field in model._meta.fields}
    assert named == fields - {"id", "subscriber"}
