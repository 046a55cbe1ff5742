"""The search of the site: what it finds, says and refuses, and that nobody breaks it by a question."""

from __future__ import annotations

import pydoc
import re
from datetime import date

import pytest
from django.core.cache import cache
from django.utils.text import slugify
from wagtail.models import Collection, CollectionViewRestriction, Locale, PageViewRestriction

from foundation.searching.texts import page_text
from home.links import record_links
from home.models import HomePage
from home.translating import translate_page
from mehrwert.jobs import JOBS
from tests.factories.courses import CourseCataloguePageFactory, CoursePageFactory
from tests.factories.home import (
    DocumentFactory,
    DownloadsPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    OfficeIndexPageFactory,
    OfficePageFactory,
    StandardPageFactory,
    new_site,
    picture_value,
    stream,
)
from tests.factories.offices import AdvisorFactory, DistrictFactory, OfficeFactory
from tests.home.markup import Markup

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


@pytest.fixture
def home() -> HomePage:
    return new_site()


def text_page(home: HomePage, title: str, text: str = "", **more: object):
    return StandardPageFactory(parent=home, title=title, body=stream(("paragraph", f"<p>{text}</p>")), **more)


def found(client, question: str, **more: str) -> list[str]:
    """The addresses of the hits, in their order."""
    answer = client.get("/suche/", {"q": question, **more})
    assert answer.status_code == 200
    markup = Markup(answer.content.decode())
    assert markup.complaints == []
    return re.findall(r'search-result__title"><a href="([^"]+)"', answer.content.decode())


def said(client, question: str, **more: str) -> str:
    html = client.get("/suche/", {"q": question, **more}).content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_umlauts_sharp_s_and_endings_are_the_same_on_both_databases(client, home):
    page = text_page(home, "Unsere Büros", "In jeder Straße eine Tür.")
    text_page(home, "Anderes", "Hier steht nichts davon.")
    for question in ("Straße", "strasse", "STRASSEN", "Büros straße", "bueros strassen", "buro", "die Büros"):
        assert found(client, question) == [page.url], question


def test_every_kind_of_page_is_found_by_its_own_words_and_by_those_beside_it(client, home):
    district = DistrictFactory(name="Vechta", slug="vechta")
    office = OfficePageFactory(
        parent=OfficeIndexPageFactory(parent=home), office=OfficeFactory(town="Lohne", districts=[district])
    )
    course = CoursePageFactory(parent=CourseCataloguePageFactory(parent=home), summary="Steuerungen verstehen")
    news = NewsPageFactory(parent=NewsIndexPageFactory(parent=home), district=district, date=date(2026, 1, 2))

    assert set(found(client, "Vechta")) == {office.url, news.url}
    assert found(client, "Lohne") == [office.url]
    assert found(client, "Steuerung") == [course.url]
    assert found(client, "Weserbogen") == [course.url, "/anbieter/weserbogen-bildung/"]
    assert found(client, "ländlicher Raum") == ["/"]


@pytest.mark.parametrize("number", [1, 3])
def test_people_and_files_are_found_beside_pages(client, home, django_assert_num_queries, number):
    office = OfficePageFactory(
        parent=OfficeIndexPageFactory(parent=home), office=OfficeFactory(name="Büro Vechta", slug="vechta")
    )
    for count in range(number):
        AdvisorFactory(name=f"Ada Beispiel {count}", slug=f"ada-{count}", office=office.office, focus="Metallbau")
    document = DocumentFactory(title="Fragebogen")
    file = {"document": document.pk, "label": "", "description": "Zum Ausfüllen", "language": "de"}
    DownloadsPageFactory(
        parent=home,
        groups=stream(("group", {"heading": "Vorlagen", "files": [file | {"is_accessible": False}] * number})),
    )
    people = [f"{office.url}team/ada-{count}/" for count in range(number)]

    assert found(client, "Beispiele Büros") == people
    assert found(client, "metallbau") == people
    assert found(client, "fragebögen") == [document.url] * number
    assert found(client, "Beispiel", art="bueros") == people, "a kind that is none counts as all"
    text = said(client, "Fragebogen")
    assert f"{number} Treffer für „Fragebogen“." in text
    assert "Dateien Fragebogen Zum Ausfüllen" in text
    assert "haben wir nichts gefunden" not in text
    with django_assert_num_queries(1):
        client.get("/suche/?q=Metallbau")


