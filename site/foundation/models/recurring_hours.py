from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from foundation.recurrences.expansion import days_of
from foundation.recurrences.fields import DayRecurrenceField, text_of
from foundation.recurrences.wording import hours_in_words

LONGEST_PAUSE = timedelta(days=9 * 366)
"""Leap days may lie eight years apart; a rule that names no day for longer is a mistake."""


class RecurringHours(models.Model):
    """On which days (a recurrence) and from when to when on the wall clock of Europe/Berlin.

    The recurrence never carries a clock time: stored as UTC it would slip an hour at the change of the clock.
    """

    days = DayRecurrenceField("Tage", help_text="An welchen Tagen? Zum Beispiel jede zweite Woche am Dienstag.")
    start_time = models.TimeField("von")
    end_time = models.TimeField("bis")
    valid_from = models.DateField("gilt ab")
    valid_until = models.DateField("gilt bis", null=True, blank=True, help_text="Leer lassen: bis auf Weiteres.")

    hours_panels = [
        FieldPanel(
            "days",
            help_text="An welchen Tagen? Zum Beispiel jede Woche am Dienstag, alle drei Wochen am Montag oder jeden "
            "Monat am zweiten Dienstag. Eine Regel endet auf Wunsch nach einer Anzahl von Malen oder an einem Datum. "
            "Einzelne Tage kommen als Datum dazu oder werden ausgeschlossen.",
        ),
        FieldRowPanel(
            [
                FieldPanel(
                    "start_time",
                    help_text="Das erste Gespräch beginnt frühestens jetzt; von hier zählt auch das Raster der "
                    "Anfangszeiten. 9 Uhr bleibt 9 Uhr, auch wenn die Uhr umgestellt wird.",
                ),
                FieldPanel(
                    "end_time",
                    help_text="Jedes Gespräch ist bis dahin zu Ende. Für eine zweite Zeit am selben Tag legen Sie "
                    "einen weiteren Eintrag an.",
                ),
            ]
        ),
        FieldRowPanel(
            [
                FieldPanel(
                    "valid_from",
                    help_text="Der erste Tag, an dem die Regel gelten kann. Er sagt auch, welche Woche bei „jede "
                    "zweite Woche“ die erste ist und ab wann eine Anzahl von Malen zählt.",
                ),
                FieldPanel(
                    "valid_until",
                    help_text="Der letzte Tag, an dem die Regel gelten kann. Leer lassen: bis auf Weiteres.",
                ),
            ]
        ),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.start_time and self.end_time and self.end_time <= self.start_time:
            raise ValidationError({"end_time": "Das Ende muss nach dem Beginn liegen."})
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": "Das Datum liegt vor „gilt ab“."})
        if self.valid_from and self.days and not self._names_a_day():
            raise ValidationError({"days": "Diese Regel trifft zwischen „gilt ab“ und „gilt bis“ keinen einzigen Tag."})

    @property
    def in_words(self) -> str:
        return hours_in_words(self.days, self.start_time, self.end_time, self.valid_from, self.valid_until)

    def next_days(self, today: date, *, number: int = 3) -> tuple[date, ...]:
        """The first days of the rule from `today` on, within the next two years."""
        first = max(today, self.valid_from)
        return self.days_between(first, first + timedelta(days=2 * 366))[:number]

    def _names_a_day(self) -> bool:
        latest = min(self.valid_from, date.max - LONGEST_PAUSE) + LONGEST_PAUSE
        return bool(self.days_between(self.valid_from, latest))

    def days_between(self, first: date, last: date) -> tuple[date, ...]:
        """Days of the rule from `first` to `last`, both inside, within the rule's own validity."""
        if self.valid_until is not None:
            last = min(last, self.valid_until)
        return days_of(text_of(self, "days"), self.valid_from, first, last)
