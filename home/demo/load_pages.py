"""The page tree: home page, offices, news, text pages, and the address of the site."""

from __future__ import annotations

from urllib.parse import urlsplit

from wagtail.models import Page, Site

from courses.models import CourseCataloguePage, Topic
from foundation.models import BrandSettings, RetentionSettings
from home.demo import front_page, pages
from home.demo.dates import LoadDay
from home.demo.forms import accessibility_page, contact_page
from home.demo.legal import LEGAL_PAGES
from home.demo.load_events import load_events
from home.demo.load_network import load_network
from home.demo.load_words import load_words
from home.demo.news import NEWS, PRESS, NewsText
from home.demo.offices import OFFICES, OfficeText
from home.demo.pages import PAGES, PageText
from home.demo.pictures import picture, portrait
from home.demo.tree import add_missing, image_value, steps, stream
from home.models import FundingNotice, HomePage, NewsIndexPage, NewsPage, StandardPage
from offices.models import District, Office, OfficeIndexPage, OfficePage


def load_settings() -> None:
    """The singletons with their defaults, and the notices of who pays, if there is none."""
    BrandSettings.load()
    RetentionSettings.load()
    if not FundingNotice.objects.exists():
        for text in front_page.FUNDING:
            FundingNotice.objects.create(
                sentence=text.sentence, valid_from=text.valid_from, valid_until=text.valid_until
            )


def load_home(*, base_url: str) -> tuple[HomePage, bool]:
    """The home page and whether it is new; a new one takes the place of Wagtail's welcome page."""
    known = HomePage.objects.first()
    if known:
        return known, False
    root = Page.objects.get(depth=1)
    welcome = root.get_children().filter(slug="home", content_type__model="page", content_type__app_label="wagtailcore")
    home = HomePage(
        title=front_page.TITLE,
        slug="startseite",
        seo_title=front_page.HEADLINE,
        search_description=front_page.SEARCH_DESCRIPTION,
        headline=front_page.HEADLINE,
        lead=front_page.LEAD,
        next_steps_heading=front_page.NEXT_STEPS_HEADING,
        next_steps=steps(front_page.NEXT_STEPS),
        voices_heading=front_page.VOICES_HEADING,
        voices=stream(("voice", voice_value(text)) for text in front_page.VOICES),
    )
    root.add_child(instance=home)
    _point_site_at(home, base_url)
    for page in welcome:
        page.delete()
    return HomePage.objects.get(pk=home.pk), True


def voice_value(text: front_page.VoiceText) -> dict[str, object]:
    face = portrait(text.speaker, text.face)
    return {
        "quotation": text.quotation,
        "speaker": text.speaker,
        "role": text.role,
        "portrait": {"image": face.pk, "decorative": True, "alt_text": ""},
    }


def _point_site_at(home: HomePage, base_url: str) -> None:
    address = urlsplit(base_url)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port, site.root_page = address.hostname, port, home
    site.site_name = front_page.TITLE
    site.save()


def finish_home(home: HomePage) -> None:
    """The stories lead to pages, so they come once those are there."""
    home.stories = stream(
        (
            "story",
            {"scene": story.scene, "caption": story.caption, "page": _page_at(home, story.path).pk},
        )
        for story in front_page.STORIES
    )
    home.save_revision().publish()


def _page_at(home: HomePage, path: str) -> Page:
    page: Page = home
    for slug in path.split("/"):
        page = page.get_children().get(slug=slug)
    return page


def load_text_pages(clock: LoadDay, home: HomePage, offices: dict[str, Office]) -> CourseCataloguePage:
    """In the order of the menu; returns the catalogue for the courses to hang under."""
    by_slug = {text.slug: text for text in (*PAGES, *LEGAL_PAGES)}
    _load_text(home, by_slug.pop("beratung"))
    _load_office_pages(home, offices)
    add_missing(
        home,
        "kurse",
        lambda: CourseCataloguePage(
            title=pages.CATALOGUE_TITLE, slug="kurse", intro=pages.CATALOGUE_INTRO, show_in_menus=True
        ),
    )
    _load_text(home, by_slug.pop("foerderung"))
    _load_news(clock, home)
    add_missing(home, "kontakt", contact_page)
    load_words(home)
    load_network(home)
    load_events(clock, home)
    for text in by_slug.values():
        _load_text(home, text)
    add_missing(home, "barrierefreiheit", lambda: accessibility_page(clock))
    return CourseCataloguePage.objects.child_of(home).get(slug="kurse")


def _load_text(home: HomePage, text: PageText) -> None:
    add_missing(home, text.slug, lambda: text_page(text))


def text_page(text: PageText) -> StandardPage:
    return StandardPage(
        title=text.title,
        slug=text.slug,
        lead=text.lead,
        search_description=text.search_description,
        body=stream(text.body),
        in_footer=text.in_footer,
        show_in_menus=text.in_menu,
    )


def _load_office_pages(home: HomePage, offices: dict[str, Office]) -> None:
    add_missing(
        home,
        "bueros",
        lambda: OfficeIndexPage(
            title=pages.OFFICES_TITLE, slug="bueros", intro=pages.OFFICES_INTRO, show_in_menus=True
        ),
    )
    index = home.get_children().get(slug="bueros")
    for text in OFFICES:
        if not OfficePage.objects.filter(office=offices[text.slug]).exists():
            add_missing(index, text.slug, lambda text=text: _new_office_page(text, offices[text.slug]))


def _new_office_page(text: OfficeText, office: Office) -> OfficePage:
    image = picture(text.scene)
    return OfficePage(
        title=text.name,
        slug=text.slug,
        office=office,
        lead=text.lead,
        search_description=text.lead,
        body=text.body,
        picture=image,
        picture_alt=image.description,
    )


def _load_news(clock: LoadDay, home: HomePage) -> None:
    add_missing(
        home,
        "nachrichten",
        lambda: NewsIndexPage(
            title=pages.NEWS_TITLE,
            slug="nachrichten",
            lead=pages.NEWS_LEAD,
            show_in_menus=True,
            press_contact=stream([("person", PRESS)]),
        ),
    )
    index = home.get_children().get(slug="nachrichten")
    for text in NEWS:
        add_missing(index, text.slug, lambda text=text: _new_news(clock, text))


def _new_news(clock: LoadDay, text: NewsText) -> NewsPage:
    page = NewsPage(
        title=text.title,
        slug=text.slug,
        kicker=text.kicker,
        date=text.day or clock.ago(text.days_ago),
        dateline_place=text.place,
        author_initials=text.initials,
        lead=text.lead,
        search_description=text.search_description,
        pictures=stream(
            ("picture", {"picture": image_value(scene), "caption": caption}) for scene, caption in text.pictures
        ),
        body=stream(text.body),
        contact=stream([("person", text.contact)]),
        teaser_picture=picture(text.teaser) if text.teaser else None,
        district=District.objects.filter(slug=text.district).first(),
        updated_on=None if text.updated_days_ago is None else clock.ago(text.updated_days_ago),
        update_note=text.update_note,
    )
    page.topics = list(Topic.objects.filter(slug__in=text.topics))
    return page
