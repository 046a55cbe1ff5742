"""„Bedarf melden“: what is asked and kept, what a search takes along, how it counts, and when it goes."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from booking.models import BookingSettings
from foundation.public_forms import DECOY
from home.demand.gaps import Gap, WordInVain, demands, gaps, subjects, words_in_vain
from home.demand.places import NamedPlace, PlaceUnclear, named_place
from home.demand.report import forget_demand
from home.models import CourseDemand, SentForm, UnmetWord
from home.stamps import new_stamp
from tests.booking.conftest import NOW
from tests.factories.accounts import administrator, advisor_with_account, client_of, director, editor
from tests.factories.courses import CourseCataloguePageFactory, CoursePageFactory, TargetGroupFactory, TopicFactory
from tests.factories.home import new_site
from tests.factories.offices import DistrictFactory, OfficeFactory, PostcodeFactory
from tests.home.markup import Markup

pytestmark = pytest.mark.django_db
FORM = "/kurse/bedarf-melden/"
TODAY = NOW.date()
ANSWERS = {"need": "Imkern für Anfänger", "people": "3", "by": "half", "place": "27232"}


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def diepholz(db):
    district = DistrictFactory(name="Diepholz", slug="diepholz", seat="Diepholz", position=2)
    PostcodeFactory(code="27232", places="Sulingen", district=district)
    return district


@pytest.fixture
def catalogue(diepholz):
    page = CourseCataloguePageFactory(parent=new_site())
    stapler = TopicFactory(name="Lager", slug="lager")
    CoursePageFactory(parent=page, title="Gabelstapler fahren", topics=[stapler], runs=[date(2026, 12, 7)])
    return page


def send(client, **answers: str):
    return client.post(FORM, ANSWERS | {"stempel": new_stamp(now=timezone.now())} | answers)


def kept() -> list[tuple[object, ...]]:
    fields = ("need", "people", "by", "postcode", "district__slug", "topic__slug", "target_group__slug", "reported_on")
    return list(CourseDemand.objects.order_by("pk").values_list(*fields))


@pytest.mark.parametrize("number", [1, 3])
def test_the_form_costs_the_same_for_one_topic_and_for_three(client, catalogue, django_assert_num_queries, number):
    for each in range(number):
        TopicFactory(name=f"Thema {each}", slug=f"thema-{each}")
        TargetGroupFactory(name=f"Gruppe {each}", slug=f"gruppe-{each}")
    client.get(FORM)
    with django_assert_num_queries(5):
        client.get(f"{FORM}?text=Stapler")


def test_a_demand_is_kept_without_anybodys_name_and_leads_to_the_office(client, diepholz):
    office = OfficeFactory(name="Büro Diepholz")
    office.districts.add(diepholz)
    TopicFactory(name="Landwirtschaft", slug="land")
    TargetGroupFactory(name="Fachkräfte", slug="fachkraefte")
    answer = send(client, topic="land", target_group="fachkraefte")
    assert (answer.status_code, answer.url) == (302, "/kurse/bedarf-melden/danke/?ort=27232")
    assert kept() == [("Imkern für Anfänger", 3, "half", "27232", "diepholz", "land", "fachkraefte", TODAY)]
    thanks = client.get(answer.url)
    assert thanks.headers["X-Robots-Tag"] == "noindex"
    assert "Büro Diepholz" in thanks.content.decode()
    assert Markup(thanks.content.decode()).complaints == []


def test_without_a_place_the_way_to_an_office_is_shown(client, db):
    answer = send(client, place="")
    assert answer.url == "/kurse/bedarf-melden/danke/"
    assert kept() == [("Imkern für Anfänger", 3, "half", "", None, None, None, TODAY)]
    assert 'action="/termin/"' in client.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"need": ""}, "Bitte schreiben Sie, was man lernen soll."),
        ({"people": "viele"}, "Bitte geben Sie eine Zahl ein, zum Beispiel 3."),
        ({"people": "0"}, "Mindestens eine Person soll den Kurs besuchen."),
        ({"place": "Nirgendwo"}, "„Nirgendwo“ kennen wir nicht. Bitte geben Sie eine Postleitzahl ein."),
        ({"place": "00000"}, "Die Postleitzahl 00000 kennen wir nicht. Prüfen Sie die Ziffern."),
        ({DECOY: "http://x.example"}, "Ein verborgenes Feld war ausgefüllt"),
        ({"stempel": "gefälscht"}, "Die Seite war lange offen. Ihre Angaben sind noch da"),
    ],
    ids=["empty", "no number", "nobody", "place", "postcode", "decoy", "stamp"],
)
def test_a_wrong_answer_is_explained_and_what_was_typed_stays(client, diepholz, typed, sentence):
    answer = send(client, **typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert typed.get("need", "Imkern für Anfänger") in page
    assert f'value="{typed.get("people", "3")}"' in page
    assert f'value="{typed.get("place", "27232")}"' in page
    assert Markup(page).complaints == []
    assert kept() == []


def test_the_same_form_counts_once_and_a_network_reports_five_an_hour(client, diepholz):
    stamp = new_stamp(now=NOW)
    for _ in range(2):
        assert send(client, stempel=stamp).status_code == 302
    assert len(kept()) == 1
    for _ in range(4):
        assert send(client).status_code == 302
    assert send(client).status_code == 429
    assert len(kept()) == 5
    assert set(SentForm.objects.values_list("kind", flat=True)) == {"demand"}


def test_a_form_that_is_sent_too_fast_comes_back(client, diepholz):
    BookingSettings.objects.create(seconds_to_fill_in=5)
    assert "Das ging sehr schnell." in send(client).content.decode()
    assert kept() == []


def test_a_form_of_another_site_is_refused_and_no_cookie_is_set(client, diepholz):
    answer = client.post(FORM, ANSWERS, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, kept()) == (403, [])
    shown = client.get(FORM)
    assert (shown.status_code, list(shown.cookies), shown.headers["Cache-Control"]) == (200, [], "no-store, private")


def test_the_search_comes_along_in_fields_that_can_be_edited(client, catalogue):
    TopicFactory(name="Lager", slug="lager")
    page = client.get(FORM, {"text": "Imkern abends bei Sulingen", "thema": "lager", "form": "online"}).content.decode()
    assert ">\nImkern, abends, online</textarea>" in page
    assert 'value="27232 Sulingen"' in page
    assert '<option value="lager" selected>Lager</option>' in page
    assert 'value="Landkreis Diepholz"' in client.get(FORM, {"kreis": "diepholz"}).content.decode()


def test_a_list_without_hits_leads_on_with_its_search(client, catalogue):
    page = client.get("/kurse/", {"text": "Imkern"}).content.decode()
    assert "Diesen Kurs gibt es noch nicht?" in page
    assert '<input type="hidden" name="text" value="Imkern">' in page
    assert 'action="/termin/"' in page
    full = client.get("/kurse/", {"text": "Gabelstapler"}).content.decode()
    assert 'href="/kurse/bedarf-melden/?text=Gabelstapler"' in full


def test_a_search_in_vain_counts_its_stems_once_a_day_for_a_network(client, catalogue):
    said = {"text": "Imkern 4711 bei Sulingen"}
    for _ in range(2):
        answer = client.post(f"{FORM}gesucht/", said)
        assert answer.url == "/kurse/bedarf-melden/?text=Imkern+4711+bei+Sulingen"
    assert list(UnmetWord.objects.values_list("stem", "district__slug", "day")) == [("imk", "diepholz", TODAY)]
    client.post(f"{FORM}gesucht/", said, REMOTE_ADDR="203.0.113.9")
    assert UnmetWord.objects.count() == 2


def test_p3_words_stand_beside_no_network_in_the_cache(client, catalogue, monkeypatch):
    """A shared cache that shows its keys told who had searched for what."""
    keys = []
    monkeypatch.setattr(cache.__class__, "set", lambda _, key, *args, **more: keys.append(key), raising=False)
    client.post(f"{FORM}gesucht/", {"text": "Imkern bei Sulingen"})
    kept = [key for key in keys if "unmet_search" in key]
    assert len(kept) == 2
    assert not [key for key in kept if "imk" in key]


def test_a_search_with_hits_and_a_mere_visit_count_nothing(client, catalogue):
    client.post(f"{FORM}gesucht/", {"text": "Gabelstapler"})
    assert client.get(f"{FORM}gesucht/").status_code == 405
    client.get("/kurse/", {"text": "Imkern"})
    client.get(FORM, {"text": "Imkern"})
    assert not UnmetWord.objects.exists()


def test_a_word_is_shown_from_the_third_time_on_and_a_rare_one_goes(diepholz):
    for number, day in enumerate((TODAY, TODAY, TODAY - timedelta(days=100))):
        UnmetWord.objects.create(stem="imk", district=diepholz if number else None, day=day)
    for day in (TODAY, TODAY - timedelta(days=91)):
        UnmetWord.objects.create(stem="mustermann", day=day)
    assert words_in_vain(date.min) == [WordInVain("imk", "Diepholz", 2), WordInVain("imk", "ohne Ort", 1)]
    assert words_in_vain(TODAY, "diepholz") == [WordInVain("imk", "Diepholz", 1)]
    assert forget_demand(now=NOW) == 1
    assert UnmetWord.objects.filter(stem="mustermann").get().day == TODAY
    assert UnmetWord.objects.filter(stem="imk").count() == 3


def test_demands_go_after_the_period_of_the_settings(diepholz):
    for days in (730, 731):
        CourseDemand.objects.create(need=f"vor {days}", reported_on=TODAY - timedelta(days=days))
    assert forget_demand(now=NOW) == 1
    assert forget_demand(now=NOW) == 0
    assert [row[0] for row in kept()] == ["vor 730"]


def test_demands_are_grouped_by_topic_or_common_word_district_and_month(diepholz):
    lager = TopicFactory(name="Lager", slug="lager")
    rows = [
        {"need": "Bienen halten und Imkern", "people": 2, "district": diepholz, "postcode": "27232"},
        {"need": "Imkern", "people": 5, "district": diepholz, "postcode": "27232"},
        {"need": "Imkerin werden", "postcode": "10115"},
        {"need": "Stapler", "topic": lager},
        {"need": "Kurs", "reported_on": date(2026, 10, 31)},
    ]
    for row in rows:
        CourseDemand.objects.create(**{"reported_on": TODAY} | row)
    # The newest first; one word names them all.
    found = demands(date.min)
    assert subjects(found) == ["Lager", "Imkerin", "Imkerin", "Imkerin", "ohne Stichwort"]
    november, october = TODAY.replace(day=1), date(2026, 10, 1)
    assert [gap for gap in gaps(found) if gap.district == "Diepholz"] == [
        Gap("Imkerin", "Diepholz", november, 2, 7, ("Imkern", "Bienen halten und Imkern"))
    ]
    assert gaps(found)[-1] == Gap("ohne Stichwort", "ohne Ort", october, 1, 1, ("Kurs",))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_report_costs_the_same_for_one_and_for_three(django_assert_num_queries, diepholz, rows):
    for number in range(rows):
        CourseDemand.objects.create(need=f"Kurs {number}", district=diepholz, reported_on=TODAY)
        UnmetWord.objects.bulk_create(UnmetWord(stem=f"wort{number}", day=TODAY) for _ in range(3))
    client = client_of(editor())
    client.get("/admin/bildungsbedarf/")
    with django_assert_num_queries(13):
        page = client.get("/admin/bildungsbedarf/").content.decode()
    assert page.count("3-mal</td>") == rows


def test_readers_see_the_report_and_take_it_as_a_file(diepholz):
    CourseDemand.objects.create(need='=HYPERLINK("x")', people=2, district=diepholz, reported_on=TODAY)
    for reader in (editor(), director(), administrator()):
        client = client_of(reader)
        assert "1 Meldung für 2 Personen." in client.get("/admin/bildungsbedarf/?kreis=diepholz").content.decode()
        assert 'href="/admin/bildungsbedarf/"' in client.get("/admin/").content.decode()
    answer = client.get("/admin/bildungsbedarf/datei/?zeitraum=3")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert list(csv.reader(StringIO(text), delimiter=";")) == [
        ["gemeldet", "Thema oder Wort", "Landkreis", "PLZ", "Personen", "bis wann", "für wen", "Bedarf"],
        ["23.11.2026", "HYPERLINK", "Diepholz", "", "2", "das ist offen", "", '\'=HYPERLINK("x")'],
    ]


def test_advisors_do_not_see_the_report(db):
    client = client_of(advisor_with_account().user)
    for path in ("/admin/bildungsbedarf/", "/admin/bildungsbedarf/datei/"):
        answer = client.get(path)
        assert (answer.status_code, answer.url) == (302, "/admin/")


def test_a_place_is_a_postcode_a_town_or_a_district(diepholz):
    vechta = DistrictFactory(name="Vechta", slug="vechta", position=1)
    PostcodeFactory(code="49377", places="Vechta, Neustadt", district=vechta)
    PostcodeFactory(code="27239", places="Neustadt", district=diepholz)
    cache.clear()
    assert named_place("D-27232 Sulingen") == NamedPlace("27232", diepholz)
    assert named_place("sulingen") == NamedPlace("27232", diepholz)
    assert named_place("10115") == NamedPlace("10115", None)
    assert named_place("Landkreis Diepholz") == NamedPlace("", diepholz)
    with pytest.raises(PlaceUnclear, match="Mehrere Orte passen dazu"):
        named_place("Neustadt")
    with pytest.raises(PlaceUnclear, match="gehört nicht zu unseren Landkreisen"):
        named_place("Landkreis München")


def test_p1_the_columns_of_a_demand_are_those_of_the_data_map():
    text = Path("docs/datenschutz.md").read_text()
    section = text.partition("## Bildungsbedarf")[2].partition("\n## ")[0]
    named = set(re.findall(r"^\|[^|]+\| `(\w+)` \|", section, re.MULTILINE))
    assert named == {field.name for field in CourseDemand._meta.fields} - {"id"}
