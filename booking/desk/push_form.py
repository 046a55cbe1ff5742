"""The account that appointments are written into."""

from __future__ import annotations

from django import forms

from booking.desk.busy_form import CalDavForm
from booking.enums import Reminder
from booking.models import AdvisorFeed


def _detail() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Was steht im Eintrag?",
        choices=AdvisorFeed.Detail.choices,
        initial=AdvisorFeed.Detail.TITLE,
        widget=forms.RadioSelect,
        help_text="„Mit Betrieb und Kontakt“ heißt: Auch der Anbieter des Kalenders kann lesen, wer kommt, und jeder, "
        "mit dem Sie den Kalender teilen.",
    )


def _reminder() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label="Erinnerung",
        choices=Reminder.choices,
        coerce=int,
        initial=Reminder.NONE,
        help_text="Ihr Kalenderprogramm meldet sich vor dem Termin. Am einzelnen Eintrag können Sie das dort ändern.",
    )


class PushForm(CalDavForm):
    """Without a name of its own: the calendar has one."""

    name = None
    detail = _detail()
    reminder = _reminder()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "url"
        ].help_text = "Zum Beispiel https://cloud.example.org. Den Kalender darin wählen Sie im nächsten Schritt."


class ContentForm(forms.Form):
    detail = _detail()
    reminder = _reminder()


class PasswordForm(forms.Form):
    password = forms.CharField(
        label="Neues App-Passwort",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