def test_people_without_a_page_and_private_files_are_not_found(client, home):
    AdvisorFactory(name="Ada Beispiel")
    page = DownloadsPageFactory(parent=home, groups=stream())
    file = {"document": DocumentFactory(title="Fragebogen").pk, "label": "", "description": "", "language": "de"}
    page.groups = stream(("group", {"heading": "Intern", "files": [file | {"is_accessible": False}]}))
    page.save()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert found(client, "Ada") == []
    assert found(client, "Fragebogen") == []


def test_a_file_that_a_text_leads_to_is_found_once(client, home):
    """Only files of the pages with downloads were found."""
    shut = Collection.get_first_root_node().add_child(name="Intern")
    CollectionViewRestriction.objects.create(collection=shut, restriction_type=CollectionViewRestriction.LOGIN)
    document, private = DocumentFactory(title="Antrag"), DocumentFactory(title="Dienstplan", collection=shut)
    page, draft = text_page(home, "Wer zahlt?"), text_page(home, "Entwurf", live=False)
    for place, files in ((page, (document, private, document)), (draft, (DocumentFactory(title="Neu"),))):
        links = "".join(f'<a linktype="document" id="{file.pk}">Formular</a> ' for file in files)
        place.body = stream(("paragraph", f"<p>{links}</p>"))
        record_links(place)
    assert found(client, "Formular", art="dateien") == [document.url]
    assert "Dateien Antrag Auf der Seite „Wer zahlt?“" in said(client, "Antrag")


def downloads(home: HomePage, *titles: str, **of_document: object) -> list[str]:
    """Files on a page, in their order."""
    documents = [DocumentFactory(title=title, **of_document) for title in titles]
    rest = {"label": "", "description": "", "language": "de", "is_accessible": False}
    files = [{"document": document.pk} | rest for document in documents]
    DownloadsPageFactory(
        parent=home, slug=slugify(titles[0]), groups=stream(("group", {"heading": "Vorlagen", "files": files}))
    )
    return [document.url for document in documents]


def test_a_name_comes_first_and_other_people_and_files_after_the_best_pages(client, home):
    """People and files stood before all pages, however many there were."""
    office = OfficePageFactory(
        parent=OfficeIndexPageFactory(parent=home), office=OfficeFactory(name="Büro Vechta", slug="vechta")
    )
    AdvisorFactory(name="Ada Lorenz", slug="ada", office=office.office, focus="Förderung")
    pages = {text_page(home, f"Förderung {number}", "Ada Lorenz hilft.").url for number in range(5)}
    files = downloads(home, "Antrag auf Förderung", "Etwas anderes")
    person = f"{office.url}team/ada/"

    hits = found(client, "Förderung")
    assert hits[3:5] == [files[0], person], "with the word in its title the file stands before the person"
    assert set(hits[:3] + hits[5:]) == pages
    by_name = found(client, "Lorenz Ada")
    assert by_name[0] == person
    assert set(by_name[1:]) == pages


def test_people_and_files_are_kinds_with_counts_and_pages(client, home):
    office = OfficePageFactory(
        parent=OfficeIndexPageFactory(parent=home), office=OfficeFactory(name="Büro Vechta", slug="vechta")
    )
    for number in range(12):
        AdvisorFactory(name=f"Mensch {number:02}", slug=f"m{number}", office=office.office, focus="Energie")
    files = downloads(home, "Energie sparen")
    pages = [text_page(home, f"Energie {number}").url for number in range(4)]
    people = [f"{office.url}team/m{number}/" for number in range(12)]
    html = client.get("/suche/", {"q": "Energie"}).content.decode()
    facet = html[html.index('class="filter-links"') : html.index("</nav>", html.index('class="filter-links"'))]
    assert re.findall(r'art=([a-z]+)"[^>]*>(\w+) <span class="filter-links__number">(\d+)', facet) == [
        ("dateien", "Dateien", "1"), ("menschen", "Menschen", "12"), ("seiten", "Seiten", "4"),
    ]  # fmt: skip
    assert '<p role="status">17 Treffer für „Energie“.</p>' in html

    first, second = (found(client, "Energie", page=str(number)) for number in (1, 2))
    assert set(first[:3]) < set(pages)
    assert first[3:] == [*files, *people[:6]]
    assert second[:6] == people[6:]
    assert set(first[:3] + second[6:]) == set(pages)
    assert found(client, "Energie", art="menschen") == people[:10]
    assert found(client, "Energie", art="menschen", page="2") == people[10:]
    assert found(client, "Energie", art="dateien") == files
    assert set(found(client, "Energie", art="seiten")) == set(pages)


