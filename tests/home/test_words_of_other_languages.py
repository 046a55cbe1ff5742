"""Pages of other languages say their own words: nothing German stands there without lang="de"."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from html.parser import HTMLParser

import pytest
import time_machine
from django.core.cache import cache
from wagtail.models import Locale, Page

from booking.teasers import NextFree
from foundation.phrases import PHRASES
from home.blocks import TextBody
from home.models import HomePage, StandardPage
from home.translating import translate_page
from offices.models import OpeningHours
from tests.factories.home import (
    DocumentFactory,
    OfficeIndexPageFactory,
    OfficePageFactory,
    StandardPageFactory,
    new_site,
    picture_value,
    stream,
)
from tests.factories.offices import DistrictFactory, OfficeFactory

pytestmark = pytest.mark.django_db
READ_OUT = {"aria-label", "alt", "title", "placeholder", "data-back", "data-forward", "data-pause", "data-play"}
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr", "path", "circle", "polyline", "use"}
GERMAN = re.compile(r"[äöüßÄÖÜ„]|\b(und|der|die|das|den|von|bis|Uhr|nicht|mit|ist|im|am|zum|zur|Sie|Seite|Termin)\b")
FREE = NextFree(
    "Tue 1 December, 14:05", "Tue 1 Dec, 14:05", "2026-12-01T14:05+01:00", "by phone", "Büro A", "/termin/a/"
)


class Heard(HTMLParser):
    """What a screen reader says in the language of the page: text and names, without what is marked as German."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self._open: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        lang = values.get("lang") or (self._open[-1][1] if self._open else "")
        self._hear(lang, *(value for name, value in values.items() if name in READ_OUT))
        if tag == "meta" and values.get("name") == "description":
            self._hear(lang, values.get("content"))
        if tag not in VOID:
            self._open.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        while tag not in VOID and self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] not in {"script", "style"}:
            self._hear(self._open[-1][1], data)

    def _hear(self, lang: str, *texts: str | None) -> None:
        if lang == "en":
            self.said += [" ".join(text.split()) for text in texts if text and text.strip()]


def german_in(html: str) -> list[str]:
    said = Heard(html).said
    known = {german for german, others in PHRASES.items() if others["en"] != german}
    return [text for text in said if text in known or GERMAN.search(text)]


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr("foundation.pictures.FORMATS", ("jpeg",))
    cache.clear()


@pytest.fixture
def home(monkeypatch) -> HomePage:
    home = new_site()
    office = OfficeFactory(name="Büro A", slug="a", districts=[DistrictFactory(name="Vechta", seat="Vechta")])
    OpeningHours.objects.create(office=office, weekday=4, opens_at=time(9), closes_at=time(12, 30))
    OfficePageFactory(parent=OfficeIndexPageFactory(parent=home), office=office, slug="a", title="Büro A")
    monkeypatch.setattr("offices.sections.next_free_times._source", lambda: {office.pk: FREE})
    return home


def english(page: Page, **changed: object) -> Page:
    draft = translate_page(page, locale=Locale.objects.get(language_code="en")).specific
    for name, value in changed.items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    return draft


def every_block(office_page: Page) -> list[tuple[str, object]]:
    picture = {"picture": picture_value(alt="A field"), "caption": "A field in spring"}
    steps = [{"when": "Today", "title": "Ask", "text": "Call us."}] * 2
    contact = {
        "name": "Kim Muster",
        "role": "Reception",
        "phone": "05151 1",
        "mobile": "0171 1",
        "email": "a@b.example",
    }
    table = {
        "caption": "Who pays",
        "columns": [{"type": "text", "heading": "Staff"}, {"type": "number", "heading": "Grant"}],
        "rows": [{"values": ["<p>1 to 9</p>", "100 %"]}],
    }
    return [
        ("heading", "Heading"),
        ("paragraph", '<p>Text with a <a href="/kontakt/">link</a></p>'),
        ("quotation", {"quotation": "Well done.", "speaker": "Kim Muster"}),
        ("picture", picture),
        ("gallery", {"heading": "Pictures", "pictures": [picture, picture]}),
        ("timeline", {"heading": "Next", "steps": steps}),
        ("downloads", {"heading": "Files", "files": [{"document": DocumentFactory(title="Für Sie").pk, "label": ""}]}),
        ("contact", contact),
        ("office", {"page": office_page.pk, "arrival": ""}),
        ("retention", None),
        ("table", {"table": table, "has_row_headers": True}),
    ]


