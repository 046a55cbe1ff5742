from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from foundation.caching.shelf import kept


class SiteSettings(BaseGenericSetting):
    """Choices that hold for the whole site, in one row."""

    class Meta:
        abstract = True

    @classmethod
    def in_force(cls) -> Self:
        """What is chosen, the defaults where nobody has chosen yet. One query.

        Unlike `load` it never writes the row: pages ask by GET, which changes nothing.
        """
        return cls.objects.first() or cls()

    @classmethod
    def as_shown(cls) -> Self:
        """The same for pages, which are themselves kept until something changes. One query until it is kept."""
        return kept(f"foundation.settings.{cls._meta.label}", cls.in_force)


@register_setting(icon="tag")
class BrandSettings(SiteSettings):
    """How the network calls itself, on every page and in every mail."""

    wordmark = models.CharField("Wortmarke", max_length=40, default="MehrWert")
    claim = models.CharField("Leitsatz", max_length=120, default="Wir im ländlichen Raum können es auch!")
    contact_email = models.EmailField("Kontaktadresse", default="kontakt@mehrwert.example")
    contact_phone = models.CharField("Telefon", max_length=40, blank=True)

    panels = [
        FieldPanel("wordmark"),
        FieldPanel("claim"),
        FieldPanel("contact_email"),
        FieldPanel("contact_phone"),
    ]

    class Meta:
        verbose_name = "Marke und Kontakt"


@register_setting(icon="lock")
class RetentionSettings(SiteSettings):
    """How long appointment data is kept; the privacy page shows these figures, the clean-up obeys them."""

    unconfirmed_hours = models.PositiveSmallIntegerField(
        "Unbestätigte Anfragen löschen nach (Stunden)", default=48, validators=[MinValueValidator(1)]
    )
    cancelled_days = models.PositiveSmallIntegerField(
        "Abgesagte Termine anonymisieren nach (Tagen)", default=30, validators=[MinValueValidator(1)]
    )
    held_months = models.PositiveSmallIntegerField(
        "Gehaltene Termine anonymisieren nach (Monaten)",
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    mail_days = models.PositiveSmallIntegerField(
        "Inhalt versandter E-Mails löschen nach (Tagen)", default=30, validators=[MinValueValidator(1)]
    )
    form_hours = models.PositiveSmallIntegerField(
        "Merkmal abgesandter Formulare löschen nach (Stunden)",
        default=24,
        validators=[MinValueValidator(2), MaxValueValidator(7 * 24)],
        help_text="Kontakt und „Hürde melden“: Das Merkmal verhindert doppelte E-Mails und Missbrauch und enthält "
        "nichts Getipptes. So lange kann ein geöffnetes Formular abgeschickt werden. Die Nachricht selbst geht mit der "
        "Frist für E-Mails.",
    )
    demand_months = models.PositiveSmallIntegerField(
        "Gemeldeten Bildungsbedarf löschen nach (Monaten)",
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text="Die Meldungen nennen niemanden. Gesuchte Wörter, die selten vorkommen, gehen schon nach 90 Tagen.",
    )

    panels = [
        FieldPanel("unconfirmed_hours"),
        FieldPanel("cancelled_days"),
        FieldPanel("held_months"),
        FieldPanel("mail_days"),
        FieldPanel("form_hours"),
        FieldPanel("demand_months"),
    ]

    class Meta:
        verbose_name = "Aufbewahrungsfristen"
