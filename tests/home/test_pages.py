"""Each page type: what it shows, and that the number of queries does not grow with what it lists."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Site, get_page_models

from courses.stock import stock
from foundation.models import BrandSettings, CreditedImage
from foundation.sites import sites
from home.blocks import StoryBlock, TextBody, VoiceBlock
from home.models import FundingNotice, HomePage, NewsPage
from offices.models import Office, OpeningHours
from tests.factories.booking import AvailabilityRuleFactory, ServiceFactory
from tests.factories.courses import CourseCataloguePageFactory, CoursePageFactory, TopicFactory
from tests.factories.home import (
    DocumentFactory,
    EventIndexPageFactory,
    EventPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    OfficeIndexPageFactory,
    OfficePageFactory,
    PartnersPageFactory,
    PictureFactory,
    StandardPageFactory,
    new_site,
    picture_value,
    stream,
)
from tests.factories.offices import AdvisorFactory, DistrictFactory, OfficeDayFactory, OfficeFactory
from tests.home.markup import Markup

pytestmark = pytest.mark.django_db
NUMBERS = (1, 3)


@pytest.fixture(autouse=True)
def small_pictures(monkeypatch):
    monkeypatch.setattr("foundation.pictures.FORMATS", ("jpeg",))
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def home() -> HomePage:
    return new_site()


def ahead(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def office_with_page(index, number: int):
    district = DistrictFactory(name=f"Kreis {number}", slug=f"kreis-{number}", position=number)
    office = OfficeFactory(districts=[district])
    return OfficePageFactory(parent=index, office=office, picture=PictureFactory())


def fetched(client, address: str, django_assert_num_queries, cold: int, warm: int, *, held: bool = False) -> Markup:
    """The page, its renditions made: when nothing is kept but settings, and the next time. `held`: the process has read
    all courses already."""
    client.get(address)
    cache.clear()
    Site.get_site_root_paths()
    sites()
    BrandSettings.as_shown()
    if held:
        stock(timezone.localdate())
    with django_assert_num_queries(cold):
        client.get(address)
    with django_assert_num_queries(warm):
        response = client.get(address)
    assert response.status_code == 200
    markup = Markup(response.content.decode())
    assert markup.complaints == []
    return markup


def voice(portrait: object = None) -> tuple[str, object]:
    return "voice", {"quotation": "Wir können es auch!", "speaker": "Kim Muster", "role": "", "portrait": portrait}


def partner(logo: object = None) -> tuple[str, object]:
    return "partner", {"name": "Kammer", "role": "Trägerin", "text": "", "website": "", "logo": logo}


@pytest.mark.parametrize("number", NUMBERS)
def test_home_page(client, home, django_assert_num_queries, number):
    ServiceFactory()
    news = NewsIndexPageFactory(parent=home)
    catalogue = CourseCataloguePageFactory(parent=home)
    offices = OfficeIndexPageFactory(parent=home)
    events = EventIndexPageFactory(parent=home)
    for count in range(number):
        page = NewsPageFactory(parent=news)
        EventPageFactory(
            parent=events, dates=[(timezone.now() + timedelta(days=1), timezone.now() + timedelta(days=2))]
        )
        CoursePageFactory(parent=catalogue, runs=[ahead(3), ahead(9)])
        AvailabilityRuleFactory(office=office_with_page(offices, count).office)
    stories = [("story", {"picture": picture_value(), "caption": "Sieh da", "page": page.pk}) for _ in range(number)]
    home.stories = stream(*stories)
    home.next_steps = stream(("step", {"when": "Heute", "title": "Zeit wählen", "text": ""}))
    home.voices = stream(*[voice(portrait=picture_value())] * number)
    home.save_revision().publish()
    PartnersPageFactory(parent=home, sponsors=stream(*[partner(logo=picture_value())] * number))

    markup = fetched(client, "/", django_assert_num_queries, 22, 2)

    pictures = re.findall(r"<picture>.*?<img ([^>]+)>", client.get("/").text.partition("<main")[2], re.DOTALL)
    first = [('fetchpriority="high"' in picture, 'loading="lazy"' in picture) for picture in pictures]
    assert first == [(True, False), *[(False, True)] * (len(pictures) - 1)]
    assert {"/kurse/", "/nachrichten/", "/termin/", "/partner/", page.url} <= set(markup.links)
    assert '<form class="course-search" method="get" action="/kurse/"' in client.get("/").text
    assert sum(link.startswith("/bueros/buero") for link in markup.links) == 2 * number


def test_voices_and_partners_of_the_home_page_need_no_pictures(client, home, django_capture_on_commit_callbacks):
    home.voices = stream(voice())
    home.voices_heading = "Stimmen"
    home.save_revision().publish()
    partners = PartnersPageFactory(parent=home, sponsors=stream(partner()))

    text = client.get("/").content.decode()
    assert '<h2 id="stimmen">Stimmen</h2>' in text
    assert "<blockquote><p>Wir können es auch!</p></blockquote>" in text
    assert '<span class="partner-band__name">Kammer</span>' in text
    assert "<picture" not in text.partition("<main")[2]

    with django_capture_on_commit_callbacks(execute=True):
        partners.unpublish()
    assert "partner-band" not in client.get("/").content.decode()


def test_a_withdrawn_picture_leaves_the_voice_and_the_slider(client, home):
    image = PictureFactory(credit="Foto: Adobe Stock", valid_until=date(2020, 1, 1), withdraw_when_expired=True)
    home.voices = stream(voice(portrait=picture_value(image)))
    home.stories = stream(("story", {"picture": picture_value(image), "caption": "Sieh da", "page": None}))
    home.save_revision().publish()

    text = client.get("/").content.decode()
    assert "Wir können es auch!" in text
    assert "Adobe Stock" not in text
    assert "<picture" not in text.partition("<main")[2]


@pytest.mark.parametrize("number", NUMBERS)
def test_news_index(client, home, django_assert_num_queries, number):
    index = NewsIndexPageFactory(parent=home)
    events = EventIndexPageFactory(parent=home)
    for _ in range(number):
        NewsPageFactory(parent=index)
        EventPageFactory(
            parent=events, dates=[(timezone.now() + timedelta(days=1), timezone.now() + timedelta(days=2))]
        )

    fetched(client, "/nachrichten/", django_assert_num_queries, 12, 3)


@pytest.mark.parametrize("number", NUMBERS)
def test_news_page(client, home, django_assert_num_queries, number):
    index = NewsIndexPageFactory(parent=home)
    pieces = [("picture", {"picture": picture_value(), "caption": "Ein Feld"})] * number
    NewsPageFactory(
        parent=index,
        slug="gruendung",
        kicker="Weiterbildung auf dem Land",
        dateline_place="Hannover",
        author_initials="mm",
        pictures=stream(*pieces),
        body=stream(
            ("heading", "Erst fragen"),
            ("quotation", {"quotation": "Wir können es auch!", "speaker": "Kim Muster"}),
            *pieces,
            ("gallery", {"heading": "Bilder", "pictures": [{"picture": picture_value(), "caption": ""}] * number}),
            ("downloads", {"heading": "Dateien", "files": [{"document": DocumentFactory().pk}] * number}),
            ("timeline", {"heading": "Dann", "steps": [{"when": "Bald", "title": "Mehr", "text": ""}] * number}),
        ),
        contact=stream(
            (
                "person",
                {
                    "name": "Kim Muster",
                    "role": "Projektleitung",
                    "phone": "0511 000-1",
                    "mobile": "0171 0000000",
                    "email": "kim.muster@mehrwert.example",
                },
            )
        ),
        date=date(2022, 2, 21),
    )
    for _ in range(number):
        NewsPageFactory(parent=index)

    fetched(client, "/nachrichten/gruendung/", django_assert_num_queries, 15, 8)

    text = client.get("/nachrichten/gruendung/").content.decode()
    for words in ("Weiterbildung auf dem Land", "Hannover", "21. Februar 2022", "(mm)", "Wir können es auch!"):
        assert words in text
    assert 'href="tel:+495110001"' in text
    assert 'href="tel:+491710000000"' in text
    assert "Illustration: MehrWert" in text
    assert "kim.muster@mehrwert.example" not in text, "an address that a harvester finds"


@pytest.mark.parametrize("number", NUMBERS)
def test_standard_page(client, home, django_assert_num_queries, number):
    StandardPageFactory(
        parent=home,
        slug="ueber-uns",
        body=stream(*[("picture", {"picture": picture_value(), "caption": ""})] * number, ("retention", None)),
    )

    fetched(client, "/ueber-uns/", django_assert_num_queries, 9, 7)


@pytest.mark.parametrize("number", NUMBERS)
def test_office_index(client, home, django_assert_num_queries, number):
    index = OfficeIndexPageFactory(parent=home)
    ServiceFactory()
    for count in range(number):
        AvailabilityRuleFactory(office=office_with_page(index, count).office)

    markup = fetched(client, "/bueros/", django_assert_num_queries, 12, 3)

    assert sum(link.startswith("/bueros/buero") for link in markup.links) == 3 * number


@pytest.mark.parametrize("number", NUMBERS)
def test_office_page(client, home, django_assert_num_queries, number):
    page = office_with_page(OfficeIndexPageFactory(parent=home), 0)
    news, catalogue = NewsIndexPageFactory(parent=home), CourseCataloguePageFactory(parent=home)
    AvailabilityRuleFactory(office=page.office)
    for count in range(number):
        NewsPageFactory(parent=news, district=page.office.districts.get())
        CoursePageFactory(parent=catalogue, runs=[ahead(count + 1)]).runs.update(postcode="31785")
        ServiceFactory(name=f"Anliegen {count}", slug=f"anliegen-{count}")
        OfficeDayFactory(office=page.office)
        AdvisorFactory(office=page.office, portrait=PictureFactory(), is_example=True)
        OpeningHours.objects.create(office=page.office, weekday=count, opens_at=time(9), closes_at=time(12, 30))

    markup = fetched(client, page.url, django_assert_num_queries, 20, 3)

    assert f"/termin/{page.office.slug}/?anliegen=anliegen-0" in markup.links
    text = client.get(page.url).content.decode()
    assert "9:00–12:30 Uhr" in text
    assert ("/nachrichten/nachricht-" in text, "/kurse/kurs-" in text) == (True, True)
    assert text.count("Beispiel, Person erfunden") == number


@pytest.mark.parametrize(("step_free", "access"), [(True, "ohne Stufen"), (False, "nicht ohne Stufen")])
def test_office_page_says_how_to_get_there_and_lights_its_place(client, home, step_free, access):
    page = office_with_page(OfficeIndexPageFactory(parent=home), 3)
    Office.objects.update(arrival="Bus 1 bis Markt.", step_free=step_free)

    text = client.get(page.url).content.decode()

    facts = dict(re.findall(r"<dt>(.*?)</dt><dd[^>]*>(.*?)</dd>", text))
    assert (facts["Zugang"], facts["Anfahrt"]) == (access, "Bus 1 bis Markt.")
    nodes = re.findall(r'<circle class="mark__node"[^>]*>', text.partition("<main")[0])
    assert ["data-lit" in node for node in nodes] == [place == 3 for place in range(7)]


@pytest.mark.parametrize("number", NUMBERS)
def test_catalogue(client, home, django_assert_num_queries, number):
    catalogue = CourseCataloguePageFactory(parent=home)
    for _ in range(number):
        CoursePageFactory(parent=catalogue, runs=[ahead(3), ahead(9)])

    fetched(client, "/kurse/", django_assert_num_queries, 17, 3)


@pytest.mark.parametrize("number", NUMBERS)
def test_course_page(client, home, django_assert_num_queries, number):
    ServiceFactory()
    for _ in range(number):
        AvailabilityRuleFactory(advisor=AdvisorFactory())
    topics = [TopicFactory(name=f"Thema {count}", slug=f"thema-{count}") for count in range(number)]
    runs = [ahead(count + 1) for count in range(number)]
    course = CoursePageFactory(parent=CourseCataloguePageFactory(parent=home), slug="sps", topics=topics, runs=runs)

    markup = fetched(client, course.url, django_assert_num_queries, 12, 4, held=True)

    assert "/termin/?kurs=sps" in markup.links
    assert course.booking_link in markup.links


def test_footer_shows_the_notice_of_the_day(client, home):
    FundingNotice.objects.create(
        sentence="Früher zahlte A.", valid_from=date(2021, 1, 1), valid_until=date(2024, 10, 31)
    )
    FundingNotice.objects.create(sentence="Heute zahlt B.", valid_from=date(2024, 11, 1))
    page = NewsPageFactory(parent=NewsIndexPageFactory(parent=home), date=date(2024, 10, 31))

    assert "Heute zahlt B." in client.get("/").content.decode()
    old = client.get(page.url).content.decode()
    assert "Früher zahlte A." in old
    assert "Heute zahlt B." not in old


def test_footer_shows_the_logos_as_long_as_they_may_be_shown(client, home):
    logos = PictureFactory(valid_until=timezone.localdate(), credit="Zeichnung: B")
    FundingNotice.objects.create(
        sentence="B zahlt.", valid_from=date(2024, 11, 1), logos=logos, logos_alt="Logo von B und des Landes"
    )
    notice = client.get("/").content.decode().partition('<div class="funding-notice">')[2].partition("</div>")[0]
    assert notice.count("<li>") == 1
    assert 'alt="Logo von B und des Landes"' in notice
    assert '<small class="picture-credit">Zeichnung: B</small>' in notice

    FundingNotice.objects.update(logos_alt=" ")  # as notices of old have it
    cache.clear()
    assert 'alt="Logos der fördernden Stellen"' in client.get("/").text

    CreditedImage.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    cache.clear()
    notice = client.get("/").content.decode().partition('<div class="funding-notice">')[2].partition("</div>")[0]
    assert " ".join(notice.split()) == "<p>B zahlt.</p>"


@pytest.mark.parametrize(("alt", "refused"), [("", ["logos_alt"]), ("  ", ["logos_alt"]), ("Logo von B", [])])
def test_logos_of_sponsors_need_words_for_those_who_do_not_see_them(db, alt, refused):
    notice = FundingNotice(sentence="B zahlt.", valid_from=date(2024, 11, 1), logos=PictureFactory(), logos_alt=alt)
    try:
        notice.full_clean()
    except ValidationError as error:
        found = list(error.message_dict)
    else:
        found = []
    assert found == refused


def test_menu_follows_the_pages(client, home, django_capture_on_commit_callbacks):
    assert "/ueber-uns/" not in client.get("/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        page = StandardPageFactory(parent=home, title="Über uns", slug="ueber-uns", show_in_menus=True)
        page.save_revision().publish()
    assert '<a class="site-nav__link" href="/ueber-uns/" >Über uns</a>' in client.get("/").content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert "/ueber-uns/" not in client.get("/").content.decode()


def test_error_page_has_the_frame_and_two_ways_on(client, home):
    StandardPageFactory(parent=home, title="Impressum", slug="impressum", in_footer=True)
    response = client.get("/gibt-es-nicht/")
    assert response.status_code == 404
    body = response.content.decode()
    assert '<a href="/impressum/">Impressum</a>' in body
    assert re.findall(r'<form class="(\S+)" action="(\S+)" method="get"', body.partition("<main")[2]) == [
        ("site-search", "/suche/"),
        ("postcode-search", "/termin/"),
    ]


@pytest.mark.parametrize("name", list(TextBody.base_blocks))
def test_blocks_of_the_text_have_a_preview(name):
    PictureFactory()
    DocumentFactory()
    block = TextBody().child_blocks[name]
    assert block.render(block.get_preview_value())


def test_every_block_of_every_page_has_a_group_a_description_and_a_preview():
    fields = [field for model in get_page_models() for field in model._meta.get_fields()]
    streams = [field for field in fields if isinstance(field, StreamField)]
    blocks = [block for field in streams for block in field.stream_block.child_blocks.values()]
    bare = [
        (block.name, block.label)
        for block in blocks
        if not (block.meta.group and block.meta.description and block.is_previewable)
    ]
    assert len(blocks) > 60
    assert bare == []


def test_every_picture_of_a_block_is_asked_for_in_german():
    """Wagtail's own block asks for an „Image“."""
    fields = [field for model in get_page_models() for field in model._meta.get_fields()]
    pieces = [field.stream_block for field in fields if isinstance(field, StreamField)]
    for piece in pieces:  # grows by what each is made of
        pieces += getattr(piece, "child_blocks", {}).values() or filter(None, [getattr(piece, "child_block", None)])
    assert {piece.child_blocks["image"].label for piece in pieces if isinstance(piece, ImageBlock)} == {"Bild"}


def test_preview_of_related_news_is_the_newest(home):
    page = NewsPageFactory(parent=NewsIndexPageFactory(parent=home), title="Ein Netz")
    block = NewsPage._meta.get_field("related").stream_block.child_blocks["news"]
    assert block.get_preview_value() == page
    assert "Ein Netz" in block.render(block.get_preview_value())


@pytest.mark.parametrize(("block", "part"), [(StoryBlock(), "picture"), (VoiceBlock(), "portrait")])
def test_preview_of_a_block_of_the_home_page_shows_a_picture(block, part):
    picture = PictureFactory()
    assert block.get_preview_value()[part] == picture
    assert "<picture" in block.render(block.get_preview_value())
    assert block.meta.description
    assert block.meta.group


def test_newest_news_come_first(home):
    index = NewsIndexPageFactory(parent=home)
    days = [date(2026, 3, 1), date(2026, 5, 1), date(2026, 4, 1)]
    for day in days:
        NewsPageFactory(parent=index, date=day)
    assert [news.date for news in NewsPage.objects.published()] == sorted(days, reverse=True)
