from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from offices.models.office import Office
from offices.querysets import AdvisorQuerySet

NOT_NAMED = "jemand aus dem Team"


class Advisor(models.Model):
    """A person who gives consultations (Beratung), working from one office."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="advisor",
        verbose_name="Benutzerkonto",
        help_text="Mit diesem Konto sieht die Person ihre Termine und pflegt ihre Zeiten.",
    )
    name = models.CharField("Name", max_length=80)
    slug = models.SlugField("Kurzname in Adressen", unique=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="advisors", verbose_name="Büro")
    role = models.CharField("Aufgabe", max_length=120, blank=True, help_text="Zum Beispiel: Weiterbildungsberatung")
    focus = models.CharField("Schwerpunkte", max_length=200, blank=True)
    phone = models.CharField("Telefon", max_length=40, blank=True)
    email = models.EmailField("E-Mail", blank=True)
    portrait = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Porträt",
    )
    share_percent = models.PositiveSmallIntegerField(
        "Stellenanteil (Prozent)",
        default=100,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text="100: volle Stelle. Mit 50 bekommt die Person bei „beliebige Beratung“ halb so viele Termine.",
    )
    in_pool = models.BooleanField(
        "nimmt an „beliebige Beratung“ teil",
        default=True,
        help_text="Ohne Häkchen bekommt die Person nur Termine, für die sie ausdrücklich gewählt wird.",
    )
    about = RichTextField(
        "Über die Person",
        blank=True,
        features=["bold", "italic", "link", "ul"],
        help_text="Steht auf der Seite der Person: was sie gelernt hat, was ihr wichtig ist.",
    )
    is_public = models.BooleanField(
        "auf der Website zeigen",
        default=True,
        help_text=(
            "Ohne Häkchen verschwindet die Person: ihre Seite, ihre Kontaktdatei, ihr Name im Team und bei der "
            "Buchung. Sie berät weiter; Betriebe lesen dann „jemand aus dem Team“. Namen in Texten und Nachrichten "
            "ändern Sie dort."
        ),
    )
    is_active = models.BooleanField("berät zurzeit", default=True)
    is_example = models.BooleanField("erfundenes Beispiel", default=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = AdvisorQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("slug"),
                FieldPanel("office"),
                FieldPanel("role"),
                FieldPanel("focus"),
                FieldPanel("about"),
                FieldPanel("portrait"),
            ],
            "Person",
        ),
        MultiFieldPanel([FieldPanel("phone"), FieldPanel("email")], "Kontakt"),
        MultiFieldPanel([FieldPanel("share_percent"), FieldPanel("in_pool")], "Verteilung der Termine"),
        MultiFieldPanel(
            [FieldPanel("user"), FieldPanel("is_public"), FieldPanel("is_active"), FieldPanel("is_example")],
            "Verwaltung",
        ),
    ]

    class Meta:
        verbose_name = "Beratungsperson"
        verbose_name_plural = "Beratungspersonen"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def public_name(self) -> str:
        """For firms and visitors, whoever advises them."""
        return self.name if self.is_public else NOT_NAMED
