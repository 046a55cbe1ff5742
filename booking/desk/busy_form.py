"""The two ways to connect a calendar of one's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from booking.models import BusyCalendar
from booking.remote.providers import caldav_mistake, ics_mistake
from foundation.fetching.addresses import LONGEST, Address, parse_address
from foundation.fetching.refusals import AddressRefused


def _address(text: str, mistake: Callable[[Address], str]) -> str:
    """As typed, if it can be an address at all and is none of those that are known to be the wrong one;
    „cloud.example.org“ means https."""
    address = text.strip()
    if "://" not in address:
        address = f"https://{address}"
    try:
        told = mistake(parse_address(address))
    except AddressRefused as error:
        raise forms.ValidationError(AddressRefused.text) from error
    if told:
        raise forms.ValidationError(told)
    return address


class _ConnectForm(forms.Form):
    """`art` says which of the two forms of the page was sent."""

    kind: BusyCalendar.Kind

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"id_{self.kind}_%s", **kwargs)


class IcsForm(_ConnectForm):
    kind = BusyCalendar.Kind.ICS
    name = forms.CharField(
        label="Name", max_length=60, help_text="Damit Sie ihn wiederfinden, zum Beispiel: Outlook im Büro."
    )
    url = forms.CharField(
        label="Adresse des Kalenders",
        max_length=LONGEST,
        help_text="Beginnt mit https:// oder webcal:// und endet meist auf .ics. Wer sie kennt, liest Ihren Kalender: "
        "Wir bewahren sie verschlüsselt auf und zeigen sie nicht wieder an.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
    )

    def clean_url(self) -> str:
        return _address(self.cleaned_data["url"], ics_mistake)


class CalDavForm(_ConnectForm):
    kind = BusyCalendar.Kind.CALDAV
    name = forms.CharField(
        label="Name", max_length=60, help_text="Damit Sie ihn wiederfinden, zum Beispiel: Nextcloud privat."
    )
    url = forms.CharField(
        label="Adresse des Servers",
        max_length=LONGEST,
        help_text="Zum Beispiel https://cloud.example.org. Die Kalender darin finden wir selbst.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
    )
    user = forms.CharField(
        label="Benutzername",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label="App-Passwort",
        max_length=200,
        strip=False,
        help_text="Legen Sie bei Ihrem Anbieter ein eigenes Passwort nur für diese Verbindung an („App-Passwort“). Es "
        "lässt sich dort einzeln widerrufen. Wir bewahren es verschlüsselt auf.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_url(self) -> str:
        address = _address(self.cleaned_data["url"], caldav_mistake)
        if address.lower().startswith("webcal:"):
            raise forms.ValidationError("Ein CalDAV-Server hat eine Adresse, die mit https:// beginnt.")
        return address


def forms_for(data: Mapping[str, Any] | None = None) -> dict[str, _ConnectForm]:
    """Both, the sent one bound."""
    sent = data.get("art") if data else None
    return {form.kind.value: form(data) if form.kind == sent else form() for form in (IcsForm, CalDavForm)}
