from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PageManager
from wagtail.search import index
from wagtail.url_routing import RouteResult

from courses.catalogue.markup import LONGEST_MARKUP, allowed_html, is_too_long
from courses.enums import CourseFormat, LanguageLevel, PartOfDay, PriceState, TeachingLanguage
from courses.models.course_form import CourseForm
from courses.models.funding_kind import FundingKind
from courses.models.kept_panel import KeptPanel
from courses.models.origin import Origin
from courses.models.price import check_price, honest_price, price_in_words
from courses.models.provider import Provider
from courses.models.target_group import TargetGroup
from courses.models.topic import Topic
from courses.querysets import CourseQuerySet
from foundation.caching.shelf import kept
from foundation.models import BasePage

_TOO_LONG = (
    f"Höchstens {LONGEST_MARKUP:,} Zeichen, die Zeichen für Absätze und Listen mitgezählt. Bitte kürzen: Mehr liest "
    "die Website auch aus einer Tabelle nicht."
).replace(",", ".", 1)


class CoursePage(Origin, BasePage):
    """One course with its dates. A price that is unknown is never shown as free."""

    Format = CourseFormat
    PriceState = PriceState

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="courses", verbose_name="Anbieter")
    subtitle = models.CharField("Untertitel", max_length=200, blank=True)
    summary = models.CharField("Kurzfassung", max_length=400)
    audience = models.CharField("Für wen", max_length=300, blank=True)
    target_groups = ParentalManyToManyField(TargetGroup, related_name="courses", verbose_name="Zielgruppen", blank=True)
    requirements = models.CharField("Voraussetzungen", max_length=300, blank=True)
    contents = RichTextField("Inhalte", blank=True, features=["h3", "bold", "italic", "ul", "ol"])
    outcome = models.CharField("Was man danach kann", max_length=400, blank=True)
    topics = ParentalManyToManyField(Topic, related_name="courses", verbose_name="Themen")
    keywords = models.CharField(
        "Stichwörter", max_length=300, blank=True, help_text="Wonach Menschen noch suchen. Mit Komma getrennt."
    )
    format = models.CharField("Form", max_length=12, choices=Format, default=Format.ON_SITE)
    part_of_day = models.CharField("Tageszeit", max_length=10, choices=PartOfDay, blank=True)
    flexible_start = models.BooleanField("Einstieg jederzeit möglich", default=False)
    teaching_units = models.PositiveSmallIntegerField(
        "Unterrichtseinheiten", null=True, blank=True, help_text="je 45 Minuten"
    )
    duration_hours = models.PositiveSmallIntegerField("Dauer in Stunden", null=True, blank=True)
    duration_weeks = models.PositiveSmallIntegerField("Dauer in Wochen", null=True, blank=True)
    language = models.CharField("Sprache", max_length=2, choices=TeachingLanguage, default=TeachingLanguage.GERMAN)
    language_level = models.CharField("nötiges Sprachniveau", max_length=2, choices=LanguageLevel, blank=True)
    barrier_free = models.BooleanField("barrierefrei", default=False)
    barrier_free_note = models.CharField(
        "Hinweis zur Barrierefreiheit",
        max_length=300,
        blank=True,
        help_text="Zum Beispiel: Gebärdensprache auf Anfrage, Unterlagen auch für Screenreader.",
    )
    price_state = models.CharField("Preis", max_length=12, choices=PriceState, default=PriceState.UNKNOWN)
    price = models.DecimalField("Betrag in Euro", max_digits=8, decimal_places=2, null=True, blank=True)
    price_note = models.CharField("Hinweis zum Preis", max_length=160, blank=True)
    funding_kinds = ParentalManyToManyField(FundingKind, related_name="courses", verbose_name="Förderungen", blank=True)
    measure_number = models.CharField("Maßnahmenummer (AZAV)", max_length=40, blank=True)
    education_leave_number = models.CharField("Nummer der Anerkennung (Bildungszeit)", max_length=40, blank=True)
    certificate = models.CharField("Abschluss", max_length=160, blank=True)
    dqr_level = models.PositiveSmallIntegerField(
        "DQR-Niveau", null=True, blank=True, choices=[(level, str(level)) for level in range(1, 9)]
    )
    inhouse_possible = models.BooleanField("auch im Betrieb möglich", default=False)
    contact_email = models.EmailField(
        "E-Mail für Fragen", blank=True, help_text="Eine Adresse der Einrichtung. Leer: die des Anbieters."
    )
    contact_phone = models.CharField("Telefon für Fragen", max_length=40, blank=True)
    booking_link = models.URLField("Anmeldung beim Anbieter")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("subtitle"),
        FieldPanel("provider"),
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("topics", widget=CheckboxSelectMultiple),
                FieldPanel("keywords"),
                FieldPanel("target_groups", widget=CheckboxSelectMultiple),
            ],
            "Einordnung",
        ),
        MultiFieldPanel(
            [FieldPanel("audience"), FieldPanel("requirements"), FieldPanel("contents"), FieldPanel("outcome")],
            "Inhalt",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("format"), FieldPanel("part_of_day")]),
                FieldPanel("flexible_start"),
                FieldRowPanel(
                    [FieldPanel("teaching_units"), FieldPanel("duration_hours"), FieldPanel("duration_weeks")]
                ),
                FieldRowPanel([FieldPanel("language"), FieldPanel("language_level")]),
                FieldPanel("barrier_free"),
                FieldPanel("barrier_free_note"),
                FieldRowPanel([FieldPanel("certificate"), FieldPanel("dqr_level")]),
                FieldPanel("inhouse_possible"),
            ],
            "Ablauf",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("price_state"), FieldPanel("price")]),
                FieldPanel("price_note"),
                FieldPanel("funding_kinds", widget=CheckboxSelectMultiple),
                FieldRowPanel([FieldPanel("measure_number"), FieldPanel("education_leave_number")]),
            ],
            "Preis und Förderung",
        ),
        MultiFieldPanel(
            [
                FieldPanel("booking_link"),
                FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")]),
            ],
            "Anmeldung und Fragen",
        ),
        InlinePanel("runs", heading="Durchführungen", label="Durchführung"),
        KeptPanel(heading="Von Hand geändert"),
        Origin.origin_panel,
    ]
    base_form_class = CourseForm
    came_meanwhile = ""
    """To the editor who has just saved it: what others have changed since the form was opened."""

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
        index.SearchField("keywords"),
    ]
    parent_page_types = ["courses.CourseCataloguePage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["provider_reference", "imported_at", "confirmed_at"]
    template = "courses/course_page.html"

    class Meta:
        verbose_name = "Kurs"
        verbose_name_plural = "Kurse"
        constraints = [
            honest_price("course_price_is_honest"),
            models.UniqueConstraint(
                fields=["provider", "provider_reference"],
                condition=~models.Q(provider_reference=""),
                name="course_of_provider_once",
                violation_error_message="Einen Kurs mit dieser Nummer gibt es bei diesem Anbieter schon.",
            ),
        ]

    preview_kicker = "Kurs"
    read_with = ("provider",)

    def said_beside(self) -> list[str]:
        named = (*self.topics.all(), *self.target_groups.all())
        return [self.provider.name, *(entry.name for entry in named)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from courses.course_details import course_context

        return super().get_context(request, *args, **kwargs) | course_context(self, request, timezone.localdate())

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Of a course that was public once the address still answers: that it is gone (F35). At the old address of
        another one a draft says nothing of itself."""
        from courses.gone import GoneCourse, kept_at

        if not path_components and not self.live:
            if self.first_published_at:
                return RouteResult(self, kwargs={"vanished": GoneCourse.of_page(self)})
            if course := kept_at(self.slug):
                return RouteResult(self, kwargs={"vanished": GoneCourse.of_record(course)})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, vanished: Any = None, **kwargs: Any) -> HttpResponse:
        from courses.gone import gone

        if vanished:
            return gone(request, vanished)
        return super().serve(request, *args, **kwargs)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """None while it has no date: its page says noindex then. One query for all courses."""
        from courses.selectors import courses_with_dates_ahead

        dated = kept("courses.with_dates_ahead", lambda: courses_with_dates_ahead(timezone.localdate()))
        return super().get_sitemap_urls(request) if self.starts_any_day or self.pk in dated else []

    @property
    def starts_any_day(self) -> bool:
        """It needs no date to be begun."""
        return self.flexible_start or self.format == self.Format.SELF_PACED

    def with_content_json(self, content: dict[str, Any]) -> CoursePage:
        """What the provider said later counts, whichever version of the page is looked at or published."""
        version: CoursePage = super().with_content_json(content)
        version.confirmed_at = max(filter(None, (self.confirmed_at, version.confirmed_at)), default=None)
        return version

    def clean(self) -> None:
        super().clean()
        check_price(self.price_state, self.price)
        self._check_number()
        if is_too_long(allowed_html(self.contents)):
            raise ValidationError({"contents": _TOO_LONG})

    def _check_number(self) -> None:
        """Two drafts under one number: the second would fail when the worker publishes it, with nobody there to see."""
        if not self.provider_reference or not self.provider_id:
            return
        drafts = CoursePage.objects.drafted_as(self.provider_id, self.provider_reference)
        if other := drafts.exclude(pk=self.pk).first():
            refusal = f"Diese Nummer steht schon im Entwurf von „{other.draft_title}“."
            raise ValidationError({"provider_reference": refusal})

    @property
    def price_text(self) -> str:
        """The price as people read it; an unknown price is said to be unknown."""
        return price_in_words(self.price_state, self.price)

    @property
    def duration_text(self) -> str:
        """„18 Stunden in 3 Wochen“; units of 45 minutes where nobody says hours. Empty where nothing is known."""
        counts = (
            (self.duration_hours, "Stunde", "Stunden"),
            (self.teaching_units, "Unterrichtseinheit", "Unterrichtseinheiten"),
            (self.duration_weeks, "Woche", "Wochen"),
        )
        hours, units, weeks = (
            f"{number} {one if number == 1 else many}" if number else "" for number, one, many in counts
        )
        return " in ".join(part for part in (hours or units, weeks) if part)
