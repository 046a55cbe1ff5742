from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home.library_blocks import PartnerBlock
from home.models.footer_page import FooterPage


class PartnersPage(FooterPage):
    """Who stands behind the network: sponsors by hand, districts and providers as they are kept elsewhere."""

    lead = models.CharField("Anreißer", max_length=300, blank=True)
    sponsors = StreamField([("partner", PartnerBlock())], verbose_name="Träger und Förderer", blank=True)
    districts_lead = models.CharField("Satz über die Landkreise", max_length=300, blank=True)
    providers_lead = models.CharField("Satz über die Anbieter", max_length=300, blank=True)

    content_panels = [
        *FooterPage.content_panels,
        FieldPanel("lead"),
        FieldPanel("sponsors"),
        FieldPanel("districts_lead"),
        FieldPanel("providers_lead"),
    ]
    search_fields = [*FooterPage.search_fields, index.SearchField("lead"), index.SearchField("sponsors")]
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types: list[str] = []
    max_count = 1
    template = "home/partners_page.html"

    class Meta:
        verbose_name = "Partner"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.partners import district_partners, provider_partners, sponsors

        return super().get_context(request, *args, **kwargs) | {
            "sponsors": sponsors(self),
            "districts": district_partners(request),
            "providers": provider_partners(),
        }
