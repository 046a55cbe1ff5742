from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail.url_routing import RouteResult

from foundation.caching.shelf import kept
from foundation.languages import BY_CODE, current_language
from foundation.models import BasePage
from foundation.visibility import open_to_all
from home.blocks import NextStepBlock, StoryBlock, VoiceBlock

if TYPE_CHECKING:
    from home.front_page import OwnParts


class HomePage(BasePage):
    """The first page: who this is, for whom, and what one can do now.

    That of another language hangs below this one and leads to the pages that its language has.
    """

    headline = models.CharField("Überschrift", max_length=120, help_text="Der Leitsatz des Netzwerks.")
    lead = models.CharField("Anreißer", max_length=300)
    stories = StreamField([("story", StoryBlock())], verbose_name="Geschichten", blank=True)
    next_steps_heading = models.CharField(
        "Überschrift der nächsten Schritte", max_length=80, default="So geht es weiter"
    )
    next_steps = StreamField([("step", NextStepBlock())], verbose_name="Nächste Schritte", blank=True)

    voices_heading = models.CharField("Überschrift der Stimmen", max_length=80, default="Das sagen Betriebe")
    voices = StreamField(
        [("voice", VoiceBlock())],
        verbose_name="Stimmen",
        blank=True,
        help_text="Ohne Stimmen fehlt der Abschnitt. Drei stehen gut nebeneinander.",
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("headline"),
        FieldPanel("lead"),
        FieldPanel("stories"),
        FieldPanel("next_steps_heading"),
        FieldPanel("next_steps"),
        FieldPanel("voices_heading"),
        FieldPanel("voices"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("headline"),
        index.SearchField("lead"),
        index.SearchField("next_steps"),
        index.SearchField("voices"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    is_multilingual = True
    begins_a_language = True
    template = "home/home_page.html"

    class Meta:
        verbose_name = "Startseite"

    @property
    def preview_title(self) -> str:
        return self.headline

    def clean(self) -> None:
        super().clean()
        language = BY_CODE.get(self.locale.language_code)
        if language and language.prefix and self.slug != language.prefix:
            raise ValidationError({"slug": f"Die Adressen dieser Sprache beginnen immer mit „/{language.prefix}/“."})

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return self.template if current_language().is_main else "home/home_page_in_another_language.html"

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Wagtail reads each page on the way twice, in the tree and in the table of its type."""
        from home.routing import page_that_answers, whole_page

        if path_components:
            page, rest = page_that_answers(self, path_components)
            return page.route(request, rest)
        whole = whole_page(self) if self.get_deferred_fields() else self
        return super(HomePage, whole).route(request, [])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs) | {"steps": [block.value for block in self.next_steps]}
        if current_language().is_main:
            return context | self._surroundings(request)
        return context | self._in_another_language(request)

    def _in_another_language(self, request: HttpRequest) -> dict[str, Any]:
        from home.context import site_frame
        from home.front_page import map_in_language, own_parts
        from home.selectors import pages_by_language

        def parts() -> OwnParts:
            return own_parts(self, None, request)

        return pages_by_language(self) | {
            "own": parts() if getattr(request, "is_preview", False) else kept(f"home.own_parts.{self.pk}", parts),
            "nodes": map_in_language(request, site_frame(request)["versions"]),
        }

    def _surroundings(self, request: HttpRequest) -> dict[str, Any]:
        from courses.selectors import courses_soon
        from home.events import event_teasers
        from home.front_page import own_parts
        from home.landmarks import section_urls
        from home.models import PartnersPage
        from home.selectors import latest_news
        from offices.selectors import network_map

        def teasers() -> dict[str, Any]:
            partners = open_to_all(PartnersPage.objects.order_by("path")).first()
            return {
                "own": own_parts(self, partners, request),
                "courses": courses_soon(timezone.localdate(), request),
                "news": latest_news(request),
                "events": event_teasers(request, now=timezone.now()),
                "sections": section_urls(),
            }

        # Stories and voices of a preview are those of a draft.
        shown = teasers() if getattr(request, "is_preview", False) else kept("home.teasers", teasers)
        return shown | {"nodes": network_map(request)}
