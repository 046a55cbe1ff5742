from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from courses.enums import PriceState, RunStatus
from courses.models.price import check_price, honest_price, price_in_words
from courses.models.run_state import RunState
from courses.querysets import CourseRunQuerySet
from foundation.recurrences.expansion import MAX_WINDOW, days_of
from foundation.recurrences.fields import DayRecurrenceField, text_of
from foundation.recurrences.wording import clock_label, describe
from offices.postcodes import coordinates

WHOLE_DAYS = 10
"""How long a course lasts at most that meets every day although nothing says so."""


class CourseRun(RunState, models.Model):
    """One date of a course (Durchführung): when, where, how many seats."""

    Status = RunStatus

    course = ParentalKey("courses.CoursePage", on_delete=models.CASCADE, related_name="runs")
    provider_reference = models.CharField("Nummer beim Anbieter", max_length=80, blank=True)
    starts_on = models.DateField("Beginn")
    ends_on = models.DateField("Ende", null=True, blank=True)
    registration_until = models.DateField("Anmeldung bis", null=True, blank=True)
    days = DayRecurrenceField(
        "Kurstage",
        blank=True,
        default="",
        help_text="Nur wenn nicht jeder Tag von Beginn bis Ende dazugehört: eine Regel, zum Beispiel jede Woche am "
        "Dienstag, oder einzelne Tage.",
    )
    start_time = models.TimeField("von", null=True, blank=True)
    end_time = models.TimeField("bis", null=True, blank=True)
    times = models.CharField(
        "Zeiten in Worten",
        max_length=120,
        blank=True,
        help_text="Zum Beispiel: dienstags, 17:30–20:45 Uhr. Leer: aus Kurstagen und Uhrzeiten.",
    )
    venue = models.CharField("Ort", max_length=120, blank=True)
    street = models.CharField("Straße und Hausnummer", max_length=120, blank=True)
    postcode = models.CharField("PLZ", max_length=5, blank=True)
    town = models.CharField("Stadt oder Gemeinde", max_length=80, blank=True)
    latitude = models.FloatField(null=True, blank=True, editable=False)
    longitude = models.FloatField(null=True, blank=True, editable=False)
    step_free = models.BooleanField("stufenlos erreichbar", default=False)
    seats_min = models.PositiveSmallIntegerField("Plätze mindestens", null=True, blank=True)
    seats_max = models.PositiveSmallIntegerField("Plätze", null=True, blank=True)
    seats_taken = models.PositiveSmallIntegerField("davon belegt", null=True, blank=True)
    status = models.CharField("Stand", max_length=10, choices=Status, default=Status.PLANNED)
    guaranteed = models.BooleanField("Durchführung garantiert", default=False)
    price_state = models.CharField(
        "Preis", max_length=12, choices=PriceState, blank=True, help_text="Leer: wie beim Kurs."
    )
    price = models.DecimalField("Betrag in Euro", max_digits=8, decimal_places=2, null=True, blank=True)

    objects = CourseRunQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on"), FieldPanel("registration_until")]),
        FieldPanel("times"),
        FieldRowPanel([FieldPanel("start_time"), FieldPanel("end_time")]),
        FieldPanel("days"),
        FieldPanel("venue"),
        FieldPanel("street"),
        FieldRowPanel([FieldPanel("postcode"), FieldPanel("town")]),
        FieldPanel("step_free"),
        FieldRowPanel([FieldPanel("seats_min"), FieldPanel("seats_max"), FieldPanel("seats_taken")]),
        FieldRowPanel([FieldPanel("status"), FieldPanel("guaranteed")]),
        FieldRowPanel([FieldPanel("price_state"), FieldPanel("price")]),
        FieldPanel("provider_reference"),
    ]

    class Meta:
        verbose_name = "Durchführung"
        verbose_name_plural = "Durchführungen"
        ordering = ["starts_on", "pk"]
        constraints = [honest_price("run_price_is_honest")]

    def __str__(self) -> str:
        return f"{self.starts_on:%d.%m.%Y} {self.town}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.locate()
        super().save(*args, **kwargs)

    @property
    def price_text(self) -> str:
        """Its own price; empty where that of the course holds."""
        return price_in_words(self.price_state, self.price) if self.price_state else ""

    @property
    def times_text(self) -> str:
        """As the provider words them, else by the rule and the hours; empty where nothing is known."""
        if self.times:
            return self.times
        named = describe(self.days) if self.days else ""
        hours = f"{clock_label(self.start_time)}–{clock_label(self.end_time)} Uhr" if self._has_hours else ""
        return ", ".join(part for part in (named, hours) if part)

    @property
    def sessions(self) -> tuple[date, ...]:
        """The days on which people meet, ascending: those of the rule; without one every day of a short course, and of
        a long one, which hardly meets daily, only the first.
        """
        last = self.ends_on or self.starts_on
        if self.days:
            return days_of(text_of(self, "days"), self.starts_on, self.starts_on, last)
        span = self._span if self.are_sessions_known else 1
        return tuple(self.starts_on + timedelta(days=number) for number in range(span))

    @property
    def are_sessions_known(self) -> bool:
        return bool(self.days) or self._span <= WHOLE_DAYS

    @property
    def _span(self) -> int:
        """Days from the first to the last one, both counted."""
        return ((self.ends_on or self.starts_on) - self.starts_on).days + 1

    @property
    def _has_hours(self) -> bool:
        return self.start_time is not None and self.end_time is not None

    def clean(self) -> None:
        super().clean()
        if self.ends_on and self.starts_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": "Das Ende liegt vor dem Beginn."})
        if self.ends_on and self.starts_on and (self.ends_on - self.starts_on).days > MAX_WINDOW:
            raise ValidationError({"ends_on": "Zwischen Beginn und Ende liegen mehr als elf Jahre. Stimmt das Jahr?"})
        if (self.start_time is None) != (self.end_time is None):
            raise ValidationError({"end_time": "Bitte beide Uhrzeiten angeben oder keine."})
        if self.start_time and self.end_time and self.end_time <= self.start_time:
            raise ValidationError({"end_time": "Das Ende muss nach dem Beginn liegen."})
        if self.seats_min is not None and self.seats_max is not None and self.seats_min > self.seats_max:
            raise ValidationError({"seats_min": "Mindestens so viele? Mehr Plätze gibt es nicht."})
        if self.days and self.starts_on and not self.sessions:
            raise ValidationError({"days": "Diese Regel trifft zwischen Beginn und Ende keinen einzigen Tag."})
        check_price(self.price_state, self.price)

    def locate(self) -> None:
        """Takes the coordinates from the postcode; whoever writes many rows at once calls it for each."""
        self.latitude, self.longitude = coordinates(self.postcode) or (None, None)
