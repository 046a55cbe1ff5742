from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from booking.models.fields import KindsField
from booking.models.service import Service
from foundation.models import RecurringHours
from foundation.models.recurring_hours import LONGEST_PAUSE
from foundation.recurrences.expansion import days_of
from foundation.recurrences.fields import DayRecurrenceField, text_of
from offices.models import Advisor, Office


class AvailabilityRule(RecurringHours):
    """When an advisor can be booked at an office. Office days bring their own times and need no rule here."""

    advisor = models.ForeignKey(
        Advisor, on_delete=models.CASCADE, related_name="availability_rules", verbose_name="Beratungsperson"
    )
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="availability_rules", verbose_name="Büro")
    kinds = KindsField("Arten")
    services = models.ManyToManyField(
        Service, blank=True, related_name="availability_rules", verbose_name="Anliegen", help_text="Leer lassen: alle."
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("advisor", help_text="Wessen Zeit das ist. Abwesenheiten gehen vor."),
                FieldPanel(
                    "office",
                    help_text="Wo in dieser Zeit beraten wird. Feiertage und Schließzeiten dieses Büros gehen vor.",
                ),
            ],
            "Wer und wo",
        ),
        MultiFieldPanel(RecurringHours.hours_panels, "Wann"),
        MultiFieldPanel(
            [
                FieldPanel(
                    "kinds",
                    help_text="So kann ein Gespräch in dieser Zeit stattfinden. Angeboten wird davon, was auch das "
                    "Anliegen vorsieht.",
                ),
                FieldPanel(
                    "services",
                    widget=forms.CheckboxSelectMultiple,
                    help_text="Nur für diese Anliegen ist die Zeit da. Ohne Häkchen: für alle.",
                ),
            ],
            "Wofür",
        ),
    ]

    class Meta:
        verbose_name = "Beratungszeit"
        verbose_name_plural = "Beratungszeiten"
        ordering = ["advisor", "valid_from", "start_time"]

    def __str__(self) -> str:
        return f"{self.advisor}, {self.start_time:%H:%M}–{self.end_time:%H:%M} Uhr"


class Closure(models.Model):
    """Days, or hours of days, without consultations: for the whole network, one office, or one advisor.

    Without `days` every day from the first to the last; with them only the days that the recurrence names in between.
    """

    office = models.ForeignKey(
        Office, on_delete=models.CASCADE, null=True, blank=True, related_name="closures", verbose_name="Büro"
    )
    advisor = models.ForeignKey(
        Advisor,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="closures",
        verbose_name="Beratungsperson",
    )
    reason = models.CharField("Grund", max_length=120, help_text="Nur intern: Urlaub, Betriebsausflug, Fortbildung …")
    first_day = models.DateField("erster Tag")
    last_day = models.DateField(
        "letzter Tag", help_text="Bei einem einzigen Tag derselbe wie der erste. Eine Wiederholung endet hier."
    )
    days = DayRecurrenceField(
        "Wiederholung",
        blank=True,
        default="",
        help_text=(
            "Leer lassen: Die Schließzeit gilt an allen Tagen vom ersten bis zum letzten. Mit einer Regel gilt sie "
            "dazwischen nur an deren Tagen, zum Beispiel jeden ersten Montag im Monat."
        ),
    )
    start_time = models.TimeField("von", null=True, blank=True, help_text="Leer lassen: ganze Tage.")
    end_time = models.TimeField("bis", null=True, blank=True)

    panels = [
        FieldPanel("reason"),
        FieldRowPanel(
            [
                FieldPanel("office", help_text="Dann berät dort niemand. Ohne Büro und Person gilt es überall."),
                FieldPanel("advisor", help_text="Dann berät diese Person nirgends."),
            ]
        ),
        FieldRowPanel(
            [
                FieldPanel("first_day", help_text="An diesem Tag beginnt die Schließzeit."),
                FieldPanel("last_day"),
            ]
        ),
        FieldRowPanel(
            [
                FieldPanel("start_time"),
                FieldPanel("end_time", help_text="Gespräche dürfen um diese Uhrzeit wieder beginnen."),
            ]
        ),
        MultiFieldPanel([FieldPanel("days")], "Wiederholung", classname="collapsed"),
    ]

    class Meta:
        verbose_name = "Schließzeit"
        verbose_name_plural = "Schließzeiten"
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="closure_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} ({self.first_day:%d.%m.%Y}–{self.last_day:%d.%m.%Y})"

    def clean(self) -> None:
        super().clean()
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": "Der letzte Tag liegt vor dem ersten."})
        if (self.start_time is None) != (self.end_time is None):
            raise ValidationError({"end_time": "Bitte beide Uhrzeiten angeben oder beide leer lassen."})
        if self.start_time and self.end_time and self.end_time <= self.start_time:
            raise ValidationError({"end_time": "Das Ende muss nach dem Beginn liegen."})
        if self.office_id and self.advisor_id:
            raise ValidationError("Bitte entweder ein Büro oder eine Beratungsperson wählen, nicht beides.")
        if self.first_day and self.last_day and self.recurs and not self._names_a_day():
            raise ValidationError({"days": "Diese Regel trifft vom ersten bis zum letzten Tag keinen einzigen Tag."})

    @property
    def recurs(self) -> bool:
        return bool(text_of(self, "days"))

    def _names_a_day(self) -> bool:
        latest = min(self.first_day, date.max - LONGEST_PAUSE) + LONGEST_PAUSE
        return bool(self.days_between(self.first_day, latest))

    def days_between(self, first: date, last: date) -> tuple[date, ...]:
        """The days from `first` to `last`, both inside, on which the closure holds."""
        first, last = max(first, self.first_day), min(last, self.last_day)
        if self.recurs:
            return days_of(text_of(self, "days"), self.first_day, first, last)
        return tuple(first + timedelta(days=number) for number in range((last - first).days + 1))
