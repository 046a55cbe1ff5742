from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from home.blocks import GapBlock, TextBody
from home.models.footer_page import FooterPage
from home.models.message_page import MessagePage

_FEATURES = ["bold", "italic", "link", "ul"]


class AccessibilityPage(MessagePage):
    """The statement that § 9b NBGG asks for: how far, what lacks and why, where to report it, who arbitrates, dates."""

    class Conformance(models.TextChoices):
        FULL = "full", "vollständig"
        PARTIAL = "partial", "teilweise"
        NONE = "none", "noch nicht"

    lead = models.CharField("Anreißer", max_length=300, blank=True)
    scope = RichTextField("Wofür diese Erklärung gilt", features=_FEATURES)
    conformance = models.CharField(
        "Wie weit die Website ist", max_length=10, choices=Conformance, default=Conformance.PARTIAL
    )
    method = RichTextField("Wie das geprüft wurde", features=_FEATURES)
    gaps = StreamField([("gap", GapBlock())], verbose_name="Was noch nicht geht", blank=True)
    body = StreamField(TextBody(), verbose_name="Weiterer Text", blank=True)
    arbitration = RichTextField("Schlichtungsstelle", features=_FEATURES)
    made_on = models.DateField("Erklärung erstellt am")
    checked_on = models.DateField("Zuletzt geprüft am")

    content_panels = [
        *FooterPage.content_panels,
        FieldPanel("lead"),
        FieldPanel("scope"),
        MultiFieldPanel([FieldPanel("conformance"), FieldPanel("method")], "Stand"),
        FieldPanel("gaps"),
        FieldPanel("body"),
        MessagePage.form_panel,
        FieldPanel("arbitration"),
        FieldRowPanel([FieldPanel("made_on"), FieldPanel("checked_on")]),
    ]
    search_fields = [
        *FooterPage.search_fields,
        *(index.SearchField(name) for name in ("lead", "scope", "method", "gaps", "body")),
    ]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count = 1
    template = "home/accessibility_page.html"
    mail_kind = "barrier"
    mail_subject = "Hürde auf der Website gemeldet"

    class Meta:
        verbose_name = "Erklärung zur Barrierefreiheit"

    def clean(self) -> None:
        super().clean()
        if self.conformance != self.Conformance.FULL and not self.gaps:
            raise ValidationError({"gaps": "Nennen Sie, was noch nicht geht, und warum (§ 9b NBGG)."})
        if self.made_on and self.checked_on and self.checked_on < self.made_on:
            raise ValidationError({"checked_on": "Die Prüfung liegt vor dem Tag, an dem die Erklärung erstellt wurde."})

    def new_form(self, data: Any = None) -> forms.Form:
        from home.message_forms import BarrierForm

        return BarrierForm(data)