@time_machine.travel(datetime(2026, 12, 21, 9, tzinfo=UTC), tick=False)
def test_every_block_on_an_english_page_says_english_words(client, home):
    english(home, title="Home", headline="We can", lead="We advise.")
    page = StandardPageFactory(parent=home, slug="seite")
    blocks = every_block(Page.objects.get(slug="a"))
    assert {name for name, _ in blocks} == set(TextBody().child_blocks)
    english(page, title="All", lead="Everything", body=StandardPage.body.field.to_python(stream(*blocks)))
    html = client.get("/en/seite/").content.decode()
    assert german_in(html) == []
    said = " ".join(Heard(html).said)
    for words in (
        "Telephone",
        "PDF, 1.6 KB",
        "Next free time: Tue 1 December, 14:05",
        "Open without an appointment",
        "Friday 9:00–12:30",
        "Friday 25 December : closed (",
        "step-free",
        "The booking pages are in German.",
    ):
        assert words in said, words
    assert '<a href="/kontakt/" hreflang="de">' in html
    assert re.search(r'<a class="next-free__link" href="/termin/a/" rel="nofollow" hreflang="de">', html)


def test_english_home_page_has_stories_voices_and_the_map(client, home, django_assert_num_queries):
    picture = picture_value(alt="A field")
    root = english(home, title="Home", headline="We can", lead="We advise.", voices_heading="What companies say")
    german = StandardPageFactory(parent=home, slug="seite")
    root.stories = stream(("story", {"picture": picture, "caption": "A story", "page": german.pk}))
    root.voices = stream(("voice", {"quotation": "Well done.", "speaker": "Kim", "role": "", "portrait": None}))
    root.save_revision().publish()
    html = client.get("/en/").content.decode()
    assert '<h2 id="karte">Seven districts, one network</h2>' in html
    assert "<h2>Stories from the network</h2>" in html
    assert 'data-back="Back" data-forward="Next" data-pause="Pause" data-play="Play" data-of="of"' in html
    assert '<a href="/seite/" hreflang="de">A story</a>' in html
    assert '<h2 id="stimmen">What companies say</h2>' in html
    assert '<a class="district-map__office" href="/bueros/a/" lang="de" hreflang="de" >' in html
    assert 'aria-label="Vechta. Vechta: Büro A, next free time Tue 1 December, 14:05"' in html
    assert [text for text in german_in(html) if "Büro A" not in text] == []
    assert "data-back" not in client.get("/").content.decode()

    english(Page.objects.get(slug="bueros").specific, slug="offices")
    english(Page.objects.get(slug="a").specific, title="Office A", slug="a")
    cache.clear()
    html = client.get("/en/").content.decode()
    assert '<a class="district-map__office" href="/en/offices/a/" lang="de" >' in html
    with django_assert_num_queries(6):
        client.get("/en/")


def test_translated_office_is_a_page_of_text_that_shows_the_office(client, home):
    english(home)
    office_page = Page.objects.get(slug="a").specific
    office_page.body = "<p>Deutscher Text.</p>"
    office_page.save()
    english(Page.objects.get(slug="bueros").specific, slug="offices")
    page = english(office_page, title="Office A", slug="a")
    assert isinstance(page, StandardPage)
    assert [block.block_type for block in page.body] == ["office", "paragraph"]
    html = client.get("/en/offices/a/").content.decode()
    assert '<dd lang="de">Musterweg 1<br>31785 Hameln</dd>' in html
    assert 'href="/bueros/a/" lang="de" hreflang="de">Deutsch</a>' in html
    assert 'hreflang="en">English</a>' in client.get("/bueros/a/").content.decode()

    office_page.unpublish()
    cache.clear()
    html = client.get("/en/offices/a/").content.decode()
    assert "Musterweg" not in html


@pytest.mark.parametrize(
    ("code", "week", "now"),
    [
        ("de", ("Freitag", "9:00–12:30 Uhr"), "öffnet am Freitag, 27. November, um 9:00 Uhr"),
        ("en", ("Friday", "9:00–12:30"), "opens on Friday 27 November at 9:00"),
        ("de-simple", ("Freitag", "9 Uhr bis 12:30 Uhr"), "wieder offen: Freitag, 27. November, um 9 Uhr"),
    ],
)
def test_opening_hours_are_said_in_each_language(client, home, code, week, now):
    block = ("office", {"page": Page.objects.get(slug="a").pk, "arrival": ""})
    page = StandardPageFactory(parent=home, slug="seite", body=stream(block))
    url = page.url
    if code != "de":
        locale = Locale.objects.get(language_code=code)
        translate_page(home, locale=locale).save_revision().publish()
        draft = translate_page(page, locale=locale)
        draft.save_revision().publish()
        url = StandardPage.objects.get(pk=draft.pk).url
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        html = client.get(url).content.decode()
    assert f"<dt>{week[0]}</dt><dd>{week[1]}</dd>" in html
    assert f"</strong>, {now}</p>" in html
