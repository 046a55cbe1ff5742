from __future__ import annotations

from typing import Any

from wagtail.admin.forms.auth import LoginForm, PasswordResetForm

from foundation.password_reset import request_reset_links


class SignInForm(LoginForm):
    """Wagtail gives the password no label, and Django would make one of the field's English name."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["password"].label = "Passwort"


class QueuedPasswordResetForm(PasswordResetForm):
    """Neither looks for the account nor sends mail in the request, so that neither answer nor time tells who exists."""

    def save(self, *_args: Any, **_options: Any) -> None:
        """Whatever the view says about hosts and templates is left aside; the background task knows its own."""
        request_reset_links(self.cleaned_data["email"])
