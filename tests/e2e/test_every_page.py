"""One walk over a page of each kind and every step of a booking: weight, requests, rest, cookies, and valid HTML.

The figures are those of issue 5.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from playwright.sync_api import Browser
from wagtail.models import get_page_models

from foundation.models import BrandSettings
from foundation.outbox.message import Letter
from home.alerts.letters import NewCourse, News, confirm_letter, digest_letter
from home.models import AlertSubscriber, CourseAlert
from tests.booking.test_emails import part, send_all
from tests.conftest import SiteServer, serve_copy
from tests.e2e.axe import findings
from tests.e2e.conftest import PATIENCE, Watch
from tests.e2e.every_page import READ, Walk, kind_of, walk_over_every_page
from tests.factories.accounts import client_of, editor
from tests.factories.booking import AppointmentFactory
from tests.nu_checker import complaints

# All of them, so that one alone is not run before those of other files and the walk done twice.
pytestmark = pytest.mark.django_db
EXCUSED = re.compile(
    # Outlook's Word reads the sizes of a mail's table there alone.
    "mail [a-z_]+: The “(cellpadding|cellspacing|border|width|height)” attribute on the “t(able|d)” element is obsolete"
    # There the opening of the home page is one sample of many.
    "|style guide: Consider using the “h1” element as a top-level heading only"
)

NOT_OF_MAILS = ("landmark-one-main", "region")
"""The page around a mail is the mail program's."""


@pytest.fixture(scope="module")
def server(
    demo_template: Path, collected_static: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SiteServer]:
    server = serve_copy(demo_template, tmp_path_factory.mktemp("walk") / "var", collected_static)
    yield server
    server.site.stop()


@pytest.fixture(scope="module")
def walk(browser: Browser, server: SiteServer) -> Iterator[Walk]:
    context = browser.new_context(base_url=server.url, locale="de-DE", timezone_id="Europe/Berlin")
    context.set_default_timeout(PATIENCE)
    watch = Watch(urlsplit(server.url).netloc, {404, 410, 422})
    watch.listens_to(context)
    walk = walk_over_every_page(context, server, watch)
    assert watch.complaints == []
    yield walk
    context.close()


def test_the_walk_has_seen_each_kind_of_page(walk: Walk, server: SiteServer) -> None:
    with sqlite3.connect(server.site.var_dir / "db.sqlite3") as connection:
        rows = connection.execute(
            "SELECT page.url_path, kind.app_label || '.' || kind.model FROM wagtailcore_page page "
            "JOIN django_content_type kind ON kind.id = page.content_type_id"
        ).fetchall()
    seen = {urlsplit(view.page).path for view in walk.views}
    kinds = {kind for path, kind in rows if f"/{path.split('/', 2)[-1]}" in seen}
    assert {model._meta.label_lower for model in get_page_models()} - kinds == set()


def test_pages_are_light(walk: Walk) -> None:
    for view in walk.views:
        figures = {
            "all": view.weight(),
            "without photos": view.weight("page", "css", "js", "svg"),
            "css": view.weight("css"),
            "js": view.weight("js"),
        }
        bounds = {"all": 400_000, "without photos": 120_000, "css": 30_000, "js": 15_000}
        assert {kind for kind in bounds if figures[kind] > bounds[kind]} == set(), (view.page, view.width, figures)
        assert view.weight() == figures["without photos"] + view.weight("photo")
        assert view.weight("css") > 0, "nothing was kept from the page before"


def test_pages_need_few_requests(walk: Walk) -> None:
    """Every picture to the end of the page included: the home page has the most, and is the first of the walk."""
    for view in walk.views:
        assert len(view.whole) <= 15, (view.page, view.width, view.whole)
        without_photos = [address for address, _ in view.whole if kind_of(address) != "photo"]
        assert len(without_photos) <= 12, (view.page, view.width, without_photos)


def test_nothing_moves_while_a_page_is_read(walk: Walk) -> None:
    assert [(view.page, view.width, view.shift) for view in walk.views if view.shift] == []
    walk.page.evaluate("document.querySelector('main').style.paddingTop = '100px'")
    assert walk.page.evaluate(READ)["shift"] > 0, "what moves would have been seen"


def test_axe_finds_nothing_in_any_state(walk: Walk) -> None:
    assert [(view.page, view.width, view.findings) for view in walk.views if view.findings] == []


def test_nothing_comes_from_another_host_and_no_cookie_is_left(walk: Walk, server: SiteServer) -> None:
    hosts = {urlsplit(address).netloc for view in walk.views for address, _ in view.whole}
    assert hosts == {urlsplit(server.url).netloc}
    assert walk.context.cookies() == []


def test_html_is_valid(walk: Walk) -> None:
    """The pages of the walk, all components in all states, the pages of failures, and all mails."""
    pages = {view.page: view.html for view in walk.views}
    pages["style guide"] = client_of(editor()).get("/stil/").content.decode()
    pages |= {name: render_to_string(name) for name in ("400.html", "403.html", "403_csrf.html", "500.html")}
    pages |= mails()
    assert len(pages) > 70
    assert [complaint for complaint in complaints(pages) if not EXCUSED.match(complaint)] == []


def test_axe_finds_nothing_in_mails(browser: Browser) -> None:
    """As mail programs show them that know dark colours, and as others do."""
    context = browser.new_context(locale="de-DE", viewport={"width": 360, "height": 800})
    page = context.new_page()
    broken = []
    for name, html in mails().items():
        page.set_content(html, wait_until="domcontentloaded")  # pictures of a mail come with it
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            broken += [f"{name}, {scheme}: {finding}" for finding in findings(page, without=NOT_OF_MAILS)]
    context.close()
    assert not broken, "\n".join(broken)


def mails() -> dict[str, str]:
    """HTML of each kind of mail."""
    found = {f"mail {kind}": part(mail, "html") for kind, mail in send_all(AppointmentFactory()).items()}
    return found | {f"mail {letter.kind}": letter.html or "" for letter in letters_about_new_courses()}


def letters_about_new_courses() -> list[Letter]:
    subscriber = AlertSubscriber.objects.create(email="kim@firma.example", changed_at=timezone.now())
    alert = CourseAlert.objects.create(subscriber=subscriber, query="text=Stapler", created_at=timezone.now())
    course = NewCourse("Stapler fahren", "https://mehrwert.example/kurse/stapler/", "Werkschule", "7. Dezember 2026")
    news = News("Stapler", "https://mehrwert.example/kurse/?text=Stapler", [course], more=2, lacking="Thema")
    return [confirm_letter(alert), digest_letter(subscriber, [news, news], BrandSettings())]
