from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils import timezone
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from courses.models import Topic
from foundation.models import BasePage
from home.blocks import TextBody
from home.office_forms import OwnOfficesForm
from home.page_permissions import KeptByOffice
from home.querysets import EventQuerySet
from offices.models import District, Office


class EventDate(models.Model):
    """When an event takes place: one row for each coherent time, in UTC."""

    event = ParentalKey("home.EventPage", on_delete=models.CASCADE, related_name="dates")
    starts_at = models.DateTimeField("Beginn")
    ends_at = models.DateTimeField("Ende")

    panels = [FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")])]

    class Meta:
        verbose_name = "Termin einer Veranstaltung"
        verbose_name_plural = "Termine einer Veranstaltung"
        ordering = ["starts_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_start")]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.starts_at):%d.%m.%Y %H:%M}"

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": "Das Ende muss nach dem Beginn liegen."})


class EventPage(KeptByOffice, BasePage):
    """Something that takes place at a time: a workshop, a day of talks, an evening."""

    class Kind(models.TextChoices):
        WORKSHOP = "workshop", "Workshop"
        OFFICE_DAY = "office_day", "Sprechtag"
        TALK = "talk", "Infoveranstaltung"
        MEETING = "meeting", "Netzwerktreffen"
        FAIR = "fair", "Messe"

    kind = models.CharField("Art", max_length=12, choices=Kind, default=Kind.WORKSHOP)
    lead = models.TextField("Worum es geht", max_length=400)
    is_cancelled = models.BooleanField("fällt aus", default=False, help_text="Bleibt sichtbar, mit dem Hinweis darauf.")
    is_online = models.BooleanField("online", default=False)
    office = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,  # without it nobody knew any more where to go
        null=True,
        blank=True,
        related_name="+",
        verbose_name="im Büro",
        help_text="Dann gilt dessen Adresse. Bei einem Sprechtag führt von hier ein Link zu seinen freien Zeiten.",
    )
    venue = models.CharField("Raum oder Haus", max_length=120, blank=True)
    street = models.CharField("Straße und Hausnummer", max_length=120, blank=True)
    postcode = models.CharField("PLZ", max_length=5, blank=True)
    town = models.CharField("Stadt oder Gemeinde", max_length=80, blank=True)
    registration_note = models.CharField(
        "Hinweis zur Anmeldung", max_length=200, blank=True, help_text="Zum Beispiel: Bitte bis Montag anmelden."
    )
    registration_url = models.URLField("Anmeldung im Netz", blank=True)
    capacity_note = models.CharField("Plätze", max_length=120, blank=True, help_text="Zum Beispiel: 20 Plätze")
    district = models.ForeignKey(
        District, on_delete=models.SET_NULL, null=True, blank=True, related_name="events", verbose_name="Landkreis"
    )
    topics = ParentalManyToManyField(Topic, related_name="events", verbose_name="Themen", blank=True)
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Bild",
    )
    picture_alt = models.CharField("Was auf dem Bild zu sehen ist", max_length=250, blank=True)
    body = StreamField(TextBody(), verbose_name="Text", blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("kind"),
        FieldPanel("lead"),
        InlinePanel("dates", heading="Termine", label="Termin", min_num=1),
        FieldPanel("is_cancelled"),
        MultiFieldPanel(
            [
                FieldPanel("is_online"),
                FieldPanel("office"),
                FieldPanel("venue"),
                FieldPanel("street"),
                FieldRowPanel([FieldPanel("postcode"), FieldPanel("town")]),
            ],
            "Ort",
        ),
        MultiFieldPanel(
            [FieldPanel("registration_note"), FieldPanel("registration_url"), FieldPanel("capacity_note")], "Anmeldung"
        ),
        MultiFieldPanel([FieldPanel("topics", widget=CheckboxSelectMultiple), FieldPanel("district")], "Einordnung"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], "Bild"),
        FieldPanel("body"),
    ]
    objects = PageManager.from_queryset(EventQuerySet)()

    base_form_class = OwnOfficesForm
    search_kind = "Veranstaltungen"
    search_fields = [*BasePage.search_fields, index.SearchField("lead"), index.SearchField("body")]
    parent_page_types = ["home.EventIndexPage"]
    subpage_types: list[str] = []
    template = "home/event_page.html"

    class Meta:
        verbose_name = "Veranstaltung"
        verbose_name_plural = "Veranstaltungen"

    @property
    def preview_kicker(self) -> str:
        return str(self.get_kind_display())

    @property
    def place(self) -> str:
        """In one line."""
        if self.office:
            return f"{self.office.name}, {self.office.address_line}"
        if self.is_online and not self.town:
            return "online"
        town = f"{self.postcode} {self.town}".strip()
        return ", ".join(part for part in (self.venue, self.street, town) if part)

    def shown_pictures(self) -> list[int | None]:
        return [self.picture_id]

    def said_beside(self) -> list[str]:
        district = [self.district.name] if self.district else []
        return [self.place, *district, *(topic.name for topic in self.topics.all())]

    def clean(self) -> None:
        super().clean()
        if not (self.is_online or self.office_id or self.town):
            raise ValidationError({"town": "Wo? Nennen Sie ein Büro oder einen Ort, oder kreuzen Sie „online“ an."})
        if self.picture_id and not self.picture_alt:
            raise ValidationError({"picture_alt": "Beschreiben Sie das Bild für Menschen, die es nicht sehen."})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.event_details import event_context

        return super().get_context(request, *args, **kwargs) | event_context(self, request, now=timezone.now())
