from __future__ import annotations

from typing import Any

from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from courses.models import Topic
from home.blocks import TextBody
from home.models.footer_page import FooterPage
from offices.models import Advisor


class TopicPage(FooterPage):
    """One theme of the network: what it means, and the courses, news and people that belong to it."""

    topic = models.ForeignKey(
        Topic,
        on_delete=models.PROTECT,
        related_name="pages",
        verbose_name="Thema",
        help_text="Kurse und Nachrichten mit diesem Thema erscheinen von selbst.",
    )
    lead = models.CharField("Anreißer", max_length=300, blank=True)
    body = StreamField(TextBody(), verbose_name="Text", blank=True)
    people = ParentalManyToManyField(
        Advisor,
        related_name="+",
        verbose_name="Menschen",
        blank=True,
        help_text="Wer zu diesem Thema berät. Wer zurzeit nicht berät, wird nicht gezeigt.",
    )

    content_panels = [
        *FooterPage.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("topic"), FieldPanel("people", widget=CheckboxSelectMultiple)], "Zum Thema"),
    ]
    search_fields = [*FooterPage.search_fields, index.SearchField("lead"), index.SearchField("body")]
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types: list[str] = []
    template = "home/topic_page.html"

    class Meta:
        verbose_name = "Themenseite"
        verbose_name_plural = "Themenseiten"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from courses.selectors import courses_on_topic
        from home.landmarks import section_urls
        from home.selectors import fetch_stream_pictures, news_on_topic
        from offices.selectors import team_of

        fetch_stream_pictures(self.body)
        # Of a draft they are a list that knows none of the queries of people.
        people = Advisor.objects.filter(pk__in=self.people.values_list("id", flat=True))
        return super().get_context(request, *args, **kwargs) | {
            "courses": courses_on_topic(self.topic, timezone.localdate(), request),
            "news": news_on_topic(self.topic, request),
            "team": team_of(people),
            "sections": section_urls(),
        }
