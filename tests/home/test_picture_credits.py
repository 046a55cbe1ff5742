"""Whoever made a picture is named on each page that shows it (§ 13 UrhG), whatever the type of the page."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from django.core.cache import cache

from foundation.models.images import Licence, Rendition
from foundation.templatetags.picture_tags import joint_credit
from tests.factories.courses import CourseCataloguePageFactory, CoursePageFactory
from tests.factories.home import (
    EventIndexPageFactory,
    EventPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    OfficeIndexPageFactory,
    OfficePageFactory,
    PartnersPageFactory,
    PictureFactory,
    PressPageFactory,
    StandardPageFactory,
    TopicPageFactory,
    new_site,
    picture_value,
    stream,
)
from tests.factories.offices import AdvisorFactory

WHEN = datetime(2027, 3, 1, 9, tzinfo=UTC)


def by(name: str):
    return PictureFactory(credit=f"Foto: {name}")


def shown_images(html: str) -> set[str]:
    """The credits of all pictures of the library that a page shows."""
    files = {unquote(path) for path in re.findall(r"/media/(images/[^\s\",]+)", html)}
    images = Rendition.objects.filter(file__in=files).select_related("image")
    assert len({rendition.file.name for rendition in images}) == len(files)
    return {rendition.image.credit for rendition in images}


@pytest.fixture
def pages(db, monkeypatch, settings, tmp_path) -> dict[str, tuple[str, set[str]]]:
    """One address of each type of page that shows pictures, and whose pictures those are."""
    monkeypatch.setattr("foundation.pictures.FORMATS", ("jpeg",))
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    home = new_site()
    two = [{"picture": picture_value(by(name)), "caption": ""} for name in ("Galerie 1", "Galerie 2")]
    body = stream(("picture", two[0]), ("gallery", {"heading": "Bilder", "pictures": two}))
    text = StandardPageFactory(parent=home, body=body)
    index = NewsIndexPageFactory(parent=home)
    slides = stream(*[("picture", {"picture": picture_value(by(f"Reihe {n}")), "caption": ""}) for n in (1, 2)])
    news = NewsPageFactory(parent=index, teaser_picture=by("Meldung"), pictures=slides, body=body)
    other = NewsPageFactory(parent=index, teaser_picture=by("Andere"), date=date(2026, 10, 1))
    office = OfficePageFactory(parent=OfficeIndexPageFactory(parent=home), picture=by("Büro"), picture_alt="Ein Haus")
    ada, _ = (
        AdvisorFactory(name=name, slug=name.lower(), office=office.office, portrait=by(name)) for name in ("Ada", "Kim")
    )
    theme = TopicPageFactory(parent=home, body=body)
    theme.people.set([ada])
    theme.save()
    news.topics.add(theme.topic)
    news.save()
    partner = {"name": "Land", "role": "Förderer", "text": "", "website": "", "logo": picture_value(by("Wappen"))}
    partners = PartnersPageFactory(parent=home, sponsors=stream(("partner", partner)))
    events = EventIndexPageFactory(parent=home)
    event = EventPageFactory(
        parent=events, picture=by("Fest"), picture_alt="Ein Zelt", dates=[(WHEN, WHEN + timedelta(hours=2))]
    )
    voice = {"quotation": "Gut.", "speaker": "Toni", "role": "", "portrait": picture_value(by("Stimme"))}
    home.stories = stream(("story", {"picture": picture_value(by("Geschichte")), "caption": "Neu", "page": None}))
    home.voices = stream(("voice", voice))
    home.save()
    press = PressPageFactory(parent=home)
    course = CoursePageFactory(parent=CourseCataloguePageFactory(parent=home))
    cache.clear()
    of_body = {"Foto: Galerie 1", "Foto: Galerie 2"}
    of_news = {"Foto: Meldung", "Foto: Andere"}
    return {
        "text": (text.url, of_body),
        "news list": (index.url, of_news),
        "news": (news.url, of_body | {"Foto: Reihe 1", "Foto: Reihe 2"}),
        "other news": (other.url, set()),
        "office": (office.url, {"Foto: Büro", "Foto: Ada", "Foto: Kim"}),
        "person": (f"{office.url}team/kim/", {"Foto: Kim"}),
        "theme": (theme.url, of_body | {"Foto: Ada", "Foto: Meldung"}),
        "partners": (partners.url, {"Foto: Wappen"}),
        "event": (event.url, {"Foto: Fest"}),
        "events": (events.url, set()),
        "home": ("/", of_news | {"Foto: Geschichte", "Foto: Stimme", "Foto: Wappen"}),
        "press": (press.url, of_news),
        "course": (course.url, set()),
        "offices": ("/bueros/", set()),
    }


def test_each_page_names_who_made_its_pictures(client, pages):
    """Portraits of a team and logos of partners stood without."""
    for kind, (address, credits_due) in pages.items():
        html = unescape(client.get(address).content.decode())
        shown = shown_images(html)
        assert shown >= credits_due, kind
        text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL)
        assert {credit for credit in shown if credit not in text} == set(), kind


def test_one_line_names_all_who_stand_together():
    def shown(name: str, credit: str):
        return SimpleNamespace(name=name, credit=credit)

    three = [shown("Ada", "Foto: Toni"), shown("Kim", "Foto: Robin"), shown("Lou", "Foto: Toni"), shown("Max", "")]
    assert joint_credit(three) == "Bildnachweis: Ada, Lou (Foto: Toni); Kim (Foto: Robin)"
    assert joint_credit([shown("Max", "")]) == joint_credit([]) == ""


@pytest.mark.parametrize(
    ("licence", "credit", "shown"),
    [
        (Licence.CC_BY_SA, "Foto: Toni", "Foto: Toni, CC BY-SA"),
        (Licence.CC_BY, "Foto: Toni, CC BY 4.0", "Foto: Toni, CC BY 4.0"),
        (Licence.AGENCY, "Foto: Agentur", "Foto: Agentur"),
        (Licence.CC0, "", ""),
        ("", "Foto: Toni", "Foto: Toni"),
    ],
)
def test_a_licence_that_wants_to_be_named_stands_with_the_credit(licence, credit, shown):
    assert PictureFactory.build(file=None, licence=licence, credit=credit).shown_credit == shown
