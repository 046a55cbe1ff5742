from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import register_setting

from foundation.models import SiteSettings


@register_setting(icon="time")
class BookingSettings(SiteSettings):
    """Rules of the booking that hold for the whole network."""

    hold_minutes = models.PositiveSmallIntegerField(
        "Gewählte Zeit reservieren (Minuten)",
        default=10,
        validators=[MinValueValidator(2), MaxValueValidator(60)],
    )
    minutes_to_verify = models.PositiveSmallIntegerField(
        "Auf die Bestätigung der E-Mail-Adresse warten (Minuten)",
        default=120,
        validators=[MinValueValidator(10), MaxValueValidator(48 * 60)],
        help_text="Für Anliegen, bei denen die Adresse zuerst bestätigt wird: So lange bleibt die Zeit für den Betrieb "
        "frei, höchstens bis zum Beginn des Termins und bis zur Frist für unbestätigte Anfragen.",
    )
    holds_per_network = models.PositiveSmallIntegerField(
        "Gleichzeitige Reservierungen je Internetanschluss",
        default=12,
        validators=[MinValueValidator(1)],
        help_text="Schützt vor Missbrauch. Mehrere Personen hinter einem Anschluss teilen sich die Zahl.",
    )

    appointments_per_address = models.PositiveSmallIntegerField(
        "Künftige Termine je E-Mail-Adresse",
        default=5,
        validators=[MinValueValidator(1)],
        help_text="Wer mehr braucht, ruft das Büro an.",
    )
    seconds_to_fill_in = models.PositiveSmallIntegerField(
        "Formular frühestens annehmen nach (Sekunden)",
        default=0,
        validators=[MaxValueValidator(30)],
        help_text="Hält Programme auf, die schneller sind als Menschen. 0: aus. Mehr als 3 trifft auch Geübte.",
    )
    offer_days = models.PositiveSmallIntegerField(
        "Ersatztermine reservieren (Tage)",
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(14)],
        help_text="So lange hat ein Betrieb Zeit, eine der angebotenen Zeiten zu wählen, längstens bis zu seinem "
        "Termin. So lange kann sie niemand anderes buchen.",
    )
    minutes_for_earlier = models.PositiveSmallIntegerField(
        "Frühere Zeit reservieren (Minuten)",
        default=120,
        validators=[MinValueValidator(15), MaxValueValidator(48 * 60)],
        help_text="Wird eine Zeit frei, ist sie so lange für den ersten Betrieb reserviert, der früher kommen möchte. "
        "Antwortet er nicht, fragen wir den nächsten. Zwischen 20 und 7 Uhr steht diese Zeit still.",
    )
    fair_weeks = models.PositiveSmallIntegerField(
        "Termine gerecht verteilen über (Wochen)",
        default=8,
        validators=[MinValueValidator(1), MaxValueValidator(52)],
        help_text="Bei „beliebige Beratung“ bekommt den Termin, wer in so vielen Wochen rund um dessen Tag die "
        "wenigsten Termine je Arbeitstag hat. Die Seite „Verteilung“ zeigt, wer dran ist.",
    )
    hours_until_on_request = models.PositiveSmallIntegerField(
        "Zeiten nur auf Anfrage, wenn ein Kalender nicht lesbar ist seit (Stunden)",
        default=72,
        validators=[MinValueValidator(24), MaxValueValidator(30 * 24)],
        help_text="Gilt für Beratungen, die ihren eigenen Kalender verbunden haben. Bis dahin zählt die letzte Kopie. "
        "Eine Änderung wirkt beim nächsten Abruf, spätestens nach sechs Stunden.",
    )
    hours_until_alert = models.PositiveSmallIntegerField(
        "Störung einer Verbindung melden nach (Stunden)",
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(4 * 24)],
        help_text="Lässt sich ein Kalender so lange nicht lesen oder beschreiben oder bleiben E-Mails so lange liegen, "
        "bekommen Beratung und Büro eine E-Mail, und eine zweite, wenn es wieder geht. Ein verweigerter Zugang und "
        "eine abgelehnte E-Mail werden sofort gemeldet.",
    )
    days_until_quiet = models.PositiveSmallIntegerField(
        "Nicht abgerufenen Kalender-Link melden nach (Tagen)",
        default=14,
        validators=[MaxValueValidator(365)],
        help_text="Nur der Beratung, der er gehört. 0: nie.",
    )

    panels = [
        FieldPanel("hold_minutes"),
        FieldPanel("minutes_to_verify"),
        FieldPanel("holds_per_network"),
        FieldPanel("appointments_per_address"),
        FieldPanel("seconds_to_fill_in"),
        FieldPanel("offer_days"),
        FieldPanel("minutes_for_earlier"),
        FieldPanel("fair_weeks"),
        FieldPanel("hours_until_on_request"),
        FieldPanel("hours_until_alert"),
        FieldPanel("days_until_quiet"),
    ]

    class Meta:
        verbose_name = "Terminbuchung"