def test_who_is_switched_off_is_in_no_search_from_that_moment_on(client, home, django_capture_on_commit_callbacks):
    office = OfficePageFactory(parent=OfficeIndexPageFactory(parent=home))
    person = AdvisorFactory(name="Ada Beispiel", slug="ada", office=office.office)
    address = f"{office.url}team/ada/"
    assert found(client, "Ada Beispiel") == [address]
    person.is_public = False
    with django_capture_on_commit_callbacks(execute=True):
        person.save()
    for kind in ("", "menschen"):
        assert found(client, "Ada Beispiel", art=kind) == []
    assert "Beispiel" not in said(client, "Beispil").replace("Beispil", "")


def test_files_of_a_collection_behind_a_password_are_not_found(client, home):
    root = Collection.get_first_root_node()
    shut = root.add_child(name="Intern")
    below = shut.add_child(name="Darunter")
    downloads(home, "Geheimplan", collection=below)
    public = downloads(home, "Plan", collection=root)
    CollectionViewRestriction.objects.create(
        collection=shut, restriction_type=CollectionViewRestriction.PASSWORD, password="offen"
    )
    assert found(client, "Geheimplan") == []
    assert found(client, "Plan") == public


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("kind", "queries"), [("", 5), ("menschen", 1), ("seiten", 5)])
def test_a_mixed_list_asks_no_more_for_more(client, home, django_assert_num_queries, number, kind, queries):
    office = OfficePageFactory(parent=OfficeIndexPageFactory(parent=home))
    for count in range(number):
        AdvisorFactory(name=f"Ada {count}", slug=f"ada-{count}", office=office.office, focus="Energie")
        text_page(home, f"Energie {count}")
    downloads(home, *["Energie"] * number)
    address = f"/suche/?q=Energie&art={kind}"
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)


def test_title_counts_more_than_text(client, home):
    text_page(home, "Ein langer Text", "Förderung. " + "Anderes steht hier auch noch. " * 5)
    page = text_page(home, "Förderung", "Wer zahlt?")
    text_page(home, "Noch ein Text", "Alles über Förderung und vieles andere mehr in einem Satz.")
    hits = found(client, "förderungen")
    assert hits[0] == page.url
    assert len(hits) == 3


def test_all_words_must_be_there_and_the_excerpt_marks_them(client, home):
    text_page(home, "Nur eins", "Die Förderung.")
    page = text_page(home, "Geld <b>", "Vorweg. Die Förderung & der Betrieb gehören zusammen.")
    answer = client.get("/suche/", {"q": "foerderung betriebe"})
    assert found(client, "foerderung betriebe") == [page.url]
    assert "Die <mark>Förderung</mark> &amp; der <mark>Betrieb</mark> gehören zusammen." in answer.content.decode()
    assert "Geld &lt;b&gt;" in answer.content.decode()


def test_kinds_are_links_with_counts(client, home):
    for number in range(2):
        text_page(home, f"Förderung {number}")
    news = NewsPageFactory(parent=NewsIndexPageFactory(parent=home), title="Förderung verlängert")
    answer = client.get("/suche/", {"q": "Förderung"}).content.decode()
    facet = answer[answer.index('class="filter-links"') : answer.index("</nav>", answer.index('class="filter-links"'))]
    assert re.findall(r'href="([^"]+)"[^>]*>(\w+)', facet) == [
        ("/suche/?q=F%C3%B6rderung", "Alles"),
        ("/suche/?q=F%C3%B6rderung&amp;art=nachrichten", "Nachrichten"),
        ("/suche/?q=F%C3%B6rderung&amp;art=seiten", "Seiten"),
    ]
    assert re.findall(r'filter-links__number">(\d)', facet) == ["1", "2"]
    assert found(client, "Förderung", art="nachrichten") == [news.url]
    assert len(found(client, "Förderung", art="gibt-es-nicht")) == 3


