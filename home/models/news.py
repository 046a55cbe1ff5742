from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.formats import date_format
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from courses.models import Topic
from foundation.models import BasePage
from foundation.sharing import share_links
from home.blocks import ContactPersonBlock, RelatedNewsBlock, SliderPictureBlock, TextBody
from home.office_forms import OwnOfficesForm
from home.page_permissions import KeptByOffice
from home.querysets import NewsQuerySet
from home.reading import reading_minutes
from offices.models import District

RELATED = 3


class NewsPage(KeptByOffice, BasePage):
    """One piece of news, built like a press article."""

    kicker = models.CharField("Dachzeile", max_length=80, blank=True)
    date = models.DateField("Datum")
    dateline_place = models.CharField("Ort der Meldung", max_length=60, blank=True)
    district = models.ForeignKey(
        District,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="news",
        verbose_name="Landkreis",
        help_text="Daneben steht der nächste freie Termin seines Büros; ohne Landkreis der des ganzen Netzes.",
    )
    topics = ParentalManyToManyField(
        Topic,
        related_name="news",
        verbose_name="Themen",
        blank=True,
        help_text="Unter diesen Themen findet man die Nachricht in der Übersicht.",
    )
    author_initials = models.CharField("Kürzel", max_length=8, blank=True)
    lead = models.TextField("Vorspann", max_length=600)
    pictures = StreamField([("picture", SliderPictureBlock())], verbose_name="Bilder", blank=True)
    body = StreamField(TextBody(), verbose_name="Text")
    contact = StreamField([("person", ContactPersonBlock())], verbose_name="Ansprechperson", blank=True, max_num=2)
    teaser_picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Bild im Überblick",
    )

    updated_on = models.DateField("Aktualisiert am", null=True, blank=True)
    update_note = models.CharField(
        "Was ist neu", max_length=200, blank=True, help_text="Zum Beispiel: Telefonnummer berichtigt."
    )
    related = StreamField(
        [("news", RelatedNewsBlock(page_type="home.NewsPage", label="Nachricht"))],
        verbose_name="Passt dazu",
        blank=True,
        max_num=RELATED,
        help_text="Leer lassen: dann stehen hier die neuesten Nachrichten zu Thema und Landkreis.",
    )

    content_panels = [
        MultiFieldPanel([FieldPanel("kicker"), *BasePage.content_panels, FieldPanel("lead")], "Kopf"),
        FieldRowPanel([FieldPanel("date"), FieldPanel("dateline_place"), FieldPanel("author_initials")]),
        MultiFieldPanel([FieldPanel("topics", widget=CheckboxSelectMultiple), FieldPanel("district")], "Einordnung"),
        FieldPanel("pictures"),
        FieldPanel("body"),
        FieldPanel("contact"),
        FieldPanel("teaser_picture"),
        FieldPanel("related"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("updated_on"), FieldPanel("update_note")])],
            "Hinweis auf eine Änderung",
        ),
    ]
    objects = PageManager.from_queryset(NewsQuerySet)()

    base_form_class = OwnOfficesForm
    search_kind = "Nachrichten"
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
        index.SearchField("kicker"),
    ]
    parent_page_types = ["home.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "home/news_page.html"

    class Meta:
        verbose_name = "Nachricht"
        verbose_name_plural = "Nachrichten"

    preview_kind = "article"
    read_with = ("district",)

    @property
    def preview_kicker(self) -> str:
        return self.kicker or date_format(self.date, "j. F Y")

    @property
    def preview_places(self) -> str:
        return str(self.district.position) if self.district else ""

    def shown_pictures(self) -> list[int | None]:
        chosen = [piece["value"]["picture"] for piece in self.pictures.raw_data]
        return [found["image"] if isinstance(found, dict) else found for found in chosen]

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        return [found | {"news": self} for found in super().get_sitemap_urls(request)]

    def said_beside(self) -> list[str]:
        district = [self.district.name] if self.district else []
        return [self.dateline_place, *district, *(topic.name for topic in self.topics.all())]

    def clean(self) -> None:
        super().clean()
        if (self.updated_on is None) == bool(self.update_note):
            raise ValidationError({"updated_on": "„Aktualisiert am“ und „Was ist neu“ gehören zusammen."})
        if self.updated_on and self.date and self.updated_on < self.date:
            raise ValidationError({"updated_on": "Die Änderung liegt vor dem Datum der Nachricht."})

    @property
    def reading_minutes(self) -> int:
        return reading_minutes([self.lead, *self.body.stream_block.get_searchable_content(self.body)])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.selectors import fetch_stream_pictures, funding_at, times_beside
        from home.structured_data import news_article
        from home.surroundings import surroundings

        fetch_stream_pictures(self.pictures, self.body)
        address = self.get_full_url(request) or ""
        context = super().get_context(request, *args, **kwargs) | {
            "funding": funding_at(self.date),
            "times": times_beside(self),
            "around": surroundings(self, request),
            "address": address,
            "sharing": share_links(self.title, address),
        }
        return context | {"structured_data": news_article(self, context["around"], address)}
