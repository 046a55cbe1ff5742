"""Files, partners, press and the three themes of the demo."""

from __future__ import annotations

from courses.models import Topic
from home.demo import network_texts as texts
from home.demo.network_texts import ThemeText
from home.demo.news import PRESS
from home.demo.tree import add_missing, stream
from home.models import DownloadsPage, HomePage, PartnersPage, PressPage, TopicPage
from offices.models import Advisor


def load_network(home: HomePage) -> None:
    for theme in texts.THEMES:
        add_missing(home, theme.slug, lambda theme=theme: _theme(theme))
    add_missing(home, "partner", _partners)
    add_missing(home, "presse", _press)
    add_missing(home, "herunterladen", _downloads)


def _theme(text: ThemeText) -> TopicPage:
    page = TopicPage(
        title=text.title,
        slug=text.slug,
        topic=Topic.objects.get(slug=text.slug),
        lead=text.lead,
        search_description=text.description,
        body=stream(
            piece
            for heading, paragraph in text.paragraphs
            for piece in (("heading", heading), ("paragraph", f"<p>{paragraph}</p>"))
        ),
    )
    page.people = list(Advisor.objects.filter(slug__in=text.people))
    return page


def _partners() -> PartnersPage:
    return PartnersPage(
        title=texts.PARTNERS_TITLE,
        slug="partner",
        lead=texts.PARTNERS_LEAD,
        search_description=texts.PARTNERS_DESCRIPTION,
        in_footer=True,
        districts_lead=texts.DISTRICTS_LEAD,
        providers_lead=texts.PROVIDERS_LEAD,
        sponsors=stream(
            ("partner", {"name": name, "role": role, "text": text, "website": "", "logo": None})
            for name, role, text in texts.SPONSORS
        ),
    )


def _press() -> PressPage:
    return PressPage(
        title=texts.PRESS_TITLE,
        slug="presse",
        lead=texts.PRESS_LEAD,
        search_description=texts.PRESS_DESCRIPTION,
        in_footer=True,
        contact=stream([("person", PRESS)]),
        boilerplate=texts.BOILERPLATE,
    )


def _downloads() -> DownloadsPage:
    return DownloadsPage(
        title=texts.DOWNLOADS_TITLE,
        slug="herunterladen",
        lead=texts.DOWNLOADS_LEAD,
        search_description=texts.DOWNLOADS_DESCRIPTION,
        in_footer=True,
        groups=stream(
            (
                "group",
                {
                    "heading": heading,
                    "files": [
                        {
                            "file": name,
                            "label": "",
                            "description": description,
                            "language": language,
                            "is_accessible": is_accessible,
                        }
                        for name, description, language, is_accessible in files
                    ],
                },
            )
            for heading, files in texts.DOWNLOADS
        ),
    )
