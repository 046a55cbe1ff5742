from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PageManager
from wagtail.search import index

from courses.models.provider import Provider
from courses.models.topic import Topic
from courses.querysets import CourseQuerySet
from foundation.models import BasePage


class CourseCataloguePage(BasePage):
    """The list of all courses across providers."""

    intro = RichTextField("Einleitung", blank=True, features=["bold", "italic", "link"])

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["courses.CoursePage"]
    max_count = 1
    template = "courses/course_catalogue_page.html"

    class Meta:
        verbose_name = "Kursübersicht"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from courses.forms import CatalogueFilter
        from courses.selectors import catalogue

        form = CatalogueFilter(request.GET)
        context = super().get_context(request, *args, **kwargs)
        return context | {
            "form": form,
            "query": urlencode(form.chosen),
            "courses": catalogue(timezone.localdate(), request, chosen=form.chosen, number=request.GET.get("page")),
        }


class CoursePage(BasePage):
    """One course with its dates. A price that is unknown is never shown as free."""

    class Format(models.TextChoices):
        ON_SITE = "on_site", "vor Ort"
        ONLINE = "online", "online"
        BLENDED = "blended", "teils online, teils vor Ort"
        SELF_PACED = "self_paced", "Selbstlernen"

    class PriceState(models.TextChoices):
        AMOUNT = "amount", "Betrag"
        FREE = "free", "kostenfrei"
        ON_REQUEST = "on_request", "auf Anfrage"
        UNKNOWN = "unknown", "nicht bekannt"

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="courses", verbose_name="Anbieter")
    subtitle = models.CharField("Untertitel", max_length=200, blank=True)
    summary = models.CharField("Kurzfassung", max_length=400)
    audience = models.CharField("Für wen", max_length=300, blank=True)
    requirements = models.CharField("Voraussetzungen", max_length=300, blank=True)
    contents = RichTextField("Inhalte", blank=True, features=["h3", "bold", "italic", "ul", "ol"])
    outcome = models.CharField("Was man danach kann", max_length=400, blank=True)
    topics = ParentalManyToManyField(Topic, related_name="courses", verbose_name="Themen")
    format = models.CharField("Form", max_length=12, choices=Format, default=Format.ON_SITE)
    teaching_units = models.PositiveSmallIntegerField(
        "Unterrichtseinheiten", null=True, blank=True, help_text="je 45 Minuten"
    )
    price_state = models.CharField("Preis", max_length=12, choices=PriceState, default=PriceState.UNKNOWN)
    price = models.DecimalField("Betrag in Euro", max_digits=8, decimal_places=2, null=True, blank=True)
    price_note = models.CharField("Hinweis zum Preis", max_length=160, blank=True)
    certificate = models.CharField("Abschluss", max_length=160, blank=True)
    inhouse_possible = models.BooleanField("auch im Betrieb möglich", default=False)
    booking_link = models.URLField("Anmeldung beim Anbieter")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("subtitle"),
        FieldPanel("provider"),
        FieldPanel("summary"),
        FieldPanel("topics"),
        MultiFieldPanel(
            [FieldPanel("audience"), FieldPanel("requirements"), FieldPanel("contents"), FieldPanel("outcome")],
            "Inhalt",
        ),
        MultiFieldPanel(
            [
                FieldPanel("format"),
                FieldPanel("teaching_units"),
                FieldPanel("certificate"),
                FieldPanel("inhouse_possible"),
            ],
            "Ablauf",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("price_state"), FieldPanel("price")]),
                FieldPanel("price_note"),
                FieldPanel("booking_link"),
            ],
            "Preis und Anmeldung",
        ),
        InlinePanel("runs", heading="Durchführungen", label="Durchführung"),
    ]
    objects = PageManager.from_queryset(CourseQuerySet)()

    search_kind = "Kurse"
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("contents"),
        index.SearchField("outcome"),
        index.SearchField("subtitle"),
        index.SearchField("audience"),
        index.SearchField("certificate"),
    ]
    parent_page_types = ["courses.CourseCataloguePage"]
    subpage_types: list[str] = []
    template = "courses/course_page.html"

    class Meta:
        verbose_name = "Kurs"
        verbose_name_plural = "Kurse"

    preview_kicker = "Kurs"

    def said_beside(self) -> list[str]:
        return [self.provider.name, *(topic.name for topic in self.topics.all())]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from courses.selectors import course_runs

        context = super().get_context(request, *args, **kwargs)
        return context | {"runs": course_runs(self, timezone.localdate())}

    def clean(self) -> None:
        super().clean()
        if (self.price_state == self.PriceState.AMOUNT) != (self.price is not None):
            raise ValidationError({"price": "Ein Betrag gehört genau dann hierher, wenn der Preis „Betrag“ lautet."})

    @property
    def price_text(self) -> str:
        """The price as people read it; an unknown price is said to be unknown."""
        if self.price_state == self.PriceState.AMOUNT and self.price is not None:
            whole = f"{self.price:,.2f}".translate(str.maketrans(",.", ".,")).removesuffix(",00")
            return f"{whole} €"
        return {
            self.PriceState.FREE: "kostenfrei",
            self.PriceState.ON_REQUEST: "Preis auf Anfrage",
        }.get(self.PriceState(self.price_state), "Preis nicht bekannt")
