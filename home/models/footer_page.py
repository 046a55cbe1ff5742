from __future__ import annotations

from django.db import models
from wagtail.admin.panels import FieldPanel

from foundation.models import BasePage


class FooterPage(BasePage):
    """A page that editors may link from the foot of every page, as the law wants it of some."""

    in_footer = models.BooleanField("im Fuß jeder Seite verlinken", default=False)

    promote_panels = [*BasePage.promote_panels, FieldPanel("in_footer")]

    class Meta:
        abstract = True
