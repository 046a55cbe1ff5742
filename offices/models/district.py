from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from wagtail.admin.panels import FieldPanel


class District(models.Model):
    """One of the seven districts (Landkreise) of the network, a chain from north-west to south-east."""

    name = models.CharField("Landkreis", max_length=60, unique=True)
    slug = models.SlugField("Kurzname", unique=True)
    ags = models.CharField("Amtlicher Gemeindeschlüssel", max_length=5, unique=True)
    seat = models.CharField("Kreisstadt", max_length=60)
    latitude = models.FloatField("Breite der Kreisstadt", help_text="Grad, WGS 84")
    longitude = models.FloatField("Länge der Kreisstadt", help_text="Grad, WGS 84")
    position = models.PositiveSmallIntegerField(
        "Platz in der Kette", unique=True, help_text="0 = Cloppenburg … 6 = Holzminden"
    )
    sectors = models.CharField("Typische Branchen", max_length=200, blank=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("ags"),
        FieldPanel("seat"),
        FieldPanel("latitude"),
        FieldPanel("longitude"),
        FieldPanel("position"),
        FieldPanel("sectors"),
    ]

    class Meta:
        verbose_name = "Landkreis"
        verbose_name_plural = "Landkreise"
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class Postcode(models.Model):
    """A German postcode and the district that its firms belong to.

    Codes that cross a border carry the district with most of their area; the visitor may choose another office.
    """

    class Kind(models.TextChoices):
        REGULAR = "regular", "gewöhnlich"
        BULK = "bulk", "Großkunden oder Postfach"

    code = models.CharField("PLZ", max_length=5, unique=True, validators=[RegexValidator(r"^\d{5}$")])
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="postcodes", verbose_name="Landkreis")
    kind = models.CharField("Art", max_length=8, choices=Kind, default=Kind.REGULAR)
    crosses_border = models.BooleanField("reicht über die Kreisgrenze", default=False)

    places = models.CharField(
        "Orte",
        max_length=400,
        blank=True,
        help_text="Durch Komma getrennt. Mit diesen Namen findet man das Büro auf der Übersicht der Büros.",
    )

    panels = [
        FieldPanel("code"),
        FieldPanel("places"),
        FieldPanel("district"),
        FieldPanel("kind"),
        FieldPanel("crosses_border"),
    ]

    class Meta:
        verbose_name = "Postleitzahl"
        verbose_name_plural = "Postleitzahlen"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code
