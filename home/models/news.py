from __future__ import annotations

from typing import Any

from django.conf import settings
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
from home.blocks import ContactPersonBlock, SliderPictureBlock, TextBody
from home.querysets import NewsQuerySet
from offices.models import District


class NewsPage(BasePage):
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

    content_panels = [
        MultiFieldPanel([FieldPanel("kicker"), *BasePage.content_panels, FieldPanel("lead")], "Kopf"),
        FieldRowPanel([FieldPanel("date"), FieldPanel("dateline_place"), FieldPanel("author_initials")]),
        MultiFieldPanel([FieldPanel("topics", widget=CheckboxSelectMultiple), FieldPanel("district")], "Einordnung"),
        FieldPanel("pictures"),
        FieldPanel("body"),
        FieldPanel("contact"),
        FieldPanel("teaser_picture"),
    ]
    objects = PageManager.from_queryset(NewsQuerySet)()

    search_fields = [*BasePage.search_fields, index.SearchField("lead"), index.SearchField("body")]
    parent_page_types = ["home.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "home/news_page.html"

    class Meta:
        verbose_name = "Nachricht"
        verbose_name_plural = "Nachrichten"

    preview_kind = "article"

    @property
    def preview_kicker(self) -> str:
        return self.kicker or date_format(self.date, "j. F Y")

    @property
    def preview_places(self) -> str:
        return str(self.district.position) if self.district else ""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.selectors import fetch_stream_pictures, funding_at, times_beside

        fetch_stream_pictures(self.pictures, self.body)
        context = super().get_context(request, *args, **kwargs)
        return context | {"funding": funding_at(self.date), "times": times_beside(self)}
