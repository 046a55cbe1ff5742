from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from booking.models.service import Service

MOST_CHOICES = 20
CHOICE_LENGTH = 100


class ServiceQuestion(Orderable):
    """What a service asks each firm beyond the usual. Answers are kept with the appointment, in words."""

    class Type(models.TextChoices):
        TEXT = "text", "Text in einer Zeile"
        CHOICE = "choice", "Auswahl"
        YES_NO = "yes_no", "Ja oder Nein"
        NUMBER = "number", "Zahl"

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="questions")
    label = models.CharField(
        "Frage",
        max_length=150,
        help_text="So, wie der Betrieb sie liest. Bitte nicht nach Gesundheit, Religion oder Herkunft fragen.",
    )
    hint = models.CharField(
        "Hinweis", max_length=250, blank=True, help_text="Ein Satz unter der Frage, zum Beispiel ein Beispiel."
    )
    type = models.CharField(
        "Antwort als",
        max_length=8,
        choices=Type,
        default=Type.TEXT,
        help_text="Text: höchstens 300 Zeichen. Zahl: ganze Zahlen von 0 bis 1.000.000.",
    )
    choices = models.TextField(
        "Antworten zur Auswahl",
        blank=True,
        max_length=2100,
        help_text=f"Nur bei „Auswahl“: eine Antwort je Zeile, 2 bis {MOST_CHOICES}, je höchstens {CHOICE_LENGTH} "
        "Zeichen.",
    )
    is_required = models.BooleanField(
        "muss beantwortet werden",
        default=False,
        help_text="Ohne Antwort lässt sich der Termin dann nicht buchen, auch nicht am Telefon.",
    )

    panels = [
        FieldPanel("label"),
        FieldPanel("hint"),
        FieldRowPanel([FieldPanel("type"), FieldPanel("is_required")]),
        FieldPanel("choices"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "Frage"
        verbose_name_plural = "Fragen"

    def __str__(self) -> str:
        return self.label

    @property
    def options(self) -> list[str]:
        return [line.strip() for line in self.choices.splitlines() if line.strip()]

    def clean(self) -> None:
        super().clean()
        if self.type != self.Type.CHOICE:
            self.choices = ""
            return
        options = self.options
        if not 2 <= len(options) <= MOST_CHOICES:
            wrong = f"Bitte nennen Sie 2 bis {MOST_CHOICES} Antworten, jede in einer eigenen Zeile."
        elif len(set(options)) < len(options):
            wrong = "Jede Antwort darf nur einmal vorkommen."
        elif max(map(len, options)) > CHOICE_LENGTH:
            wrong = f"Eine Antwort darf höchstens {CHOICE_LENGTH} Zeichen lang sein."
        else:
            return
        raise ValidationError({"choices": wrong})
