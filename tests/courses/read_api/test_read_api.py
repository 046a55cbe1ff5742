"""The read API: what it says, what it refuses, what it costs; and that its description says the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core.cache import cache as site_cache
from django.http import HttpResponse
from django.test import Client
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from wagtail.models import PageViewRestriction

from courses.models import ProviderMark
from courses.read_api.endpoints import ENDPOINTS
from courses.read_api.openapi import document
from tests.factories.courses import (
    CourseCataloguePageFactory,
    CoursePageFactory,
    FundingKindFactory,
    ProviderFactory,
    QualityMarkFactory,
    TargetGroupFactory,
    TopicFactory,
)
from tests.factories.home import new_site
from tests.factories.offices import DistrictFactory, PostcodeFactory

pytestmark = pytest.mark.django_db
BASE = "http://127.0.0.1:8000"
UNKNOWN = {"state": "unknown", "euros": None, "least_euros": None}


@pytest.fixture(autouse=True)
def now():
    site_cache.clear()
    with time_machine.travel(datetime(2026, 11, 26, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def index():
    diepholz = DistrictFactory(name="Diepholz", slug="diepholz", latitude=52.6, longitude=8.4)
    PostcodeFactory(code="27232", places="Sulingen", district=diepholz)
    return CourseCataloguePageFactory(parent=new_site())


@pytest.fixture
def stapler(index):
    """A course of which everything is known."""
    run = {
        "starts_on": date(2026, 12, 7),
        "ends_on": date(2026, 12, 8),
        "start_time": "09:00",
        "end_time": "16:30",
        "venue": "Halle 2",
        "street": "Lange Str. 1",
        "postcode": "27232",
        "town": "Sulingen",
        "seats_min": 4,
        "seats_max": 8,
        "seats_taken": 6,
        "status": "runs",
        "price_state": "amount",
        "price": "249.50",
    }
    return CoursePageFactory(
        parent=index,
        title="Gabelstapler fahren",
        slug="gabelstapler",
        provider=ProviderFactory(email="kurse@weserbogen.example", phone="05271 1"),
        topics=[TopicFactory(name="Lager", slug="lager", parent=TopicFactory(name="Technik", slug="technik"))],
        target_groups=[TargetGroupFactory()],
        funding_kinds=[FundingKindFactory()],
        keywords="Stapler, Flurförderzeuge",
        price_state="amount",
        price="189.00",
        runs=[run, {"starts_on": date(2026, 11, 25)}, {"starts_on": date(2026, 12, 1), "status": "cancelled"}],
    )


def read(client: Client, address: str, **headers: str) -> dict[str, Any]:
    """As JSON that is as described."""
    answer = client.get(f"/api/v1/{address}", headers=headers)
    check(address, answer)
    return answer.json()


@cache
def _described(name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": document()["components"]})


def check(address: str, answer: HttpResponse) -> None:
    """Status, type and every field stand in the description of that address."""
    path = "/api/v1/" + address.partition("?")[0]
    template = path if path in document()["paths"] else "/api/v1/kurse/{pk}"
    content = document()["paths"][template]["get"]["responses"][str(answer.status_code)]["content"]
    schema = content[answer["Content-Type"]]["schema"]["$ref"].rsplit("/", 1)[-1]
    said = answer.json()
    assert list(_described(schema).iter_errors(said)) == []
    assert set(said) == set(document()["components"]["schemas"][schema]["properties"])


def titles(client: Client, query: str = "") -> list[str]:
    return [course["title"] for course in read(client, f"kurse{query}")["items"]]


def test_description_is_valid_and_served(client: Client) -> None:
    validate(document())
    answer = client.get("/api/v1/openapi.json")
    assert answer.json() == document()
    assert list(document()["paths"]) == [endpoint.template for endpoint in ENDPOINTS]
    assert document()["openapi"] == "3.1.0"


def test_course_says_all_that_its_page_says(client, stapler):
    said = read(client, f"kurse/{stapler.pk}")
    contact = {"email": "kurse@weserbogen.example", "phone": "05271 1"}
    [run] = said["runs"]
    for name, value in {
        "id": stapler.pk,
        "url": "http://testserver/kurse/gabelstapler/",
        "provider": {
            "slug": "weserbogen-bildung",
            "name": "Weserbogen Bildung",
            "url": f"{BASE}/anbieter/weserbogen-bildung/",
            "is_example": False,
        },
        "topics": [{"slug": "lager", "name": "Lager"}],
        "target_groups": [{"slug": "fachkraefte", "name": "Fachkräfte"}],
        "fundings": [{"slug": "bildungsgutschein", "name": "Bildungsgutschein"}],
        "keywords": ["Stapler", "Flurförderzeuge"],
        "part_of_day": None,
        "price": {"state": "amount", "euros": 189.0, "least_euros": None},
        "contact": contact,
        "confirmed_at": None,
    }.items():
        assert said[name] == value, name
    assert run == {
        "id": stapler.runs.get(status="runs").pk,
        "starts_on": "2026-12-07",
        "ends_on": "2026-12-08",
        "days": ["2026-12-07", "2026-12-08"],
        "start_time": "09:00",
        "end_time": "16:30",
        "times": "9:00–16:30 Uhr",
        "registration_until": None,
        "venue": "Halle 2",
        "street": "Lange Str. 1",
        "postcode": "27232",
        "town": "Sulingen",
        "latitude": run["latitude"],
        "longitude": run["longitude"],
        "step_free": False,
        "seats_min": 4,
        "seats_max": 8,
        "seats_left": 2,
        "is_full": False,
        "is_certain": True,
        "status": "runs",
        "price": {"state": "amount", "euros": 249.5, "least_euros": None},
    }
    assert read(client, "kurse")["items"] == [said]


def test_unknown_price_is_never_nothing(client, index):
    CoursePageFactory(parent=index, title="Unbekannt", runs=[date(2026, 12, 1)])
    CoursePageFactory(parent=index, title="Auf Anfrage", price_state="on_request", runs=[date(2026, 12, 2)])
    CoursePageFactory(parent=index, title="Kostenfrei", price_state="free", runs=[date(2026, 12, 3)])
    CoursePageFactory(parent=index, title="Ab 5 Euro", price_state="from", price=5, runs=[date(2026, 12, 4)])
    prices = [(each["price"], each["runs"][0]["price"]) for each in read(client, "kurse")["items"]]
    on_request, free = UNKNOWN | {"state": "on_request"}, UNKNOWN | {"state": "free", "euros": 0.0}
    least = {"state": "from", "euros": None, "least_euros": 5.0}
    assert prices == [(UNKNOWN, UNKNOWN), (on_request, on_request), (free, free), (least, least)]


def test_contents_pass_the_allowlist(client, index):
    course = CoursePageFactory(parent=index, runs=[date(2026, 12, 1)])
    type(course).objects.filter(pk=course.pk).update(contents="<p data-x='1'>Recht<script>alert(1)</script></p>")
    assert [each["contents"] for each in read(client, "kurse")["items"]] == ["<p>Recht</p>"]


def test_only_what_everybody_can_read(client, index, stapler):
    draft = CoursePageFactory(parent=index, title="Entwurf", live=False, provider=ProviderFactory(name="B", slug="b"))
    shut = CoursePageFactory(parent=index, title="Intern", provider=ProviderFactory(name="C", slug="c"))
    PageViewRestriction.objects.create(page=shut, restriction_type=PageViewRestriction.LOGIN)
    site_cache.clear()
    assert titles(client) == ["Gabelstapler fahren"]
    assert [each["slug"] for each in read(client, "anbieter")["items"]] == ["weserbogen-bildung"]
    for page in (draft, shut):
        assert read(client, f"kurse/{page.pk}")["status"] == 404


@pytest.mark.parametrize("pk", [0, 2**31, 10**20])
def test_an_id_that_no_database_can_hold_is_not_found(client, index, pk):
    """SQLite failed at the last one."""
    assert read(client, f"kurse/{pk}")["status"] == 404


def test_lists_of_what_courses_are_sorted_by(client, stapler):
    ProviderMark.objects.create(provider=stapler.provider, mark=QualityMarkFactory(), valid_until=date(2026, 11, 26))
    [provider] = read(client, "anbieter")["items"]
    assert provider["marks"] == [
        {
            "name": "AZAV",
            "meaning": "Zugelassen für Kurse, die die Agentur für Arbeit bezahlt.",
            "valid_until": "2026-11-26",
        }
    ]
    assert read(client, "themen")["items"] == [
        {"slug": "lager", "name": "Lager", "parent": "technik"},
        {"slug": "technik", "name": "Technik", "parent": None},
    ]
    assert read(client, "zielgruppen")["items"] == [{"slug": "fachkraefte", "name": "Fachkräfte"}]
    [funding] = read(client, "foerderungen")["items"]
    assert (funding["checked_on"], funding["url"]) == ("2026-11-02", f"{BASE}/foerderungen/bildungsgutschein/")


def test_filters_are_those_of_the_list(client, index, stapler):
    CoursePageFactory(parent=index, title="Excel", format="online", price_state="free", runs=[date(2026, 12, 1)])
    assert titles(client) == ["Excel", "Gabelstapler fahren"]
    assert titles(client, "?text=Staplerkurs+bei+Sulingen") == ["Gabelstapler fahren"]
    assert titles(client, "?thema=technik&kreis=diepholz") == ["Gabelstapler fahren"]
    assert titles(client, "?form=online&form=on_site&preis=frei") == ["Excel"]
    assert titles(client, "?sicher=ja&start=2026-12") == ["Gabelstapler fahren"]
    assert titles(client, "?anbieter=den-gibt-es-nicht-mehr") == []


def test_pages_lead_on_and_back_in_one_order(client, index):
    for number in range(5):
        CoursePageFactory(parent=index, title=f"Kurs {number}", runs=[date(2026, 12, 1)])
    first = read(client, "kurse?anzahl=2&form=on_site")
    assert (first["total"], first["page"], first["pages"], first["previous"]) == (5, 1, 3, None)
    assert first["next"] == f"{BASE}/api/v1/kurse?anzahl=2&form=on_site&page=2"
    second = read(client, first["next"].removeprefix(f"{BASE}/api/v1/"))
    assert second["previous"] == f"{BASE}/api/v1/kurse?anzahl=2&form=on_site&page=1"
    third = read(client, second["next"].removeprefix(f"{BASE}/api/v1/"))
    assert third["next"] is None
    walked = [course["title"] for page in (first, second, third) for course in page["items"]]
    assert walked == [f"Kurs {number}" for number in range(5)]
    assert read(client, "kurse?anzahl=2&page=4")["status"] == 404


WRONG = {
    "kurse?anzahl=0": ["anzahl"],
    "kurse?anzahl=101": ["anzahl"],
    "kurse?page=eins&km=7": ["km", "page"],
    "kurse?page=%C2%B2": ["page"],
    "kurse?topic=lager": ["topic"],
    "kurse?thema=gibtesnicht&kreis=leer": ["thema", "kreis"],
    "kurse?form=magisch&preis=0&frei=nein": ["form", "preis", "frei"],
    "kurse?start=2026-13": ["start"],
    "kurse?anbieter=%00&text=%00": ["text", "anbieter"],
    "kurse?text=" + "x" * 101: ["text"],
    "kurse?text=a&text=b": ["text"],
    "kurse/1?page=1": ["page"],
    "themen?text=a": ["text"],
}


@pytest.mark.parametrize("address", WRONG)
def test_what_is_wrong_is_named(client, index, address):
    said = read(client, address)
    assert (said["status"], [each["parameter"] for each in said["errors"]]) == (400, WRONG[address])


def test_nul_is_told_as_what_is_wrong(client, index):
    """The error was: „Höchstens 100 Zeichen.“"""
    [wrong] = read(client, "kurse?text=a%00b")["errors"]
    assert wrong == {"parameter": "text", "detail": "Das Zeichen NUL hat hier keinen Platz."}


def test_address_above_all_others_leads_on(client, index):
    """A program got a page of HTML there."""
    answer = client.get("/api/v1/")
    said = answer.json()
    assert (answer.status_code, answer["Content-Type"], answer["X-Robots-Tag"]) == (200, "application/json", "noindex")
    assert list(said["resources"]) == ["kurse", "anbieter", "themen", "foerderungen", "zielgruppen"]
    for address in (said["openapi"], said["documentation"], *said["resources"].values()):
        assert client.get(address.removeprefix(BASE)).status_code == 200, address
    assert client.get("/api/v1/", headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert client.get("/api/v1/?page=2").json()["status"] == 400
    assert client.post("/api/v1/").json()["status"] == 405


def test_errors_speak_german_or_english(client, index):
    german = read(client, "kurse?km=7")
    assert german == {
        "type": f"{BASE}/api/#fehler-400",
        "title": "Eine Angabe in der Adresse ist falsch.",
        "status": 400,
        "detail": "Was falsch ist, steht unter „errors“.",
        "errors": [{"parameter": "km", "detail": "Möglich sind: 0, 10, 20, 30, 50, 100."}],
    }
    english = {"accept-language": "fr, en-GB;q=0.8, de;q=0.5"}
    assert read(client, "kurse?km=7", **english)["errors"][0]["detail"] == "Possible values: 0, 10, 20, 30, 50, 100."
    answer = client.get("/api/v1/kurse?km=7", headers=english)
    assert {name: answer[name] for name in ("Content-Language", "Vary", "Cache-Control")} == {
        "Content-Language": "en",
        "Vary": "Accept-Language",
        "Cache-Control": "no-store",
    }


def test_wrong_addresses_are_told_in_json(client, index):
    for address in ("kurse/", "kurse/abc", "termine", "v2/kurse"):
        answer = client.get(f"/api/v1/{address}")
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json"), address


def test_any_site_may_read_and_nobody_may_write(client, stapler):
    answer = client.get("/api/v1/kurse", headers={"origin": "https://kreis.example"})
    open_to_all = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "ETag",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "X-Robots-Tag": "noindex",
    }
    assert {name: answer[name] for name in open_to_all} == open_to_all
    assert answer["Cache-Control"] == "public, max-age=900"
    assert "Access-Control-Allow-Credentials" not in answer
    assert not answer.cookies
    assert "Vary" not in answer
    asked = client.options("/api/v1/kurse")
    assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    for method in (client.post, client.put, client.patch, client.delete):
        refused = method("/api/v1/kurse")
        check("kurse", refused)
        assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert {name: refused[name] for name in open_to_all} == open_to_all


def test_what_is_known_is_not_sent_again(client, stapler):
    whole = client.get("/api/v1/kurse")
    known = client.get("/api/v1/kurse", headers={"if-none-match": whole["ETag"]})
    assert (known.status_code, known.content) == (304, b"")
    head = client.head("/api/v1/kurse")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", whole["ETag"])
    stapler.title = "Stapler fahren"
    stapler.save()
    site_cache.clear()
    assert client.get("/api/v1/kurse", headers={"if-none-match": whole["ETag"]}).status_code == 200


def test_what_is_known_costs_no_query_until_anything_is_written_or_the_day_ends(
    client, stapler, committed, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr("courses.read_api.given.connection", SimpleNamespace(in_atomic_block=False))
    address = "/api/v1/kurse?text=Stapler"

    def asked_again(whole: HttpResponse, to: str = address) -> HttpResponse:
        return client.get(to, headers={"if-none-match": whole["ETag"]})

    whole = client.get(address)
    with django_assert_num_queries(0):
        known = asked_again(whole)
    assert (known.status_code, known.content) == (304, b"")
    same = ("ETag", "Cache-Control", "Access-Control-Allow-Origin", "X-Robots-Tag", "Cross-Origin-Resource-Policy")
    assert {name: known[name] for name in same} == {name: whole[name] for name in same}
    assert asked_again(whole, "/api/v1/kurse?text=Kran").status_code == 200
    assert asked_again(whole, f"{address}&farbe=rot").status_code == 400
    with committed():
        stapler.provider.name = "Anders"
        stapler.provider.save()
    changed = asked_again(whole)
    assert (changed.status_code, changed.json()["items"][0]["provider"]["name"]) == (200, "Anders")
    with time_machine.travel(datetime(2026, 12, 7, 23, 30, tzinfo=UTC), tick=False):
        over = asked_again(changed)
    assert (over.status_code, over.json()["items"][0]["runs"]) == (200, [])
    stapler.delete()  # not committed: for whoever asks it is still there
    assert asked_again(changed).status_code == 304


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"), [("kurse", 5), ("kurse?anzahl=2", 5), ("anbieter", 3), ("themen", 2), ("foerderungen", 2)]
)
def test_queries(client, index, django_assert_num_queries: Callable[..., Any], number: int, address: str, queries: int):
    for each in range(number):
        provider = ProviderFactory(name=f"Anbieter {each}", slug=f"anbieter-{each}")
        ProviderMark.objects.create(provider=provider, mark=QualityMarkFactory())
        CoursePageFactory(
            parent=index,
            provider=provider,
            topics=[TopicFactory(name=f"Thema {each}", slug=f"thema-{each}")],
            target_groups=[TargetGroupFactory(name=f"Gruppe {each}", slug=f"gruppe-{each}")],
            funding_kinds=[FundingKindFactory(name=f"Weg {each}", slug=f"weg-{each}")],
            runs=[date(2026, 12, 1), date(2026, 12, 2)],
        )
    read(client, "kurse")
    with django_assert_num_queries(queries):
        client.get(f"/api/v1/{address}")


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_one_course(client, index, django_assert_num_queries: Callable[..., Any], number: int):
    course = CoursePageFactory(parent=index, runs=[date(2026, 12, 1 + day) for day in range(number)])
    read(client, "kurse")
    with django_assert_num_queries(5):
        client.get(f"/api/v1/kurse/{course.pk}")


def test_page_for_people_names_every_address_and_field(client, index):
    text = client.get("/api/").content.decode()
    assert "<h1>Kursdaten für Programme</h1>" in text
    named = [endpoint.template for endpoint in ENDPOINTS]
    named += [name for schema in document()["components"]["schemas"].values() for name in schema["properties"]]
    named += [parameter.name for endpoint in ENDPOINTS for parameter in endpoint.parameters]
    assert [name for name in named if f"<code>{name}</code>" not in text] == []
    assert client.post("/api/").status_code == 405
    assert '<nav class="breadcrumbs"' in text
