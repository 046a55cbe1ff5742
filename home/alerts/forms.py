"""What an order of mails asks: an address, and later how often."""

from __future__ import annotations

from django import forms

from foundation.public_forms import PublicForm, ReplyAddress
from home.models import AlertSubscriber


class AlertForm(PublicForm):
    email = ReplyAddress(
        label="Ihre E-Mail-Adresse",
        max_length=200,
        help_text="Wir schreiben Ihnen erst, wenn Sie die Adresse bestätigt haben, und nur, wenn es etwas Neues gibt.",
    )


class RhythmForm(forms.Form):
    rhythmus = forms.ChoiceField(
        label="Wie oft dürfen wir schreiben?",
        choices=AlertSubscriber.Rhythm.choices,
        initial=AlertSubscriber.Rhythm.WEEKLY,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Bitte wählen Sie eine Antwort.",
            "invalid_choice": "Bitte wählen Sie eine der Antworten.",
        },
    )
