from __future__ import annotations

import json
from datetime import date

import factory
import wagtail_factories
from wagtail.models import Page, Site

from foundation.models import CreditedImage, SiteDocument
from home.models import (
    AccessibilityPage,
    ContactPage,
    DownloadsPage,
    EventDate,
    EventIndexPage,
    EventPage,
    FaqPage,
    GlossaryPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    PartnersPage,
    PressPage,
    StandardPage,
    TopicPage,
)
from offices.models import OfficeIndexPage, OfficePage
from tests.factories.courses import TopicFactory
from tests.factories.numbers import numbered
from tests.factories.offices import OfficeFactory


class PictureFactory(wagtail_factories.ImageFactory):
    class Meta:
        model = CreditedImage

    title = numbered("Bild {}")
    file = factory.django.ImageField(width=64, height=36, format="JPEG", filename="bild.jpg")
    credit = "Illustration: MehrWert"


class DocumentFactory(wagtail_factories.DocumentFactory):
    class Meta:
        model = SiteDocument

    title = numbered("Datei {}")
    file = factory.django.FileField(filename="fragen.pdf", data=b"%PDF-1.7" * 200)


def stream(*pieces: tuple[str, object]) -> str:
    return json.dumps([{"type": name, "value": value} for name, value in pieces])


def picture_value(image: CreditedImage | None = None, alt: str = "Ein Feld") -> dict[str, object]:
    return {"image": (image or PictureFactory()).pk, "decorative": False, "alt_text": alt}


class HomePageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = HomePage

    title = "MehrWert"
    slug = "startseite"
    headline = "Wir im ländlichen Raum können es auch!"
    lead = "Wir beraten Betriebe."


class NewsIndexPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = NewsIndexPage

    title = "Nachrichten"
    slug = "nachrichten"


class NewsPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = NewsPage

    title = numbered("Nachricht {}")
    slug = numbered("nachricht-{}")
    date = date(2026, 11, 1)
    lead = "Was geschehen ist."
    body = stream(("paragraph", "<p>Mehr dazu.</p>"))
    teaser_picture = factory.SubFactory(PictureFactory)


class EventIndexPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = EventIndexPage

    title = "Veranstaltungen"
    slug = "veranstaltungen"


class EventPageFactory(wagtail_factories.PageFactory):
    """With `dates` as pairs of beginning and end."""

    class Meta:
        model = EventPage

    title = numbered("Veranstaltung {}")
    slug = numbered("veranstaltung-{}")
    lead = "Worum es geht."
    venue = "Rathaus"
    street = "Markt 1"
    postcode = "31675"
    town = "Bückeburg"

    @classmethod
    def _create(cls, model_class, *args, dates=(), **kwargs):
        kwargs["dates"] = [EventDate(starts_at=start, ends_at=end) for start, end in dates]
        return super()._create(model_class, *args, **kwargs)


class StandardPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = StandardPage

    title = numbered("Seite {}")
    slug = numbered("seite-{}")
    body = stream(("paragraph", "<p>Text.</p>"))


class ContactPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = ContactPage

    title = "Kontakt"
    slug = "kontakt"
    lead = "Schreiben Sie uns."


class AccessibilityPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = AccessibilityPage

    title = "Erklärung zur Barrierefreiheit"
    slug = "barrierefreiheit"
    scope = "<p>Für die Website.</p>"
    method = "<p>Selbst geprüft.</p>"
    gaps = stream(("gap", {"what": "Videos", "why": "Sie fehlen.", "instead": "Anruf genügt."}))
    arbitration = "<p>Die Stelle hilft.</p>"
    made_on = date(2026, 10, 1)
    checked_on = date(2026, 11, 1)


class FaqPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = FaqPage

    title = "Fragen und Antworten"
    slug = "fragen"


class GlossaryPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = GlossaryPage

    title = "Glossar"
    slug = "glossar"


class DownloadsPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = DownloadsPage

    title = "Zum Herunterladen"
    slug = "herunterladen"


class PartnersPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = PartnersPage

    title = "Partner"
    slug = "partner"


class PressPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = PressPage

    title = "Presse"
    slug = "presse"
    boilerplate = "Wir sind sieben Landkreise."


class TopicPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = TopicPage

    title = "Digitalisierung"
    slug = "digitalisierung"
    topic = factory.SubFactory(TopicFactory)


class OfficeIndexPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = OfficeIndexPage

    title = "Büros"
    slug = "bueros"


class OfficePageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = OfficePage

    office = factory.SubFactory(OfficeFactory)
    title = factory.LazyAttribute(lambda page: page.office.name)
    slug = factory.LazyAttribute(lambda page: page.office.slug)


def new_site() -> HomePage:
    """An empty site whose root is a new home page."""
    home = HomePageFactory(parent=Page.get_first_root_node())
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": home}
    )
    Site.clear_site_root_paths_cache()
    return home
