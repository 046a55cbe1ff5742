from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from offices.addresses import office_addresses
from offices.holidays import days_closed, holidays_in_law
from offices.models.district import District
from offices.models.fields import PublicHolidaysField
from offices.querysets import OfficeQuerySet


class PostalAddress(models.Model):
    """Where people meet: an office or the place of an office day."""

    street = models.CharField("Straße und Hausnummer", max_length=120)
    postcode = models.CharField("PLZ", max_length=5)
    town = models.CharField("Ort", max_length=80)
    step_free = models.BooleanField("stufenlos erreichbar", default=False)
    arrival = models.TextField("Anfahrt", blank=True, help_text="Bus, Parkplatz, Eingang – in zwei, drei Sätzen.")

    updated_at = models.DateTimeField(auto_now=True)

    address_panels = [
        FieldPanel("street"),
        FieldRowPanel([FieldPanel("postcode"), FieldPanel("town")]),
        FieldPanel("step_free"),
        FieldPanel("arrival"),
    ]

    class Meta:
        abstract = True

    @property
    def address_line(self) -> str:
        return f"{self.street}, {self.postcode} {self.town}"


class Office(PostalAddress, ClusterableModel):
    """A regional advisory office (MehrWert-Büro) and the districts that it serves."""

    name = models.CharField("Name", max_length=80, unique=True)
    slug = models.SlugField("Kurzname in Adressen", unique=True)
    districts = ParentalManyToManyField(District, related_name="offices", verbose_name="zuständig für")
    latitude = models.FloatField("Breite", help_text="Grad, WGS 84")
    longitude = models.FloatField("Länge", help_text="Grad, WGS 84")
    phone = models.CharField("Telefon", max_length=40, blank=True)
    email = models.EmailField("E-Mail", blank=True)
    is_active = models.BooleanField("in Betrieb", default=True)
    holidays = PublicHolidaysField(
        "An diesen Feiertagen geschlossen",
        blank=True,
        default=holidays_in_law,
        help_text=(
            "An den angekreuzten Feiertagen werden keine Termine angeboten. Fronleichnam und Allerheiligen sind in "
            "Niedersachsen keine gesetzlichen Feiertage: Kreuzen Sie sie an, wo sie trotzdem begangen werden. Soll "
            "an einem Feiertag beraten werden, nehmen Sie das Kreuz weg."
        ),
    )

    objects = OfficeQuerySet.as_manager()

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("slug"), FieldPanel("is_active")], "Büro"),
        FieldPanel("districts"),
        MultiFieldPanel(
            [*PostalAddress.address_panels, FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")])],
            "Adresse",
        ),
        MultiFieldPanel([FieldPanel("phone"), FieldPanel("email")], "Kontakt"),
        InlinePanel("opening_hours", heading="Öffnungszeiten", label="Öffnungszeit"),
        FieldPanel("holidays"),
    ]

    class Meta:
        verbose_name = "Büro"
        verbose_name_plural = "Büros"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if hidden := office_addresses.hidden(self.slug):
            sentence = (
                f"Mit diesem Kurznamen wäre das Büro nicht zu erreichen: Die Adresse {hidden} gehört zu einer anderen "
                "Seite. Bitte wählen Sie einen anderen."
            )
            raise ValidationError({"slug": sentence})

    def holidays_of(self, years: range) -> dict[date, str]:
        """Public holidays of those years on which this office is closed, with their names. No query."""
        return days_closed(self.holidays, years)


class OpeningHours(models.Model):
    """When an office is open for walk-ins on one weekday, wall clock of Europe/Berlin.

    An end that is not after the beginning lies on the next day.
    """

    WEEKDAYS = [
        (0, "Montag"),
        (1, "Dienstag"),
        (2, "Mittwoch"),
        (3, "Donnerstag"),
        (4, "Freitag"),
        (5, "Samstag"),
        (6, "Sonntag"),
    ]

    office = ParentalKey(Office, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField("Wochentag", choices=WEEKDAYS)
    opens_at = models.TimeField("von")
    closes_at = models.TimeField(
        "bis", help_text="Liegt das Ende nicht nach dem Beginn, gilt es am nächsten Tag: 18:00 bis 0:00 Uhr."
    )

    panels = [FieldRowPanel([FieldPanel("weekday"), FieldPanel("opens_at"), FieldPanel("closes_at")])]

    class Meta:
        verbose_name = "Öffnungszeit"
        verbose_name_plural = "Öffnungszeiten"
        ordering = ["weekday", "opens_at"]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens_at:%H:%M}–{self.closes_at:%H:%M}"
