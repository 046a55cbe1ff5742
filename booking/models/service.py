from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from booking.domain.policy import BookingPolicy
from booking.domain.reminders import LONGEST_LEAD
from booking.models.fields import DurationsField, KindsField
from booking.querysets import FreeTimesQuerySet


class Service(ClusterableModel):
    """What a firm books (Anliegen), and the rules of its times. Spans are whole minutes unless they say otherwise."""

    name = models.CharField("Anliegen", max_length=80, unique=True)
    slug = models.SlugField("Kurzname in Adressen", unique=True)
    summary = models.CharField("Kurz erklärt", max_length=250)
    what_to_bring = models.TextField("Was mitbringen", blank=True)
    confirmation_text = models.TextField(
        "Text zur Bestätigung",
        blank=True,
        max_length=1000,
        help_text="Steht nach der Buchung auf der Seite des Termins und in der E-Mail an den Betrieb, zum Beispiel: wo "
        "man parkt oder wie es weitergeht. Eine leere Zeile trennt Absätze. Leer lassen: kein Text.",
    )
    duration = models.PositiveSmallIntegerField(
        "Dauer (Minuten)",
        validators=[MinValueValidator(5), MaxValueValidator(480)],
        help_text="So lange dauert das Gespräch. Es endet immer innerhalb der Beratungszeit.",
    )
    further_durations = DurationsField(
        "Weitere Dauern zur Wahl (Minuten)",
        help_text="Mit Komma getrennt, zum Beispiel: 60, 90. Der Betrieb wählt dann selbst; ohne Wahl gilt die Dauer "
        "daneben. Leer lassen: keine Wahl. Ein gebuchter Termin behält seine Dauer, auch wenn Sie hier etwas ändern.",
    )
    buffer_before = models.PositiveSmallIntegerField(
        "Puffer davor (Minuten)",
        default=0,
        validators=[MaxValueValidator(240)],
        help_text="So lange vor dem Gespräch darf kein anderer Termin liegen. Der Puffer darf vor der Beratungszeit "
        "beginnen.",
    )
    buffer_after = models.PositiveSmallIntegerField(
        "Puffer danach (Minuten)",
        default=0,
        validators=[MaxValueValidator(240)],
        help_text="So lange nach dem Gespräch darf kein anderer Termin liegen. Der Puffer darf über die Beratungszeit "
        "hinausgehen.",
    )
    step = models.PositiveSmallIntegerField(
        "Raster der Anfangszeiten (Minuten)",
        default=30,
        validators=[MinValueValidator(5), MaxValueValidator(240)],
        help_text="Gezählt vom Beginn der Beratungszeit: Bei 30 Minuten und Beginn um 9:15 Uhr werden 9:15, 9:45, "
        "10:15 Uhr … angeboten.",
    )
    notice_hours = models.PositiveSmallIntegerField(
        "Vorlauf mindestens (Stunden)",
        default=24,
        help_text="So viele Stunden muss ein Termin bei der Buchung noch entfernt sein, Nächte und Wochenenden "
        "mitgezählt. Gilt nicht, wenn daneben Arbeitstage stehen.",
    )
    notice_working_days = models.PositiveSmallIntegerField(
        "Vorlauf mindestens (Arbeitstage)",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        help_text="Leer lassen: Es gelten die Stunden. Arbeitstage sind Montag bis Freitag ohne die Feiertage des "
        "Büros. Eine Buchung bis 16:59 Uhr zählt für ihren Tag, eine spätere für den nächsten Arbeitstag. Bei 1 "
        "Arbeitstag ist freitags bis 16:59 Uhr der Montag buchbar, ab 17 Uhr erst der Dienstag.",
    )
    horizon_days = models.PositiveSmallIntegerField(
        "Buchbar bis (Tage im Voraus)",
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text="Kalendertage ab heute. Spätere Tage erscheinen noch nicht.",
    )
    cap_per_day = models.PositiveSmallIntegerField(
        "Höchstens am Tag",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text="So viele Termine dieses Anliegens hat eine Beratungsperson höchstens an einem Tag. Gezählt werden "
        "gebuchte und gerade reservierte, in allen Büros. Leer lassen: so viele, wie passen.",
    )
    cap_per_week = models.PositiveSmallIntegerField(
        "Höchstens in der Woche",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(200)],
        help_text="Ebenso von Montag bis Sonntag.",
    )
    reminder_hours = models.PositiveSmallIntegerField(
        "Erinnerung vorher (Stunden)",
        default=24,
        validators=[MaxValueValidator(LONGEST_LEAD)],
        help_text="So lange vorher bekommt der Betrieb eine E-Mail mit der Frage, ob es dabei bleibt. 0: keine.",
    )
    held_months = models.PositiveSmallIntegerField(
        "Daten aufbewahren (Monate)",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text="So lange nach dem Gespräch bleiben die Angaben des Betriebs gespeichert, danach werden sie "
        "anonymisiert. Leer lassen: Es gilt die Frist für gehaltene Termine aus den Aufbewahrungsfristen. Abgesagte "
        "Termine haben immer deren Frist. Eine Änderung gilt auch für schon gebuchte Termine.",
    )
    confirm_email_first = models.BooleanField(
        "E-Mail-Adresse zuerst bestätigen lassen",
        default=False,
        help_text="Der Betrieb bekommt nach dem Formular eine E-Mail mit einem Link. Gebucht ist erst, wenn er ihn "
        "bestätigt; bis dahin bleibt die Zeit für ihn frei und die Beratungsperson erfährt nichts. Sinnvoll, wenn "
        "Termine mit falschen Adressen gebucht werden. Termine, die das Büro selbst einträgt, gelten sofort.",
    )
    kinds = KindsField("Arten", help_text="Wie das Gespräch stattfinden kann.")
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    is_active = models.BooleanField("buchbar", default=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = FreeTimesQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("slug"),
                FieldPanel("summary"),
                FieldPanel("what_to_bring"),
                FieldPanel("confirmation_text"),
            ]
        ),
        MultiFieldPanel(
            [
                FieldPanel("kinds"),
                FieldRowPanel([FieldPanel("duration"), FieldPanel("further_durations")]),
                FieldPanel("step"),
                FieldRowPanel([FieldPanel("buffer_before"), FieldPanel("buffer_after")]),
                FieldRowPanel([FieldPanel("notice_hours"), FieldPanel("notice_working_days")]),
                FieldPanel("horizon_days"),
                FieldRowPanel([FieldPanel("cap_per_day"), FieldPanel("cap_per_week")]),
                FieldPanel("confirm_email_first"),
                FieldPanel("reminder_hours"),
                FieldPanel("held_months"),
            ],
            "Regeln",
        ),
        InlinePanel(
            "questions",
            heading="Eigene Fragen",
            label="Frage",
            max_num=10,
            help_text="Sie stehen im Formular der Buchung nach dem Thema. Fragen Sie nur, was Sie für das Gespräch "
            "brauchen. Antworten behalten den Wortlaut der Frage, auch wenn Sie sie später ändern.",
        ),
        FieldRowPanel([FieldPanel("position"), FieldPanel("is_active")]),
    ]

    class Meta:
        verbose_name = "Anliegen"
        verbose_name_plural = "Anliegen"
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def durations(self) -> list[int]:
        """All that can be chosen, the shortest first."""
        return sorted({self.duration, *self.further_durations})

    @property
    def duration_label(self) -> str:
        """„60 Minuten“, „30, 60 oder 90 Minuten“"""
        *first, last = map(str, self.durations)
        return f"{', '.join(first)} oder {last} Minuten" if first else f"{last} Minuten"

    @property
    def is_capped(self) -> bool:
        return self.cap_per_day is not None or self.cap_per_week is not None

    @property
    def policy(self) -> BookingPolicy:
        return self.policy_for(None)

    def policy_for(self, minutes: int | None) -> BookingPolicy:
        """The rules of a consultation of so many minutes; None: of the usual duration.

        Takes any number: an appointment keeps its own duration when the service has another one since.
        """
        return BookingPolicy(
            duration=minutes or self.duration,
            buffer_before=self.buffer_before,
            buffer_after=self.buffer_after,
            step=self.step,
            notice=self.notice_hours * 60,
            horizon_days=self.horizon_days,
            notice_working_days=self.notice_working_days,
            cap_per_day=self.cap_per_day,
            cap_per_week=self.cap_per_week,
        )
