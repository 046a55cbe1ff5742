from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home.blocks import TextBody
from home.models.footer_page import FooterPage
from home.models.message_page import MessagePage


class ContactPage(MessagePage):
    """Write to the network without choosing a person first."""

    lead = models.CharField("Anreißer", max_length=300, blank=True)
    body = StreamField(TextBody(), verbose_name="Text neben dem Formular", blank=True)

    content_panels = [
        *FooterPage.content_panels,
        FieldPanel("lead"),
        MessagePage.form_panel,
        FieldPanel("body"),
    ]
    search_fields = [*FooterPage.search_fields, index.SearchField("lead"), index.SearchField("body")]
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types: list[str] = []
    max_count = 1
    template = "home/contact_page.html"
    mail_kind = "contact"
    mail_subject = "Nachricht über die Website"

    class Meta:
        verbose_name = "Kontaktseite"

    def new_form(self, data: Any = None) -> forms.Form:
        from home.message_forms import ContactForm

        return ContactForm(data)
