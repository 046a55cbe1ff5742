"""Dead links: what pages carry, what is asked of other sites and how gently, what the list of the editors shows."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page

from foundation.fetching.addresses import parse_address
from foundation.fetching.client import Client
from foundation.fetching.refusals import (
    AddressRefused,
    CertificateRefused,
    RedirectRefused,
    TimedOut,
    Unreachable,
    Unreadable,
)
from foundation.models import User
from home import links
from home.domain.link_health import Verdict
from home.models import LinkOnPage, OutsideLink
from home.tasks import check_links_to_other_sites, read_links_of_pages
from tests.factories.accounts import advisor_with_account, client_of, editor
from tests.factories.home import HomePageFactory, StandardPageFactory
from tests.hostile_servers import hostile_server

pytestmark = pytest.mark.django_db

NOW = timezone.now()
GONE = "Die Seite gibt es dort nicht mehr (Antwort 404)."
SILENT = "Die Website hat nicht geantwortet."
UNKNOWN = "Die Website ist unter diesem Namen nicht zu finden."


class Web:
    """Stands for the guarded client: answers by address, a number is a status, anything else is raised."""

    def __init__(self, **answers):
        self.answers = {name.replace("_", "."): answer for name, answer in answers.items()}
        self.asked: list[str] = []
        self.robots = ""
        self.leads_to = ""

    def fetch(self, address, *, method="GET", seconds, reads_body=True):
        assert seconds == 5.0
        assert reads_body == (method == "HEAD" or address.endswith("/robots.txt"))
        self.asked.append(f"{method} {address}")
        host = address.split("/")[2]
        if address.endswith("/robots.txt"):
            return SimpleNamespace(status=200 if self.robots else 404, body=self.robots.encode())
        answer = self.answers.get(f"{method}:{host}", self.answers.get(host, 200))
        if isinstance(answer, int):
            return SimpleNamespace(status=answer, body=b"", address=parse_address(self.leads_to or address))
        raise answer


@pytest.fixture
def home():
    return HomePageFactory(parent=Page.get_first_root_node())


def page_with(home, *links_of_it: str, title: str = "Seite"):
    page = StandardPageFactory(parent=home, title=title)
    page.body = [("paragraph", f"<p>{' '.join(links_of_it)}</p>")]
    page.save_revision().publish()
    OutsideLink.objects.update(next_check_at=NOW)
    return page


def outside(address: str, text: str = "Antrag") -> str:
    return f'<a href="{address}">{text}</a>'


def shown(slug: str = "tote-links") -> list[tuple[str, str, str, str]]:
    user = User.objects.filter(username="redaktion").first() or editor()
    response = client_of(user).get(reverse("arbeitslisten:list", args=[slug]))
    assert response.status_code == 200
    return [(row.page.title, row.place, row.text, row.reason) for row in response.context["object_list"]]


def test_publishing_records_the_links_of_a_page(home):
    page = page_with(
        home,
        outside("https://a.example/x#teil"),
        outside("https://a.example/x", "noch einmal"),
        outside("mailto:kim@a.example"),
        outside("http://[kaputt"),
        outside(f"https://a.example/{'x' * 1000}"),
        f'<a linktype="page" id="{home.pk}">Start</a>',
    )
    recorded = (
        LinkOnPage.objects.filter(page_id=page.pk).order_by("pk").values_list("text", "to_page", "outside__address")
    )
    assert list(recorded) == [
        ("Antrag", None, "https://a.example/x"),
        ("noch einmal", None, "https://a.example/x"),
        ("Start", home.pk, None),
    ]
    page.body = [("paragraph", "<p>nichts</p>")]
    page.save_revision().publish()
    assert not LinkOnPage.objects.filter(page_id=page.pk).exists()


def test_what_no_database_can_hold_is_not_recorded(home):
    """PostgreSQL refused both, and the page could not be published."""
    pictures = "\N{FACE WITH TEARS OF JOY}" * 900
    page = page_with(home, f'<a linktype="page" id="{"9" * 10}">x</a>', outside(f"https://a.example/{pictures}"))
    assert not LinkOnPage.objects.filter(page_id=page.pk).exists()


@pytest.mark.parametrize("number", [1, 3])
def test_recording_asks_no_more_for_more_links(home, number, django_assert_num_queries):
    page = page_with(home, *(outside(f"https://weg{n}.example/a") for n in range(number)))
    OutsideLink.objects.all().delete()
    page.locale  # noqa: B018  # known to whoever publishes
    with django_assert_num_queries(7):
        links.record_links(page)
    assert LinkOnPage.objects.count() == OutsideLink.objects.count() == number


def test_links_to_this_site_are_not_links_to_others(settings):
    settings.BASE_URL = "https://www.mehrwert.example"
    assert links.outside_address("https://www.mehrwert.example/kurse/") == ""


def test_the_list_shows_links_to_deleted_pages_and_documents(home):
    target = StandardPageFactory(parent=home, title="Ziel")
    document = get_document_model().objects.create(title="Antrag", file=ContentFile(b"x", name="a.txt"))
    page_with(
        home,
        f'<a linktype="page" id="{target.pk}">zum Ziel</a>',
        f'<a linktype="document" id="{document.pk}">zum Antrag</a>',
    )
    assert shown() == []
    target.delete()
    document.delete()
    place = "Text › Absatz (1. Baustein)"
    assert shown() == [
        ("Seite", place, "zum Ziel", "Die Seite ist gelöscht."),
        ("Seite", place, "zum Antrag", "Das Dokument ist gelöscht."),
    ]


def test_another_site_is_shown_after_failures_on_two_days(home):
    page_with(home, outside("https://weg.example/a"), outside("https://da.example/b"))
    web = Web(weg_example=404)
    links.check_outside_links(web, now=NOW)
    assert shown() == []
    links.check_outside_links(web, now=NOW + timedelta(days=1))
    assert shown() == [("Seite", "Text › Absatz (1. Baustein)", "Antrag", f"{GONE} https://weg.example/a")]
    links.check_outside_links(Web(), now=NOW + timedelta(days=2))
    assert shown() == []


def test_only_pages_that_the_reader_may_change_are_shown(home):
    page_with(home, outside("https://weg.example/a"))
    OutsideLink.objects.update(failed_days=2, reason=GONE)
    client = client_of(advisor_with_account().user)
    answer = client.get(reverse("arbeitslisten:list", args=["tote-links"]))
    assert (answer.status_code, answer.url) == (302, reverse("wagtailadmin_home"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_no_more_for_more_links(home, number, django_assert_num_queries):
    page_with(home, *(outside(f"https://weg{n}.example/a") for n in range(number)))
    OutsideLink.objects.update(failed_days=2, reason=GONE)
    client = client_of(editor())
    address = reverse("arbeitslisten:list", args=["tote-links"])
    client.get(address)
    with django_assert_num_queries(11):
        client.get(address)


@pytest.mark.parametrize(
    ("answers", "reason", "asked"),
    [
        ({"a_example": 200}, "", ["HEAD"]),
        ({"a_example": 403}, "", ["HEAD", "GET"]),
        ({"HEAD:a_example": 403, "GET:a_example": 404}, GONE, ["HEAD", "GET"]),
        ({"a_example": 429}, "", ["HEAD"]),
        ({"HEAD:a_example": 405, "GET:a_example": 200}, "", ["HEAD", "GET"]),
        ({"HEAD:a_example": 404, "GET:a_example": 200}, "", ["HEAD", "GET"]),
        ({"a_example": 404}, GONE, ["HEAD", "GET"]),
        ({"a_example": 502}, "Die Website antwortet mit einem Fehler (Antwort 502).", ["HEAD", "GET"]),
        ({"HEAD:a_example": Unreadable(), "GET:a_example": 200}, "", ["HEAD", "GET"]),
        ({"HEAD:a_example": TimedOut(), "GET:a_example": 200}, "", ["HEAD", "GET"]),
        ({"a_example": Unreachable()}, SILENT, ["HEAD", "GET"]),
        ({"a_example": TimedOut()}, SILENT, ["HEAD", "GET"]),
        ({"a_example": Unreadable()}, "Die Website antwortet mit einem Fehler (nicht lesbar).", ["HEAD", "GET"]),
        ({"a_example": CertificateRefused()}, "Die Website antwortet mit einem Zertifikat, das nicht gilt.", ["HEAD"]),
        (
            {"a_example": RedirectRefused()},
            "Die Website antwortet mit zu vielen Weiterleitungen oder mit einer ins Leere.",
            ["HEAD"],
        ),
        ({"a_example": AddressRefused()}, UNKNOWN, ["HEAD"]),
    ],
    ids=[
        *("da", "verboten", "HEAD verboten, weg", "zu oft", "kein HEAD", "HEAD lügt", "weg", "kaputt"),
        *("HEAD bricht ab", "HEAD hängt", "zu", "hängt", "unlesbar", "Zertifikat", "im Kreis", "innen"),
    ],
)
def test_what_an_answer_means(answers, reason, asked):
    web = Web(**answers)
    assert links.verdict_of(web, "https://a.example/x") == Verdict(reason)
    assert web.asked == ["GET https://a.example/robots.txt", *(f"{method} https://a.example/x" for method in asked)]


@pytest.mark.parametrize(
    ("robots", "asks"),
    [
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: MehrWert-Linkpruefung\nDisallow: /x", False),
        ("User-agent: Mozilla\nDisallow: /", True),
        ("User-agent: *\nDisallow: /y", True),
        ("\x00\xff Unfug", True),
        ("User-agent: *\nDisallow: //[", True),
        ("User-agent: *\nCrawl-delay: ²", True),
    ],
)
def test_robots_txt_is_obeyed(robots, asks):
    web = Web(a_example=404)
    web.robots = robots
    assert links.verdict_of(web, "https://a.example/x") == Verdict(GONE if asks else "")
    assert (len(web.asked) > 1) is asks


def test_a_robots_txt_that_breaks_the_parser_does_not_stop_all_checks_for_ever(home):
    page_with(home, outside("https://a.example/x"))
    web = Web()
    web.robots = "User-agent: *\nDisallow: //["
    assert links.check_outside_links(web, now=NOW) == 1
    assert not OutsideLink.objects.due(NOW).exists()


def test_one_host_is_asked_once_in_a_run_and_few_in_all(home):
    addresses = [f"https://{host}.example/{n}" for host in ("eins", "zwei", "drei") for n in (1, 2)]
    page_with(home, *map(outside, addresses))
    web = Web()
    assert links.check_outside_links(web, now=NOW - timedelta(seconds=1)) == 0
    assert links.check_outside_links(web, now=NOW) == 2
    assert [line for line in web.asked if line.startswith("HEAD")] == [
        "HEAD https://drei.example/1",
        "HEAD https://eins.example/1",
    ]
    assert links.check_outside_links(web, now=NOW) == 2
    assert OutsideLink.objects.due(NOW).count() == 2
    assert OutsideLink.objects.due(NOW + timedelta(days=7)).count() == 6


def test_the_nightly_reading_finds_what_was_not_published_by_hand_and_forgets_the_rest(home):
    page = page_with(home, outside("https://alt.example/a"))
    type(page).objects.filter(pk=page.pk).update(body=[("paragraph", f"<p>{outside('https://neu.example/a')}</p>")])
    hidden = page_with(home, outside("https://versteckt.example/a"), title="Versteckt")
    hidden.unpublish()
    assert read_links_of_pages() == Page.objects.live().filter(depth__gt=1).count()
    assert list(OutsideLink.objects.values_list("address", flat=True)) == ["https://neu.example/a"]


def test_the_job_asks_nobody_inside(home):
    page_with(home, outside("http://10.0.0.1:5432/"))
    assert check_links_to_other_sites() == 1
    assert OutsideLink.objects.get().reason == UNKNOWN


def test_who_leads_from_https_to_http_is_noted_and_not_dead(home):
    """It counted as dead. A list of its own names it until it answers with https or not at all."""
    page_with(home, outside("https://a.example/x"))
    web = Web()
    web.leads_to = "http://a.example/x"
    for day in range(2):
        links.check_outside_links(web, now=NOW + timedelta(days=7 * day))
    assert shown() == []
    said = "Die Website antwortet ohne Verschlüsselung (http). https://a.example/x"
    assert shown("unverschluesselt") == [("Seite", "Text › Absatz (1. Baustein)", "Antrag", said)]
    links.check_outside_links(Web(), now=NOW + timedelta(days=14))
    assert shown("unverschluesselt") == []


def on_this_machine(behaviour):
    """What a check of a real server says, and the methods by which it was asked for the page."""
    with hostile_server(behaviour) as server:
        client = Client("Test/1", {}, allowed_inside=frozenset({server.endpoint}), may_leave_tls=True)
        verdict = links.verdict_of(client, f"{server.address}x")
    lines = [request.split(b"\r\n")[0].decode().split(" ") for request in server.requests]
    return verdict, [method for method, target, _ in lines if target == "/x"]


@pytest.mark.parametrize("status", ["403 Forbidden", "405 Method Not Allowed", "501 Not Implemented", "drop"])
def test_a_server_that_refuses_head_is_asked_for_the_page_and_left_before_its_end(status):
    def behave(talk):
        if b"/robots.txt" in talk.request:
            talk.answer(status="404 Not Found")
        elif talk.request.startswith(b"GET"):
            talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")
            talk.repeat(b"x" * 1000)
        elif status != "drop":
            talk.answer(status=status)

    assert on_this_machine(behave) == (Verdict(is_plain=True), ["HEAD", "GET"])


def test_a_link_that_leads_inside_by_a_redirect_asks_nobody_there():
    inside = "http://169.254.169.254/latest/meta-data/"

    def behave(talk):
        talk.answer(b"", *([f"Location: {inside}"] if b" /x " in talk.request else []), status="302 Found")

    assert on_this_machine(behave) == (Verdict(UNKNOWN), ["HEAD"])
