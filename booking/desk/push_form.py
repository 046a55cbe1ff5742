"""The account that appointments are written into."""

from __future__ import annotations

from django import forms

from booking.desk.busy_form import CalDavForm


class PushForm(CalDavForm):
    """Without a name of its own: the calendar has one."""

    name = None

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "url"
        ].help_text = "Zum Beispiel https://cloud.example.org. Den Kalender darin wählen Sie im nächsten Schritt."


class PasswordForm(forms.Form):
    password = forms.CharField(
        label="Neues App-Passwort",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
