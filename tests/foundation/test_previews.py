"""The picture beside a link: what it shows, for whom, and that nobody has it drawn twice."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.core.cache import cache
from PIL import Image
from wagtail.models import PageViewRestriction

from foundation import previews
from foundation.drawing import palette
from foundation.drawing.lettering import font, lines_of
from foundation.drawing.mark import mark
from foundation.drawing.preview import PreviewText, draw_preview
from foundation.models import BrandSettings
from tests.factories.home import (
    NewsIndexPageFactory,
    NewsPageFactory,
    OfficeIndexPageFactory,
    OfficePageFactory,
    new_site,
)
from tests.factories.offices import DistrictFactory, OfficeFactory

RAPS = (255, 201, 51)
TEXT = PreviewText("Wir können es auch!", "Nachricht", "MehrWert", "Leitsatz")


def picture_of(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content)).convert("RGB")


def test_picture_has_the_size_that_networks_ask_for_and_the_colours_of_the_brand() -> None:
    content = draw_preview(TEXT)
    picture = picture_of(content)
    assert picture.size == (1200, 630)
    assert len(content) < 60_000
    assert picture.getpixel((1199, 629)) == RAPS
    shown = {f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue) in picture.getcolors(100_000)}
    assert {palette.MOOR, palette.RAPS, palette.KREIDE} <= shown


@pytest.mark.parametrize("title", ["Bedarfsanalyse " * 40, "Donaudampfschifffahrtsgesellschaftskapitän" * 3, "漢字"])
def test_any_title_leaves_the_foot_of_the_picture_alone(title: str) -> None:
    picture = picture_of(draw_preview(PreviewText(title, "Kurs", "MehrWert", "Leitsatz")))
    assert set(picture.crop((0, 630 - 148, 1200, 630 - 120)).get_flattened_data()) == {RAPS}


def test_long_wordmark_stays_on_the_picture_and_takes_the_place_of_the_claim() -> None:
    picture = picture_of(draw_preview(PreviewText("Kurz", "", "mehrWERT im Oldenburger Münsterland", "Leitsatz")))
    assert set(picture.crop((1200 - 60, 500, 1200, 620)).get_flattened_data()) == {RAPS}


def test_typeface_has_the_letters_of_german() -> None:
    missing = font("Black", 60).getmask("\uffff").getbbox()
    for letter in "ÄÖÜäöüß„“–€":
        assert font("Black", 60).getmask(letter).getbbox() not in (None, missing), letter


def test_words_are_broken_only_where_one_is_wider_than_the_line() -> None:
    lettering = font("Bold", 40)
    assert lines_of("eins zwei drei", lettering, 170) == ["eins zwei", "drei"]
    assert [line.endswith("-") for line in lines_of("Bildungszeitgesetz", lettering, 200)] == [True, False]


def test_mark_lights_only_the_places_in_view() -> None:
    def lit(places: str) -> int:
        return sum(pixel == (*RAPS, 255) for pixel in mark(150, colour=palette.MOOR, lit=places).get_flattened_data())

    assert lit("") == 0
    assert 0 < lit("3") < lit("36")


def head_of(client, url: str) -> dict[str, str]:
    return dict(re.findall(r'<meta property="(og:[\w:]+)" content="([^"]*)">', client.get(url).content.decode()))


@pytest.fixture
def news(db):
    cache.clear()
    index = NewsIndexPageFactory(parent=new_site())
    return NewsPageFactory(
        parent=index, title="Ein Netz", slug="netz", kicker="Start", district=DistrictFactory(position=3)
    )


def test_page_names_its_picture_with_size_and_words(client, news) -> None:
    head = head_of(client, news.url)
    path = previews.social_preview_of("MehrWert", "Wir im ländlichen Raum können es auch!", news).url
    assert head["og:image"] == path
    assert (head["og:image:width"], head["og:image:height"]) == ("1200", "630")
    assert (head["og:image:alt"], head["og:title"], head["og:type"]) == ("MehrWert: Ein Netz", "Ein Netz", "article")
    assert path.startswith(f"http://127.0.0.1:8000/vorschau/{news.pk}-")


def test_picture_is_drawn_once_for_its_content(client, news, monkeypatch, django_assert_num_queries) -> None:
    drawn = []
    monkeypatch.setattr(previews, "draw_preview", lambda text: drawn.append(text) or b"picture")
    address = previews.social_preview_of("MehrWert", "Wir im ländlichen Raum können es auch!", news).url
    address = address.removeprefix("http://127.0.0.1:8000")
    first = client.get(address)
    with django_assert_num_queries(4):
        client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, first["Content-Type"], first.content) == (200, "image/png", b"picture")
    assert (first["Cache-Control"], first["Cross-Origin-Resource-Policy"]) == ("public, max-age=86400", "cross-origin")
    assert (again.status_code, again.content) == (304, b"")
    assert drawn == [PreviewText("Ein Netz", "Start", "MehrWert", "Wir im ländlichen Raum können es auch!", "3")]


def test_old_and_invented_addresses_lead_to_the_one_that_holds_and_draw_nothing(client, news, monkeypatch) -> None:
    monkeypatch.setattr(previews, "draw_preview", pytest.fail)
    answer = client.get(f"/vorschau/{news.pk}-0123456789ab.png?groesse=99999")
    assert answer.status_code == 302
    assert answer["Location"] == previews.social_preview_of(
        "MehrWert", "Wir im ländlichen Raum können es auch!", news
    ).url.removeprefix("http://127.0.0.1:8000")


@pytest.mark.parametrize("hide", ["draft", "private", "unknown"])
def test_only_pages_that_anybody_may_read_have_a_picture(client, news, monkeypatch, hide) -> None:
    monkeypatch.setattr(previews, "draw_preview", pytest.fail)
    pk = news.pk + 999 if hide == "unknown" else news.pk
    if hide == "draft":
        news.unpublish()
    if hide == "private":
        PageViewRestriction.objects.create(page=news, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(f"/vorschau/{pk}-0123456789ab.png").status_code == 404
    assert client.post(f"/vorschau/{pk}-0123456789ab.png").status_code == 405


def test_picture_of_an_office_lights_the_places_it_serves(db) -> None:
    served = [DistrictFactory(name=slug, slug=slug, position=position) for position, slug in ((5, "hm"), (6, "hol"))]
    office = OfficeFactory(districts=served)
    page = OfficePageFactory(parent=OfficeIndexPageFactory(parent=new_site()), office=office)
    assert page.preview_places == "56"


def test_pages_that_are_no_content_show_the_picture_of_the_network(client, db) -> None:
    cache.clear()
    new_site()
    BrandSettings.objects.create(wordmark="mehrWERT", claim="Wir auch!")
    head = head_of(client, "/termin/")
    assert (head["og:title"], head["og:site_name"], head["og:image:alt"]) == (
        "Wir auch!",
        "mehrWERT",
        "mehrWERT: Wir auch!",
    )
    answer = client.get(head["og:image"].removeprefix("http://127.0.0.1:8000"))
    assert (answer.status_code, picture_of(answer.content).size) == (200, (1200, 630))
