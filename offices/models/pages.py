from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.search import index

from foundation.caching.shelf import kept
from foundation.models import BasePage
from offices.models.district import District
from offices.models.office import Office


def places_of(districts: Iterable[District]) -> str:
    """Where they stand in the chain, as `lit` of components/mark.html."""
    return "".join(str(district.position) for district in districts)


class OfficeIndexPage(BasePage):
    """All offices, the districts they serve, and the postcode search."""

    intro = RichTextField("Einleitung", blank=True, features=["bold", "italic", "link"])

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    search_kind = "Büros"
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["offices.OfficePage"]
    max_count = 1
    template = "offices/office_index_page.html"

    class Meta:
        verbose_name = "Übersicht der Büros"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from offices.nearby import nearby
        from offices.selectors import network_map, office_teasers

        context = super().get_context(request, *args, **kwargs)
        return context | {
            "nodes": network_map(request),
            "nearby": nearby(request.GET.get("ort", ""), request),
            "offices": office_teasers(request),
        }


class OfficePage(RoutablePageMixin, BasePage):
    """One office: address, team, times, and the way into the booking; below it its people and contacts."""

    office = models.OneToOneField(Office, on_delete=models.PROTECT, related_name="page", verbose_name="Büro")
    lead = models.CharField("Anreißer", max_length=300, blank=True)
    body = RichTextField("Text", blank=True, features=["h2", "h3", "bold", "italic", "link", "ul", "ol"])
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Bild",
    )
    picture_alt = models.CharField(
        "Bildbeschreibung", max_length=200, blank=True, help_text="Leer lassen, wenn das Bild nur schmückt."
    )

    content_panels = [
        *BasePage.content_panels,
        # Who writes for one office may not turn its page into that of another.
        FieldPanel("office", permission="offices.change_office"),
        FieldPanel("lead"),
        FieldPanel("body"),
        FieldPanel("picture"),
        FieldPanel("picture_alt"),
    ]
    search_kind = "Büros"
    search_fields = [*BasePage.search_fields, index.SearchField("lead"), index.SearchField("body")]
    parent_page_types = ["offices.OfficeIndexPage"]
    subpage_types: list[str] = []
    template = "offices/office_page.html"

    class Meta:
        verbose_name = "Büro-Seite"
        verbose_name_plural = "Büro-Seiten"

    preview_kicker = "Beratung in Ihrer Nähe"
    read_with = ("office", "picture")

    def shown_pictures(self) -> list[int | None]:
        return [self.picture_id]

    def said_beside(self) -> list[str]:
        office = self.office
        return [office.name, office.town, office.street, office.postcode, *(d.name for d in office.districts.all())]

    @property
    def preview_places(self) -> str:
        return places_of(self.office.districts.all())

    @path("")
    def office_itself(self, request: HttpRequest) -> HttpResponse:
        return self.render(request)

    @path("team/<slug:slug>/", name="advisor")
    def advisor_page(self, request: HttpRequest, slug: str) -> HttpResponse:
        from offices.people import advisor_detail

        person = kept(f"offices.person.{self.pk}.{slug}", lambda: advisor_detail(self, slug))
        return self.render(request, template="offices/advisor_page.html", person=person)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """With the pages of the people. One query for all offices."""
        from offices.people import shown_people

        own = super().get_sitemap_urls(request)
        people = kept("offices.shown_people", shown_people).get(self.office_id, [])
        return own + [
            {
                "location": self.get_full_url(request) + self.reverse_subpage("advisor", args=[person.slug]),
                "lastmod": person.updated_at,
            }
            for person in people
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from offices.frame import office_frame
        from offices.people import office_contact
        from offices.selectors import network_map
        from offices.structured_data import government_office

        context = super().get_context(request, *args, **kwargs)
        if "person" in kwargs:
            return context | kwargs | {"canonical": kwargs["person"].full_url}
        # The picture of a preview is that of a draft, and so are the addresses below it.
        taken = _made_anew if getattr(request, "is_preview", False) else kept
        frame = office_frame(self, now=timezone.now(), taken=taken)
        detail = frame.detail
        address = self.get_full_url(request) or ""
        return context | {
            "structured_data": government_office(detail, address=address, map_url=frame.map_url),
            "detail": detail,
            "opening": frame.opening,
            "contact": taken(f"offices.contact.{self.pk}", lambda: office_contact(detail.office)),
            "map_url": frame.map_url,
            "route_url": frame.route_url,
            "nodes": network_map(request, current=detail.office),
            "lit_places": places_of(detail.districts),
        }


def _made_anew(name: str, make: Callable[[], Any]) -> Any:
    """In the place of `kept`: nothing is taken from the shelf, and nothing left there."""
    return make()