def test_lists_have_pages_and_keep_question_and_kind(client, home):
    index = NewsIndexPageFactory(parent=home)
    for _ in range(12):
        NewsPageFactory(parent=index, title="Förderung & Recht")
    text_page(home, "Förderung")
    assert len(found(client, "Förderung", art="nachrichten")) == 10
    assert len(found(client, "Förderung", art="nachrichten", page="2")) == 2
    assert len(found(client, "Förderung", art="nachrichten", page="99")) == 2
    html = client.get("/suche/", {"q": "Förderung", "art": "nachrichten"}).content.decode()
    assert 'href="?q=F%C3%B6rderung&amp;art=nachrichten&amp;page=2"' in html
    assert "<title>13 Treffer für „Förderung“ – Suche – MehrWert</title>" in html
    assert '<p role="status">13 Treffer für „Förderung“.</p>' in html


def test_drafts_and_private_pages_are_never_found(client, home):
    text_page(home, "Geheimplan", live=False)
    private = text_page(home, "Geheimplan intern")
    StandardPageFactory(parent=private, title="Geheimplan darunter")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert found(client, "Geheimplan") == []
    assert "Geheimplan" not in said(client, "Geheimplanung").replace("Geheimplanung", "")


def test_what_is_published_is_found_and_what_is_withdrawn_is_not(client, home):
    page = text_page(home, "Alter Titel")
    page.title = "Quantenphysik"
    page.save_revision().publish()
    assert found(client, "Quantenphysik") == [page.url]
    assert found(client, "Alter Titel") == []
    page.unpublish()
    assert found(client, "Quantenphysik") == []


@pytest.mark.parametrize(
    ("question", "other"), [("Fördrung", "Förderung"), ("bildung", "Weiterbildung"), ("Weiterb", "Weiterbildung")]
)
def test_words_without_hits_lead_to_words_that_have_some(client, home, question, other):
    page = text_page(home, f"{other} für Betriebe")
    assert found(client, question) == []
    text = said(client, question)
    assert f"Zu „{question}“ haben wir nichts gefunden." in text
    assert f"Meinten Sie: {other} ?" in text
    assert found(client, other) == [page.url]


def test_several_words_are_mended_together_or_offered_one_by_one(client, home):
    text_page(home, "Förderung für Betriebe")
    text_page(home, "Kurse")
    assert "Meinten Sie: Förderung Betriebe ?" in said(client, "Fördrung Betriebe")
    assert "Meinten Sie: Förderung , Kurse ?" in said(client, "Förderung Kurse")


def test_a_name_without_any_page_is_not_offered(client, home):
    DistrictFactory(name="Holzminden", slug="holzminden")
    assert "Meinten Sie" not in said(client, "Holzmindn")
    text_page(home, "Ein Tag in Holzminden")
    cache.clear()
    assert "Meinten Sie: Holzminden ?" in said(client, "Holzmindn")


def test_names_beside_a_page_are_known_after_the_nightly_job(client, home):
    page = OfficePageFactory(parent=OfficeIndexPageFactory(parent=home))
    page.office.town = "Bückeburg"
    page.office.save()
    (job,) = [job for job in JOBS if job.name == "Suche auffrischen"]
    pydoc.locate(job.function)(*job.arguments)
    assert found(client, "bueckeburg") == [page.url]


def test_nothing_like_it_is_said_plainly(client, home):
    text = said(client, "Xylophon")
    assert "Zu „Xylophon“ haben wir nichts gefunden." in text
    assert "Meinten" not in text
    assert "So finden Sie weiter" in text


def test_postcode_leads_to_the_office(client, home):
    answer = client.get("/suche/", {"q": "31785"}).content.decode()
    assert '<a href="/termin/?plz=31785">Büro und freie Termine für 31785</a>' in answer


def test_without_a_question_the_page_says_what_to_do(client, home):
    for address in ("/suche/", "/suche/?q=", "/suche/?q=%20%20", "/suche/?art=kurse"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "Geben Sie ein Wort ein" in answer.content.decode()
        assert 'role="status"' not in answer.content.decode()


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("x" * 10_000, "Bitte kürzen Sie Ihre Frage auf höchstens 100 Zeichen."),
        ("Förderung\0", "Bitte geben Sie nur Buchstaben und Zahlen ein."),
        ("?", "Bitte geben Sie ein Wort mit mindestens zwei Buchstaben ein."),
        ("a", "Bitte geben Sie ein Wort mit mindestens zwei Buchstaben ein."),
    ],
)
def test_bad_questions_are_answered_beside_the_field(client, home, question, sentence):
    answer = client.get("/suche/", {"q": question})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert html.count(sentence) == 1
    assert 'aria-invalid="true" aria-describedby="suche_error"' in html
    assert "<title>Fehler – Suche – MehrWert</title>" in html


