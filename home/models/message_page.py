from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from foundation.models import BrandSettings
from home.models.footer_page import FooterPage


class MessagePage(RoutablePageMixin, FooterPage):
    """A page with a form whose answers go to one mailbox of the network. Posts go to `home:send_message`.

    The form carries a stamp of its own for each visitor, so the page is kept by nobody.
    """

    recipient = models.EmailField(
        "Empfangsadresse", blank=True, help_text="Leer lassen: die Kontaktadresse aus „Marke und Kontakt“."
    )
    thanks = models.CharField(
        "Dank nach dem Absenden",
        max_length=300,
        default="Ihre Nachricht ist unterwegs. Wir antworten in den nächsten Werktagen.",
    )

    form_panel = MultiFieldPanel([FieldPanel("recipient"), FieldPanel("thanks")], "Formular")
    mail_kind = ""
    mail_subject = ""

    class Meta:
        abstract = True

    def new_form(self, data: Any = None) -> forms.Form:
        raise NotImplementedError

    @property
    def mailbox(self) -> str:
        return self.recipient or BrandSettings.in_force().contact_email

    @path("")
    def form(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request, self.new_form())

    @path("danke/", name="sent")
    def sent(self, request: HttpRequest) -> HttpResponse:
        return self.render(request, template="home/message_sent.html")

    def answer(self, request: HttpRequest, form: forms.Form, *, stamp: str = "", status: int = 200) -> HttpResponse:
        """The page with this form; a valid `stamp` comes back, so that a corrected form is the same form."""
        from home.stamps import new_stamp

        stamp = stamp or new_stamp(now=timezone.now())
        response = self.render(request, context_overrides={"form": form, "stamp": stamp})
        response.status_code = status
        response.headers["Cache-Control"] = "no-store, private"
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.selectors import fetch_stream_pictures

        fetch_stream_pictures(self.body)
        return super().get_context(request, *args, **kwargs)
