"""From a search to its mails and their end, as a firm does it: on a phone, without scripts, by links in mails."""

from __future__ import annotations

import email
import re
import sqlite3
from collections.abc import Callable
from email.policy import SMTP

from playwright.sync_api import Page, expect

from tests.conftest import SiteServer

# A week later there is one date more, and the round of mails.
A_WEEK_LATER = """
from datetime import timedelta
from django.utils import timezone
from courses.models import CoursePage, CourseRun
from home.alerts.digest import send_digests
course = CoursePage.objects.live().filter(title__icontains="stapler").first()
CourseRun.objects.create(course=course, starts_on=timezone.localdate() + timedelta(days=40))
send_digests(now=timezone.now() + timedelta(days=8))
"""


def newest_mail(server: SiteServer) -> str:
    with sqlite3.connect(server.site.var_dir / "db.sqlite3") as connection:
        rows = "SELECT message FROM foundation_outgoingmail ORDER BY position DESC"
        mail = email.message_from_bytes(connection.execute(rows).fetchone()[0], policy=SMTP)
    return mail.get_body(("plain",)).get_content()


def path_in(text: str, part: str) -> str:
    return re.search(rf"https?://[^/\s]+(/(?:\S*/)?{part}/\S+)", text)[1]


def test_a_search_sends_mails_until_one_click_ends_it(
    own_site_server: SiteServer, open_page: Callable[..., Page]
) -> None:
    page = open_page("/kurse/?text=Stapler", server=own_site_server, javascript=False, width=360, may_answer=[410])
    page.get_by_role("link", name="Neue Kurse zu dieser Suche per E-Mail").click()
    page.get_by_label("E-Mail").fill("kim@beispiel.example")
    page.wait_for_timeout(3_000)  # a person takes as long
    page.get_by_role("button", name="Weiter: E-Mail bestätigen").click()
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text("Bitte sehen Sie in Ihr Postfach")

    page.goto(path_in(newest_mail(own_site_server), "bestaetigen"))
    page.get_by_role("button", name="E-Mails bestellen").click()
    expect(page.get_by_text("Ihr Suchauftrag läuft.")).to_be_visible()
    managed = page.url

    own_site_server.site.manage("shell", "-c", A_WEEK_LATER)
    news = newest_mail(own_site_server)
    assert "stapler" in news.lower()
    page.goto(path_in(news, "kurse"))
    expect(title).to_contain_text("tapler")

    page.goto(path_in(news, "beenden"))
    page.get_by_role("button", name="Alle E-Mails beenden").click()
    expect(title).to_have_text("Ihre Suchaufträge sind beendet")
    page.goto(managed)
    expect(title).to_have_text("Diesen Suchauftrag gibt es nicht mehr")
    assert page.context.cookies() == []
