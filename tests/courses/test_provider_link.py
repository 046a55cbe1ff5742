"""A provider confirms and corrects its courses behind a private link, without an account."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageLogEntry

from courses.models import CoursePage, CourseRun, ProviderLink
from courses.provider_link import views
from courses.provider_link.links import LinkOver, LinkUnknown, digest_of, link_of
from foundation.limits import Limit
from foundation.models import OutgoingMail
from tests.factories.courses import CourseCataloguePageFactory, CoursePageFactory, ProviderFactory
from tests.factories.home import new_site
from tests.today import NOON, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
TOKEN = "Hier-steht-kein-echter-Schluessel"


@pytest.fixture
def index():
    cache.clear()
    return CourseCataloguePageFactory(parent=new_site())


@pytest.fixture
def provider(index):
    return ProviderFactory(email="kurse@weserbogen.example")


@pytest.fixture
def link(provider) -> ProviderLink:
    now = timezone.now()
    return ProviderLink.objects.create(
        provider=provider, digest=digest_of(TOKEN), created_at=now, expires_at=now + timedelta(days=60)
    )


@pytest.fixture
def course(index, provider, link) -> CoursePage:
    runs = [{"starts_on": TODAY + timedelta(days=9), "town": "Hameln", "seats_max": 12, "seats_taken": 4}]
    page = CoursePageFactory(parent=index, title="Schweißen", provider=provider, runs=runs)
    page.save_revision().publish()
    return CoursePage.objects.get(pk=page.pk)


HERE = f"/kurse/angaben/{TOKEN}/"


def form_of(client, course: CoursePage) -> dict[str, str]:
    """What the browser would send back, as the page has it."""
    text = client.get(f"{HERE}{course.pk}/").content.decode()
    fields = re.findall(r'<input type="(?:text|date|url|email|tel|hidden|number)"[^>]*>', text)
    found = {}
    for field in fields:
        name, value = re.search(r'name="([^"]+)"', field), re.search(r'value="([^"]*)"', field)
        if name:
            found[name[1]] = value[1] if value else ""
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', text, re.DOTALL):
        found[name] = re.search(r'value="([^"]*)" selected', options)[1]
    return found | {"wish": ""}


def first_run(course: CoursePage) -> CourseRun:
    return CourseRun.objects.filter(course=course).earliest("pk")


def test_page_shows_all_courses_with_what_is_missing(client, index, provider, course):
    CoursePageFactory(parent=index, title="Fremder", provider=ProviderFactory(name="Anderer", slug="anderer"))
    CoursePageFactory(parent=index, title="Entwurf", provider=provider, live=False)
    answer = client.get(HERE)
    text = " ".join(answer.content.decode().split())
    for said in (
        "Schweißen",
        "Noch nie bestätigt.",
        "Hameln, 8 von 12 Plätzen frei",
        "Was noch fehlt: Preis, für wen, Inhalte, was man danach kann, Voraussetzungen, Umfang, Abschluss,",
        "Uhrzeiten, PLZ.",
        "Stimmt so",
        "Korrigieren",
    ):
        assert said in text, said
    assert "Fremder" not in text
    assert "Entwurf" not in text
    assert not answer.cookies
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_f9_looking_changes_nothing(client, course, link):
    before = CoursePage.objects.values().get(), ProviderLink.objects.values().get(), PageLogEntry.objects.count()
    for address in (HERE, f"{HERE}{course.pk}/"):
        for _ in range(3):
            assert client.get(address).status_code == 200
            assert client.head(address).status_code == 200
    assert client.get(f"{HERE}bestaetigen/").status_code == 405
    after = CoursePage.objects.values().get(), ProviderLink.objects.values().get(), PageLogEntry.objects.count()
    assert after == before


@pytest.mark.parametrize(
    ("facts", "status", "said"),
    [
        ({"expires_at": NOON - timedelta(seconds=1)}, 410, "Dieser Link gilt nicht mehr"),
        ({"ended_at": NOON}, 410, "Dieser Link gilt nicht mehr"),
        ({"digest": "0" * 64}, 404, "Dieser Link ist unvollständig"),
    ],
    ids=["run out", "ended", "unknown"],
)
def test_link_that_is_none_or_over_says_how_to_go_on(client, course, link, facts, status, said):
    ProviderLink.objects.update(**facts)
    for address in (HERE, f"{HERE}{course.pk}/"):
        answer = client.get(address)
        assert (answer.status_code, said in answer.content.decode()) == (status, True)
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    answer = client.post(f"{HERE}bestaetigen/", {"gesehen": f"{course.pk}.000000000000"})
    assert answer.status_code == status
    assert CoursePage.objects.get().confirmed_at is None


def test_link_outlives_a_new_key_and_the_habits_of_mail_programs(settings, link):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "x" * 50, [settings.SECRET_KEY]
    now = timezone.now()
    for token in (TOKEN, f"{TOKEN}.", f"{TOKEN[:9]}=\n{TOKEN[9:]}>"):
        assert link_of(token, now=now) == link
    with pytest.raises(LinkUnknown):
        link_of(TOKEN[:-1], now=now)
    with pytest.raises(LinkOver):
        link_of(TOKEN, now=now + timedelta(days=60))


def test_too_many_requests_of_one_network_wait(client, course, monkeypatch):
    monkeypatch.setattr(views, "REQUESTS", Limit("test", times=2, seconds=600))
    assert [client.get(HERE).status_code for _ in range(3)] == [200, 200, 429]


def test_confirming_one_and_all(client, index, provider, course):
    other = CoursePageFactory(parent=index, title="Zerspanen", provider=provider)
    text = client.get(HERE).content.decode()
    both, _, only = re.findall(r'name="gesehen" value="([^"]+)"', text)
    answer = client.post(f"{HERE}bestaetigen/", {"gesehen": only})
    assert answer.headers["Location"] == f"{HERE}?bestaetigt=1&geaendert=0#kurs-{other.pk}"
    assert CoursePage.objects.get(pk=course.pk).confirmed_at is None
    assert CoursePage.objects.get(pk=other.pk).confirmed_at is not None
    answer = client.post(f"{HERE}bestaetigen/", {"gesehen": both})
    assert answer.headers["Location"] == f"{HERE}?bestaetigt=2&geaendert=0"
    assert "Danke, 2 Kurse sind bestätigt." in client.get(answer.headers["Location"]).content.decode()
    logged = PageLogEntry.objects.filter(action="courses.confirmed_by_provider")
    assert sorted(logged.values_list("page", flat=True)) == sorted([course.pk, other.pk, other.pk])
    assert "Vom Anbieter zuletzt bestätigt am" in client.get(course.url).content.decode()
    assert ProviderLink.objects.get().last_used_at is not None


@pytest.mark.parametrize("number", [1, 3])
def test_confirming_many_costs_as_much_as_one(client, index, provider, course, django_assert_num_queries, number):
    """Each course was a statement of its own in the history."""
    for _ in range(number - 1):
        CoursePageFactory(parent=index, provider=provider)
    seen = re.search(r'name="gesehen" value="([^"]+)"', client.get(HERE).content.decode())[1]
    with django_assert_num_queries(9):
        client.post(f"{HERE}bestaetigen/", {"gesehen": seen})
    assert PageLogEntry.objects.filter(action="courses.confirmed_by_provider").count() == number


def test_number_beyond_all_courses_is_none(client, course):
    """The database refused it, and the answer was 500."""
    for address in (f"{HERE}{10**30}/", f"{HERE}{2**31}/"):
        assert client.get(address).status_code == 404


def test_page_is_held_with_its_course(client, course):
    """A title that an editor published in the meantime could be written back from before."""
    sent = form_of(client, course)
    with CaptureQueriesContext(connection) as ran:
        client.post(f"{HERE}{course.pk}/", sent | {"price_state": "free"})
    locks = [query["sql"].partition("FOR UPDATE OF ")[2] for query in ran if "FOR UPDATE OF" in query["sql"]]
    held = ['"courses_coursepage", "wagtailcore_page"'] if connection.features.has_select_for_update_of else []
    assert locks == held


def test_what_changed_meanwhile_is_not_confirmed(client, course):
    seen = re.search(r'name="gesehen" value="([^"]+)"', client.get(HERE).content.decode())[1]
    CourseRun.objects.update(seats_taken=5)
    answer = client.post(f"{HERE}bestaetigen/", {"gesehen": seen})
    assert answer.headers["Location"].startswith(f"{HERE}?bestaetigt=0&geaendert=1")
    assert CoursePage.objects.get().confirmed_at is None
    assert "Bitte sehen Sie noch einmal hin" in client.get(answer.headers["Location"]).content.decode()


def test_course_of_somebody_else_is_out_of_reach(client, index, course):
    foreign = CoursePageFactory(parent=index, provider=ProviderFactory(name="Anderer", slug="anderer"))
    assert client.get(f"{HERE}{foreign.pk}/").status_code == 404
    assert client.post(f"{HERE}{foreign.pk}/", form_of(client, course)).status_code == 404
    client.post(f"{HERE}bestaetigen/", {"gesehen": f"{foreign.pk}.000000000000 quatsch 1.2"})
    assert CoursePage.objects.get(pk=foreign.pk).confirmed_at is None


def test_facts_are_public_at_once_and_stand_in_the_history(client, course):
    run = first_run(course)
    sent = form_of(client, course) | {
        f"termin-{run.pk}-seats_taken": "12",
        f"termin-{run.pk}-status": "full",
        "price_state": "amount",
        "price": "1.249,- €",
        "neu-starts_on": f"{TODAY + timedelta(days=40):%d.%m.%Y}",
        "neu-town": "Vechta",
    }
    answer = client.post(f"{HERE}{course.pk}/", sent)
    assert answer.headers["Location"] == f"{HERE}?korrigiert={course.pk}#kurs-{course.pk}"
    text = client.get(course.url).content.decode()
    for said in ("1.249 €", "ausgebucht", "Vechta", "Vom Anbieter zuletzt bestätigt am"):
        assert said in text, said
    page = CoursePage.objects.get()
    assert page.live_revision == page.latest_revision
    assert page.has_unpublished_changes is False
    kept = page.get_latest_revision_as_object()
    assert sorted(kept.runs.values_list("pk", flat=True)) == sorted(CourseRun.objects.values_list("pk", flat=True))
    assert (kept.price, kept.runs.get(pk=run.pk).status) == (Decimal("1249.00"), "full")
    entry = PageLogEntry.objects.get(action="courses.corrected_by_provider")
    assert entry.data["changed"] == [
        "Preis",
        "Betrag in Euro",
        f"davon belegt ({run.starts_on:%d.%m.%Y})",
        f"Stand ({run.starts_on:%d.%m.%Y})",
        f"neuer Termin ({TODAY + timedelta(days=40):%d.%m.%Y})",
    ]
    assert "Preis, Betrag in Euro" in entry.message
    assert "Danke, Ihre Angaben sind gespeichert." in client.get(answer.headers["Location"]).content.decode()


def test_newer_draft_of_an_editor_takes_the_facts_on_and_stays_a_draft(client, course, django_user_model):
    author = django_user_model.objects.create(username="redaktion")
    draft = course.get_latest_revision_as_object()
    draft.summary, draft.price_note = "Neuer Text der Redaktion.", "mit Material"
    draft.save_revision(user=author)
    run = first_run(course)
    client.post(
        f"{HERE}{course.pk}/", form_of(client, course) | {f"termin-{run.pk}-seats_taken": "7", "price_state": "free"}
    )
    page = CoursePage.objects.get()
    assert (page.price_state, page.summary, page.price_note) == ("free", "Zwei Tage, danach können Sie mehr.", "")
    assert page.has_unpublished_changes is True
    assert page.latest_revision.user == author
    later = page.get_latest_revision_as_object()
    assert (later.price_state, later.summary, later.price_note) == ("free", "Neuer Text der Redaktion.", "mit Material")
    assert later.runs.get().seats_taken == 7
    page.latest_revision.publish()
    page = CoursePage.objects.get()
    assert (page.price_state, page.summary) == ("free", "Neuer Text der Redaktion.")
    assert page.confirmed_at is not None, "a version from before does not take the confirmation back"
    assert first_run(page).pk == run.pk


def test_scheduled_version_takes_the_facts_on_and_stays_scheduled(client, course):
    at = timezone.now() + timedelta(days=2)
    draft = course.get_latest_revision_as_object()
    draft.summary = "Ab übermorgen."
    scheduled = draft.save_revision(approved_go_live_at=at)
    draft.summary = "Ein noch neuerer Entwurf."
    draft.save_revision()
    client.post(f"{HERE}{course.pk}/", form_of(client, course) | {"price_state": "free"})
    scheduled.refresh_from_db()
    assert scheduled.approved_go_live_at == at
    assert scheduled.as_object().price_state == "free"
    assert CoursePage.objects.get().get_latest_revision_as_object().summary == "Ein noch neuerer Entwurf."


def test_second_of_two_with_the_same_link_is_told_and_loses_nothing(client, course):
    run = first_run(course)
    first, second = form_of(client, course), form_of(client, course)
    client.post(f"{HERE}{course.pk}/", first | {f"termin-{run.pk}-seats_taken": "5"})
    answer = client.post(f"{HERE}{course.pk}/", second | {"price_note": "inklusive Prüfung"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Dieser Kurs hat sich geändert, während das Formular offen war." in text
    assert 'value="inklusive Prüfung"' in text
    assert CoursePage.objects.get().price_note == ""
    seen = re.search(r'name="gesehen" value="([^"]+)"', text)[1]
    again = client.post(f"{HERE}{course.pk}/", second | {"price_note": "inklusive Prüfung", "gesehen": seen})
    assert again.status_code == 302
    assert CoursePage.objects.get().price_note == "inklusive Prüfung"


def test_course_taken_off_while_the_form_is_open_gives_back_what_was_typed(client, course):
    """All of it was lost with a page that only said 404."""
    sent = form_of(client, course) | {"price_state": "free", "wish": "Neu: <b>mit</b> Prüfung", "neu-town": "Vechta"}
    seen = re.search(r'name="gesehen" value="([^"]+)"', client.get(HERE).content.decode())[1]
    course.unpublish()
    answer = client.post(f"{HERE}{course.pk}/", sent)
    text = answer.content.decode()
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store, private")
    for said in (
        "Dieser Kurs steht nicht mehr hier",
        "Es ist nirgends gespeichert.",
        f"{TODAY + timedelta(days=9):%d.%m.%Y}",
        "kostenfrei",
        "Neu: &lt;b&gt;mit&lt;/b&gt; Prüfung",
        "Vechta",
    ):
        assert said in text, said
    assert client.get(f"{HERE}{course.pk}/").status_code == 404
    answer = client.post(f"{HERE}bestaetigen/", {"gesehen": seen})
    assert "Bitte sehen Sie noch einmal hin" in client.get(answer.headers["Location"]).content.decode()
    course.delete()
    assert "Vechta" in client.post(f"{HERE}{course.pk}/", sent).content.decode()


def test_link_that_ends_while_the_form_is_open_gives_back_what_was_typed(client, course):
    """A newer link, as a reminder brings it, ends the one behind which somebody types."""
    sent = form_of(client, course) | {"wish": "Bitte „Grundlagen“ schreiben."}
    ProviderLink.objects.update(ended_at=NOON)
    answer = client.post(f"{HERE}{course.pk}/", sent)
    assert (answer.status_code, "Bitte „Grundlagen“ schreiben." in answer.content.decode()) == (410, True)


def test_date_that_went_meanwhile_gives_back_what_was_typed(client, course):
    """The form came back without its fields."""
    sent = form_of(client, course)
    sent[f"termin-{first_run(course).pk}-times"] = "montags um neun"
    CourseRun.objects.all().delete()
    answer = client.post(f"{HERE}{course.pk}/", sent)
    assert (answer.status_code, answer.content.decode().count("montags um neun")) == (409, 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told(client, course):
    """Through connections of their own: the second one waits for the first, and then sees that it was faster."""
    sent, start = form_of(client, course), Barrier(2)

    def save(note: str) -> tuple[int, bool]:
        try:
            start.wait(30)
            answer = Client().post(f"{HERE}{course.pk}/", sent | {"price_note": note})
            return answer.status_code, f'value="{note}"' in answer.content.decode()
        finally:
            connection.close()

    notes = ["mit Material", "mit Prüfung"]
    with ThreadPoolExecutor(2) as people:
        answers = dict(zip(notes, people.map(save, notes), strict=True))
    assert sorted(answers.values()) == [(302, False), (409, True)]
    assert answers[CoursePage.objects.get().price_note] == (302, False)
    assert PageLogEntry.objects.filter(action="courses.corrected_by_provider").count() == 1


def test_date_that_came_meanwhile_is_shown_and_not_asked_for(client, course):
    sent = form_of(client, course)
    CourseRun.objects.create(course=course, starts_on=TODAY + timedelta(days=30))
    text = client.post(f"{HERE}{course.pk}/", sent).content.decode()
    assert "Bitte prüfen Sie Ihre Angaben" not in text
    assert f'value="{TODAY + timedelta(days=30):%Y-%m-%d}"' in text


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("price", "zwölf", "Bitte geben Sie einen Betrag ein, zum Beispiel 1.249,00."),
        ("price", "100", "Ein Betrag gehört genau dann hierher, wenn der Preis „Betrag“ oder „ab Betrag“ lautet."),
        ("booking_link", "", "Bitte nennen Sie die Adresse, unter der man sich anmeldet."),
        ("booking_link", "javascript:alert(1)", "Bitte prüfen Sie die Adresse"),
        ("contact_email", "kein-at", "Bitte prüfen Sie die E-Mail-Adresse"),
        ("termin-{}-starts_on", "32.13.2027", "Bitte geben Sie einen Tag ein, zum Beispiel 3.12.2027."),
        ("termin-{}-starts_on", "2020-01-01", "Dieser Tag ist vorbei."),
        ("termin-{}-ends_on", "2020-01-01", "Das Ende liegt vor dem Beginn."),
        ("termin-{}-seats_taken", "viele", "Bitte geben Sie eine ganze Zahl ein."),
        ("neu-town", "Vechta", "Bitte nennen Sie den ersten Tag."),
        ("homepage", "spam", "Ein verborgenes Feld war ausgefüllt"),
    ],
)
def test_wrong_answers_come_back_with_all_that_was_typed(client, course, field, typed, said):
    name = field.format(first_run(course).pk)
    answer = client.post(f"{HERE}{course.pk}/", form_of(client, course) | {"price_note": "bleibt stehen", name: typed})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert 'value="bleibt stehen"' in text
    assert CoursePage.objects.get().confirmed_at is None
    assert not PageLogEntry.objects.filter(action__startswith="courses.")


def test_part_for_a_new_date_opens_only_for_who_has_filled_it_in(client, course):
    """It stood open from the beginning, nine empty fields between the dates and the price."""
    assert "<details>" in client.get(f"{HERE}{course.pk}/").content.decode()
    sent = form_of(client, course) | {"neu-town": "Vechta"}
    assert "<details open>" in client.post(f"{HERE}{course.pk}/", sent).content.decode()


def test_seats_below_what_the_form_does_not_show_are_refused_where_they_stand(client, course):
    """It stood at the first day: „Mindestens so viele? Mehr Plätze gibt es nicht.“"""
    CourseRun.objects.update(seats_min=6)
    name = f"termin-{first_run(course).pk}-seats_max"
    text = client.post(f"{HERE}{course.pk}/", form_of(client, course) | {name: "5"}).content.decode()
    assert text.count("Nach unseren Angaben findet der Kurs erst mit mehr Anmeldungen statt.") == 2
    assert f'href="#id_{name}"' in text


def test_wish_for_the_texts_goes_to_the_editors_and_confirms_nothing(client, course, provider):
    client.post(f"{HERE}{course.pk}/", form_of(client, course) | {"wish": "Bitte „Grundlagen“ schreiben."})
    page, mail = CoursePage.objects.get(), OutgoingMail.objects.get()
    assert page.confirmed_at is None
    assert (mail.kind, mail.recipient) == ("provider_wish", "kontakt@mehrwert.example")
    message = bytes(mail.message).decode()
    assert "Reply-To: kurse@weserbogen.example" in message
    assert provider.name not in re.search(r"Subject: .*", message)[0]
    assert PageLogEntry.objects.filter(action="courses.wish_of_provider").count() == 1


def test_post_of_another_site_is_refused(client, course):
    for address in (f"{HERE}{course.pk}/", f"{HERE}bestaetigen/"):
        answer = client.post(address, form_of(client, course), headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403
    assert CoursePage.objects.get().confirmed_at is None


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_the_courses(client, index, provider, course, django_assert_num_queries, number):
    for _ in range(number - 1):
        CoursePageFactory(parent=index, provider=provider, runs=[TODAY])
    client.get(HERE)
    with django_assert_num_queries(6):
        client.get(HERE)
    with django_assert_num_queries(3):
        client.get(f"{HERE}{course.pk}/")
