"""The list of courses as a page: readings, facets, order, ways out of nothing, and what search engines may see."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from io import StringIO
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import RequestFactory
from django.utils import timezone

from courses.course_list import CourseList, course_list
from courses.models import CoursePage, CourseWords, Synonym
from courses.querysets import CourseQuerySet
from courses.word_index import index_all
from offices.models import District
from tests.factories.booking import AvailabilityRuleFactory, ServiceFactory
from tests.factories.courses import (
    CourseCataloguePageFactory,
    CoursePageFactory,
    FundingKindFactory,
    ProviderFactory,
    TargetGroupFactory,
    TopicFactory,
)
from tests.factories.home import new_site
from tests.factories.offices import AdvisorFactory, DistrictFactory, OfficeFactory, PostcodeFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)


@pytest.fixture
def index(db):
    """Four courses of two districts."""
    cache.clear()
    diepholz = DistrictFactory(name="Diepholz", slug="diepholz", position=2, latitude=52.6, longitude=8.4)
    holzminden = DistrictFactory(name="Holzminden", slug="holzminden", position=6, latitude=51.8, longitude=9.4)
    PostcodeFactory(code="27232", places="Sulingen", district=diepholz)
    PostcodeFactory(code="37603", places="Holzminden", district=holzminden)
    index = CourseCataloguePageFactory(parent=new_site())
    technik = TopicFactory(name="Technik", slug="technik")
    lager = TopicFactory(name="Lager", slug="lager", parent=technik)
    digital = TopicFactory(name="Digitalisierung", slug="digital")
    sulingen, far = {"postcode": "27232", "town": "Sulingen"}, {"postcode": "37603", "town": "Holzminden"}
    CoursePageFactory(
        parent=index,
        title="Gabelstapler fahren",
        topics=[lager],
        price_state="amount",
        price=189,
        runs=[{"starts_on": date(2026, 12, 7), **far}, {"starts_on": date(2027, 10, 4), "status": "runs", **sulingen}],
    )
    CoursePageFactory(
        parent=index,
        title="Kranführer",
        topics=[technik],
        teaching_units=20,
        runs=[{"starts_on": date(2027, 1, 11), "seats_max": 8, "seats_taken": 3, **sulingen}],
    )
    CoursePageFactory(
        parent=index,
        title="Excel: Grundlagen",
        topics=[digital],
        format="online",
        price_state="free",
        provider=ProviderFactory(name="Solling-Lernhaus", slug="solling"),
        runs=[{"starts_on": date(2026, 12, 1)}],
    )
    CoursePageFactory(parent=index, title="Excel allein lernen", topics=[digital], format="self_paced")
    CoursePageFactory(parent=index, title="Excel im Entwurf", topics=[digital], live=False)
    return index


def listed(**chosen: object) -> CourseList:
    cache.clear()
    return course_list("/kurse/", RequestFactory().get("/kurse/", chosen), TODAY)


def titles(**chosen: object) -> list[str]:
    return [course.title for course in listed(**chosen).courses]


def counts(found: CourseList, facet: str) -> dict[str, int]:
    return next(
        {choice.label: int(choice.number) for choice in view.choices} for view in found.facets if view.name == facet
    )


def test_question_of_the_network(index):
    found = listed(text="Staplerschein bei Sulingen im Oktober")
    assert [(course.title, course.next_date, course.place) for course in found.courses] == [
        ("Gabelstapler fahren", "4. Oktober 2027", "Sulingen, etwa 1 km")
    ]
    assert [(chip.kind, chip.label, chip.url) for chip in found.chips] == [
        ("Suchwort", "Staplerschein", "/kurse/?text=bei+Sulingen+im+Oktober"),
        ("Ort", "27232 Sulingen, bis 30 km", "/kurse/?text=Staplerschein+im+Oktober"),
        ("Zeit", "Oktober 2027", "/kurse/?text=Staplerschein+bei+Sulingen"),
    ]


def test_soonest_first_and_without_date_last(index):
    assert titles() == ["Excel: Grundlagen", "Gabelstapler fahren", "Kranführer", "Excel allein lernen"]


def test_place_sorts_by_the_way(index):
    assert titles(text="37603", km="0") == [
        "Gabelstapler fahren",
        "Kranführer",
        "Excel: Grundlagen",
        "Excel allein lernen",
    ]
    assert titles(text="27232") == ["Kranführer", "Gabelstapler fahren"]


def test_target_group_is_counted_and_the_page_of_a_course_leads_to_its_list(client, index):
    leaders, trainers = (
        TargetGroupFactory(slug="leitende", name="Führungskräfte"),
        TargetGroupFactory(slug="ausbildende"),
    )
    CoursePageFactory(parent=index, slug="fuehren", title="Führen", target_groups=[leaders], topics=[])
    CoursePageFactory(parent=index, title="Ausbilden", target_groups=[leaders, trainers], topics=[])
    assert titles(zielgruppe="ausbildende") == ["Ausbilden"]
    assert titles(zielgruppe=["leitende", "ausbildende"]) == ["Ausbilden", "Führen"]
    assert counts(listed(), "Zielgruppe")["Führungskräfte"] == 2
    page = client.get("/kurse/fuehren/").content.decode()
    assert '<a class="tag" href="/kurse/?zielgruppe=leitende">Führungskräfte</a>' in page


def test_alternatives_inside_a_facet_and_all_facets_together(index):
    assert titles(form=["online", "self_paced"]) == ["Excel: Grundlagen", "Excel allein lernen"]
    assert titles(form=["online", "self_paced"], preis="frei") == ["Excel: Grundlagen"]
    assert titles(thema="technik") == ["Gabelstapler fahren", "Kranführer"]
    assert titles(thema="lager") == ["Gabelstapler fahren"]
    assert titles(kreis="holzminden", sicher="ja") == []


@pytest.fixture
def choices(index):
    """Beside the courses of the list, some that have what these have not."""
    kind = FundingKindFactory(slug="bildungsgutschein")
    own = {"parent": index, "topics": []}
    day = date(2027, 2, 1)
    facts = {"certificate": "Zeugnis", "inhouse_possible": True, "barrier_free": True, "funding_kinds": [kind]}
    hall = {"postcode": "27232", "town": "Sulingen"}
    CoursePageFactory(
        **own, title="Alles", language="en", part_of_day="morning", runs=[{"starts_on": day, **hall}], **facts
    )
    evening = {"starts_on": day, "start_time": time(18), "end_time": time(21, 15), "step_free": True}
    CoursePageFactory(**own, title="Abends", duration_weeks=6, price_state="amount", price=501, runs=[evening])
    CoursePageFactory(**own, title="Lang", duration_hours=121, duration_weeks=6, price_state="amount", price=1001)
    CoursePageFactory(**own, title="Kurz", duration_hours=8, duration_weeks=1, price_state="on_request")


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"dauer": "tag"}, ["Kurz"]),
        ({"dauer": "woche"}, ["Kranführer"]),
        ({"dauer": "lang"}, ["Lang"]),
        ({"dauer": "wochen"}, ["Abends"]),
        ({"zeit": "morning"}, ["Alles"]),
        ({"zeit": "evening"}, ["Abends"]),
        ({"text": "abends"}, ["Abends"]),
        ({"sprache": "en"}, ["Alles"]),
        ({"abschluss": "ja"}, ["Alles"]),
        ({"inhouse": "ja"}, ["Alles"]),
        ({"barrierefrei": "ja"}, ["Alles"]),
        ({"stufenlos": "ja"}, ["Abends", "Alles"]),
        ({"text": "rollstuhlgerecht"}, ["Abends", "Alles"]),
        ({"foerderung": "bildungsgutschein"}, ["Alles"]),
        ({"foerderung": "ja"}, ["Alles"]),
        ({"text": "geförderte Kurse"}, ["Alles"]),
        ({"anbieter": "solling"}, ["Excel: Grundlagen"]),
        ({"text": "27232", "km": "10"}, ["Kranführer", "Alles", "Gabelstapler fahren"]),
        ({"preis": "500"}, ["Gabelstapler fahren"]),
        ({"preis": "1000"}, ["Abends"]),
        ({"preis": "mehr"}, ["Lang"]),
        ({"preis": "anfrage"}, ["Kurz"]),
        ({"preis": "unbekannt"}, ["Kranführer", "Alles", "Excel allein lernen"]),
        ({"start": "2026-12"}, ["Excel: Grundlagen", "Gabelstapler fahren"]),
        ({"start": "2027-10"}, ["Gabelstapler fahren"]),
        ({"sicher": "ja"}, ["Gabelstapler fahren"]),
    ],
)
def test_choice_finds_what_has_it(choices, chosen, found):
    assert titles(**chosen) == found


def test_any_funding_is_the_first_choice_of_fundings(choices):
    assert list(counts(listed(), "Förderung").items()) == [("mit Förderung", 1), ("Bildungsgutschein", 1)]


def test_choice_of_a_place_without_steps_stands_beside_the_list(choices, client):
    """A hall without steps was said on the page of a course and could be asked for nowhere."""
    text = client.get("/kurse/?text=rollstuhlgerecht").content.decode()
    assert counts(listed(), "Außerdem")["Ort ohne Stufen"] == 2
    assert "Ort ohne Stufen" in text


def test_counts_say_what_a_choice_would_leave(index):
    found = listed(form="online")
    assert counts(found, "Form") == {"vor Ort": 2, "online": 1, "Selbstlernen": 1}
    assert counts(found, "Thema") == {"Digitalisierung": 1, "Technik": 0, "Lager": 0}
    assert counts(found, "Beginn") == {
        "Dezember 2026": 1,
        "Januar 2027": 0,
        "Oktober 2027": 0,
        "jederzeit": 0,
    }
    assert [choice.url for view in found.facets if view.name == "Thema" for choice in view.choices] == [
        "/kurse/?thema=digital&form=online",
        "",
        "",
    ]
    assert counts(listed(), "Außerdem") == {
        "freie Plätze": 1,
        "findet sicher statt": 1,
    }


def test_choice_that_would_leave_nothing_is_shown_without_a_link(index, client):
    html = " ".join(client.get("/kurse/?form=online").content.decode().split())
    number = '<span class="facet-choice__number">{}<span class="visually-hidden"> Kurse</span></span>'
    assert f'<span class="facet-choice__link">Lager {number.format(0)}</span>' in html
    assert (
        '<a class="facet-choice__link" href="/kurse/?thema=digital&amp;form=online" rel="nofollow" '
        f">Digitalisierung {number.format(1)}</a>"
    ) in html


def test_choice_that_the_question_asks_for_is_taken_back(index):
    found = listed(text="Excel online")
    assert titles(text="Excel online") == ["Excel: Grundlagen"]
    chosen = [choice for view in found.facets for choice in view.choices if choice.is_chosen]
    assert [(choice.label, choice.url) for choice in chosen] == [("online", "/kurse/?text=Excel")]


def test_correction_and_unknown_word_are_said(index):
    found = listed(text="Gabelstabler Quantenphysik")
    as_typed = "/kurse/?text=%22Gabelstabler%22+Quantenphysik"
    assert found.mended == [("Gabelstabler", "Gabelstapler", as_typed)]
    assert (found.unknown, found.number) == (("Quantenphysik",), 1)
    taken_back = listed(text='"Gabelstabler" Quantenphysik')
    assert (taken_back.mended, taken_back.number) == ([], 0)
    assert taken_back.unknown == ("Gabelstabler", "Quantenphysik")
    assert [(chip.label, chip.url) for chip in taken_back.chips] == [
        ("Gabelstabler", "/kurse/?text=Quantenphysik"),
        ("Quantenphysik", "/kurse/?text=%22Gabelstabler%22"),
    ]


def test_word_that_only_synonyms_know_is_said_where_nothing_is_found(index):
    Synonym.objects.create(words="Datev, Finanzbuchführung")
    assert [(listed(text=asked).number, listed(text=asked).unknown) for asked in ("Datev", "Datev Excel")] == [
        (0, ("Datev",)),
        (0, ("Datev",)),
    ]


def test_synonyms_of_the_editors_count(index):
    Synonym.objects.create(words="Hebezeug, Kranführer")
    assert titles(text="Hebezeuge") == ["Kranführer"]


@pytest.mark.parametrize(
    ("chosen", "ways"),
    [
        (
            {"text": "Kranführer bei Holzminden"},
            [("1 Kurs, wenn der Weg keine Rolle spielt", "/kurse/?text=Kranf%C3%BChrer+bei+Holzminden&km=0")],
        ),
        (
            {"text": "Gabelstapler im Mai"},
            [("1 Kurs, wenn die Zeit offen ist", "/kurse/?text=Gabelstapler")],
        ),
        (
            {"text": "Excel abends", "form": "online"},
            [
                ("1 Kurs ohne die Wahl „Tageszeit: abends“", "/kurse/?text=Excel&form=online"),
                ("2 Kurse zu „Excel“, wenn alles andere offen ist", "/kurse/?text=Excel"),
            ],
        ),
        (
            {"text": "Kranführer unter 4 Stunden"},
            [("1 Kurs, wenn der Kurs länger dauern darf", "/kurse/?text=Kranf%C3%BChrer")],
        ),
        (
            {"text": "Excel Gabelstapler"},
            [
                ("1 Kurs ohne das Wort „Excel“", "/kurse/?text=Gabelstapler"),
                ("2 Kurse ohne das Wort „Gabelstapler“", "/kurse/?text=Excel"),
            ],
        ),
        (
            {"text": "Excelbasiswissen in Sulingen"},
            [("2 Kurse zu „Excel“", "/kurse/?text=Excel")],
        ),
        (
            {"text": "Gabelstapler im Mai", "form": "online"},
            [("1 Kurs zu „Gabelstapler“, wenn alles andere offen ist", "/kurse/?text=Gabelstapler")],
        ),
        (
            {"text": "Excel Gabelstapler im Mai", "form": "blended"},
            [
                ("1 Kurs zu „Gabelstapler“, wenn alles andere offen ist", "/kurse/?text=Gabelstapler"),
                ("2 Kurse zu „Excel“, wenn alles andere offen ist", "/kurse/?text=Excel"),
            ],
        ),
    ],
)
def test_nothing_found_names_the_nearest_way_out(index, chosen, ways):
    found = listed(**chosen)
    assert found.number == 0
    assert [(way.label, way.url) for way in found.ways_out] == ways


def test_nothing_found_near_a_place_names_its_office(index, client):
    office = OfficeFactory(name="Büro Holzminden")
    found = listed(text="Quantenphysik in Holzminden")
    assert found.office is not None
    assert found.office.office_id == office.pk
    text = client.get("/kurse/?text=Quantenphysik+in+Holzminden").content.decode()
    assert "Büro Holzminden" in text
    assert "Das Wort „Quantenphysik“ steht in keinem Kurs." in text
    assert "Nächster freier Termin" not in text


@pytest.mark.usefixtures("noon")
def test_nothing_found_leads_to_the_next_free_time_of_the_place_else_of_the_network(index, client):
    ServiceFactory()
    here = OfficeFactory(name="Büro Holzminden", districts=[District.objects.get(slug="holzminden")])
    there = OfficeFactory(name="Büro Hameln")
    for office, start in ((here, time(11)), (there, time(9))):
        AvailabilityRuleFactory(advisor=AdvisorFactory(office=office), office=office, start_time=start)
    told = [
        re.findall(
            r'freier Termin: <time .*?>[^<]*, ([0-9:]+ Uhr)</time></a>\s*<span class="next-free__place">(.*?),',
            client.get(f"/kurse/?text=Quantenphysik{place}").content.decode(),
        )
        for place in ("+in+Holzminden", "")
    ]
    assert told == [[("11:00 Uhr", "Büro Holzminden")], [("9:00 Uhr", "Büro Hameln")]]


@pytest.mark.parametrize(
    "query",
    [
        "text=%00",
        "text=" + "x" * 5000,
        "km=-1",
        "km=abc",
        "text=" + "Stapler+" * 500,
        "text=" + "%22(" * 2000,
        "start=2026-99",
        "kreis=%27",
        "preis=frei&preis=x",
    ],
)
def test_unusable_values_are_no_fault(index, client, query):
    assert client.get(f"/kurse/?{query}").status_code == 200


@pytest.mark.parametrize("number", ["99", "0", "-1", "abc", "1e9", "%00", "9" * 5000])
def test_a_page_that_the_list_has_not_is_none(index, client, number):
    assert client.get(f"/kurse/?page={number}").status_code == 404


@pytest.mark.parametrize(
    ("query", "is_indexed"),
    [
        ("", True),
        ("thema=digital", True),
        ("form=online", False),
        ("thema=digital&kreis=diepholz", False),
        ("text=x", False),
    ],
)
def test_search_engines_see_few_states(index, client, query, is_indexed):
    text = client.get(f"/kurse/?{query}").content.decode()
    assert ('content="noindex, follow"' in text) is not is_indexed


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("thema=digital", "?thema=digital"),
        ("kreis=diepholz&page=1", "?kreis=diepholz"),
        ("page=", ""),
        ("text=x", ""),
    ],
)
def test_state_that_search_engines_may_list_is_no_copy_of_the_whole_list(index, client, query, canonical):
    """It was named as one, which takes it out of their lists again."""
    text = client.get(f"/kurse/?{query}").content.decode()
    assert f'<link rel="canonical" href="http://testserver/kurse/{canonical}">' in text


def test_page_says_what_it_found_and_keeps_choices(index, client):
    text = client.get("/kurse/?text=Excel&form=online").content.decode()
    assert '<div class="catalogue__said flow" role="status">' in text
    assert "<strong>1 Kurs</strong> gefunden" in text
    assert '<input type="hidden" name="form" value="online">' in text
    assert 'value="Excel"' in text


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "Kurse – MehrWert"),
        ("text=Excel&form=online", "1 Kurs: Excel · online – Kurse – MehrWert"),
        ("thema=technik", "2 Kurse: Technik – Kurse – MehrWert"),
        ("text=Quantenphysik", "0 Kurse: Quantenphysik – Kurse – MehrWert"),
    ],
)
def test_title_says_how_much_is_found_of_what(index, client, query, title):
    """Each state was named „Kurse“, whatever was found: in tabs, in the history, and as the first thing read."""
    assert f"<title>{title}</title>" in client.get(f"/kurse/?{query}").content.decode()


def test_way_is_that_to_the_place_that_is_told(index):
    """It was that to the nearest of all dates, whichever place stood before it."""
    [course] = listed(text="Stapler bei Sulingen", km="0").courses
    assert (course.next_date, course.place) == ("7. Dezember 2026", "Holzminden, etwa 110 km")


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("query", "queries"), [("", 6), ("text=Excel&form=online", 6), ("text=Quanten", 3)])
def test_page_takes_as_many_queries_for_three_courses_as_for_one(
    db, client, django_assert_num_queries, number, query, queries
):
    cache.clear()
    index = CourseCataloguePageFactory(parent=new_site())
    for count in range(number):
        provider = ProviderFactory(name=f"Anbieter {count}", slug=f"anbieter-{count}")
        topics = [TopicFactory(name=f"Thema {count}", slug=f"thema-{count}")]
        facts = {"provider": provider, "topics": topics, "format": "online"}
        CoursePageFactory(parent=index, title=f"Excel {count}", runs=[timezone.localdate()] * number, **facts)
    client.get("/kurse/?text=Word")
    with django_assert_num_queries(queries):
        client.get(f"/kurse/?{query}")
    with django_assert_num_queries(3):  # by now the process knows what it shows
        client.get(f"/kurse/?{query}")


def test_of_many_providers_the_first_are_shown_and_all_when_asked(index, monkeypatch):
    for bound in ("AT_ONCE", "MOST_BEHIND_MORE"):
        monkeypatch.setattr(f"courses.course_list.{bound}", 1)
    for name in ("Aller", "Hunte", "Leine"):
        named = {"name": name, "slug": name.lower()}
        CoursePageFactory(parent=index, provider=ProviderFactory(**named), topics=[TopicFactory(**named)])
    cut, whole = (
        next(facet for facet in listed(form="on_site", **asked).facets if facet.name == "Anbieter")
        for asked in ({}, {"alle": "anbieter"})
    )
    assert [len(cut.choices), len(cut.more), cut.all_url] == [1, 1, "/kurse/?form=on_site&alle=anbieter#alle"]
    assert [1 + len(whole.more), whole.all_url, whole.is_open] == [cut.number, "", True]


def test_words_are_kept_as_courses_change(index):
    course = CoursePage.objects.get(title="Kranführer")
    course.title = "Hebezeuge bedienen"
    course.save_revision()
    assert "hebezeug" not in course.words.words
    course.get_latest_revision().publish()
    assert "hebezeug" in CourseWords.objects.get(course=course).words
    assert titles(text="Hebezeug") == ["Hebezeuge bedienen"]
    course.delete()
    assert titles(text="Hebezeug") == []


def test_words_are_made_anew_by_command(index, capsys):
    CourseWords.objects.all().delete()
    assert titles(text="Excel") == ["Excel: Grundlagen", "Excel allein lernen"]
    call_command("index_courses")
    assert capsys.readouterr().out == "Kurse in der Suche: 5\n"
    assert CourseWords.objects.count() == 5
    terminal = StringIO()
    terminal.isatty = lambda: True
    call_command("index_courses", stdout=terminal)
    steps = [f"\r[{'#' * 8 * done}{'.' * (40 - 8 * done)}] {done}/5" for done in range(1, 6)]
    assert terminal.getvalue() == "".join(steps) + "\nKurse in der Suche: 5\n"


def test_words_are_written_although_a_course_goes_meanwhile(index):
    """The last of them waited for the number of courses that there were at first."""
    CourseWords.objects.all().delete()
    with patch.object(CourseQuerySet, "count", return_value=6):
        index_all()
    assert CourseWords.objects.count() == 5


def test_date_of_yesterday_is_gone(index):
    cache.clear()
    request = RequestFactory().get("/kurse/", {"text": "Kranführer"})
    assert course_list("/kurse/", request, TODAY + timedelta(days=60)).courses[0].badge == "Zurzeit kein Termin"