HOSTILE = [
    '"', "'", "\\", "*", "a* OR b*", "NEAR(eins zwei, 3)", "title:geheim", "{title body} : x", "^eins", "-eins",
    "eins AND", "(eins", "eins)", "%s %d %(x)s", "eins; DROP TABLE wagtailcore_page", "eins & zwei | !drei:*", "ß",
    "<script>alert(1)</script>", "🦜 🦜", "İstanbul", "\u202eeins", "eins\0zwei", " ".join("abcdefghij"), "💥" * 100,
    "NOT eins", "ﷺ ﷺ",
]  # fmt: skip


def test_no_question_breaks_the_page(client, home):
    page = text_page(home, "Eins zwei drei")
    for question in HOSTILE:
        answer = client.get("/suche/", {"q": question})
        assert answer.status_code == 200, question
        assert "<script>alert" not in answer.content.decode()
    assert found(client, "eins & zwei | !drei:*") == [page.url]


def test_addresses_that_are_no_text_break_nothing(client, home):
    for query in ("q=%ff%fe", "q=eins&q=zwei", "q[]=eins", "q=eins&page=-1", "q=eins&page=x", "q=eins&art=%00"):
        assert client.get(f"/suche/?{query}").status_code == 200


def test_search_is_for_no_engine_sets_no_cookie_and_changes_nothing(client, home):
    answer = client.get("/suche/?q=eins")
    assert answer["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex, follow">' in answer.content.decode()
    assert not answer.cookies
    assert client.post("/suche/").status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_what_is_found(client, home, django_assert_num_queries, number):
    catalogue, news = CourseCataloguePageFactory(parent=home), NewsIndexPageFactory(parent=home)
    for _ in range(number):
        pictures = stream(*[("picture", {"picture": picture_value(), "caption": "Förderung"})] * number)
        StandardPageFactory(parent=home, title="Förderung", body=pictures)
        NewsPageFactory(parent=news, title="Förderung", pictures=pictures)
        CoursePageFactory(parent=catalogue, title="Förderung")
    client.get("/suche/?q=Förderung")
    with django_assert_num_queries(7):
        assert len(found(client, "Förderung")) == 3 * number


def test_words_of_streams_are_read_without_a_query(home, django_assert_num_queries):
    page = StandardPageFactory(
        parent=home,
        lead="Vorspann",
        body=stream(
            ("heading", "Kopf < Fuß"),
            ("paragraph", "<p>Eins</p><p>zwei &amp; drei</p>"),
            ("picture", {"picture": picture_value(alt="Ein Feld"), "caption": "Unterschrift"}),
            ("timeline", {"heading": "Dann", "steps": [{"when": "Bald", "title": "Mehr", "text": ""}]}),
            ("retention", None),
        ),
    )
    page = type(page).objects.get(pk=page.pk)
    with django_assert_num_queries(0):
        assert page_text(page) == "Vorspann Kopf < Fuß Eins zwei & drei Ein Feld Unterschrift Dann Bald Mehr"


def test_english_pages_are_found_by_english_words_and_say_their_language(client, home):
    english = translate_page(home, locale=Locale.objects.get(language_code="en"))
    english.save_revision().publish()
    page = text_page(HomePage.objects.get(pk=english.pk), "Funding", "Companies apply. The courses are running.")
    german = text_page(home, "Anderes", "Der Betrieb läuft.")
    assert page.locale.language_code == "en"
    for question in ("company", "companies applied", "course run", "running courses", "the funding"):
        assert found(client, question) == [page.url], question
    assert found(client, "laufen") == []
    assert german.url in (hits := found(client, "Betriebe"))
    assert page.url not in hits

    html = client.get("/suche/", {"q": "company"}).content.decode()
    assert 'Seiten · <span lang="en">English</span>' in html
    assert f'<a href="{page.url}" lang="en" hreflang="en">Funding</a>' in html
    assert '<p lang="en"><mark>Companies</mark> apply.' in html
