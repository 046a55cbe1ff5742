"""„Bildungsbedarf“ in the admin: for Redaktion, Leitung and Administration, as a page and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.generic import TemplateView, View
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from foundation.spreadsheets import MARK, csv_line
from home.demand.gaps import demands, district_name, gaps, subjects, words_in_vain
from home.demand.report import OFTEN
from home.models import SEE_DEMAND, CourseDemand
from offices.models import District

PERIODS = {"3": ("drei Monate", 91), "12": ("zwölf Monate", 365), "alle": ("alles, was es gibt", 0)}
_USUAL = "12"
_COLUMNS = ("gemeldet", "Thema oder Wort", "Landkreis", "PLZ", "Personen", "bis wann", "für wen", "Bedarf")


def may_see(user: Any) -> bool:
    return bool(user.has_perm(SEE_DEMAND))


class _ForReaders(View):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_see(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def period(self) -> str:
        chosen = self.request.GET.get("zeitraum", _USUAL)
        return chosen if chosen in PERIODS else _USUAL

    @property
    def since(self) -> date:
        days = PERIODS[self.period][1]
        return timezone.localdate() - timedelta(days=days) if days else date.min

    @property
    def district(self) -> str:
        """A slug; one that is none finds nothing."""
        return str(self.request.GET.get("kreis", "")).replace("\x00", "")


class DemandView(_ForReaders, WagtailAdminTemplateMixin, TemplateView):
    template_name = "home/demand/report.html"
    page_title = "Bildungsbedarf"
    header_icon = "help"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Four queries of its own."""
        found = demands(self.since, self.district)
        return super().get_context_data(**kwargs) | {
            "gaps": gaps(found),
            "number": len(found),
            "people": sum(demand.people for demand in found),
            "words": words_in_vain(self.since, self.district),
            "often": OFTEN,
            "districts": District.objects.order_by("position"),
            "district": self.district,
            "periods": [(value, label) for value, (label, _) in PERIODS.items()],
            "period": self.period,
            "file_url": f"{reverse('bildungsbedarf:file')}?{self.request.GET.urlencode()}",
        }


class DemandFileView(_ForReaders):
    def get(self, _request: HttpRequest) -> StreamingHttpResponse:
        lines = csv_lines(demands(self.since, self.district))
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="bildungsbedarf-{timezone.localdate()}.csv"'
        response.headers["Cache-Control"] = "private, no-store"
        return response


def csv_lines(found: list[CourseDemand]) -> Iterator[bytes]:
    yield (MARK + csv_line(_COLUMNS)).encode()
    for demand, subject in zip(found, subjects(found), strict=True):
        cells = (
            f"{demand.reported_on:%d.%m.%Y}",
            subject,
            district_name(demand),
            demand.postcode,
            str(demand.people),
            demand.get_by_display(),
            str(demand.target_group or ""),
            demand.need,
        )
        yield csv_line(cells).encode()


class DemandPanel(Component):
    """On the front page of the admin."""

    name = "demand"
    template_name = "home/demand/panel.html"
    order = 61
    days: ClassVar[int] = 30

    def get_context_data(self, _parent_context: Any) -> dict[str, Any]:
        since = timezone.localdate() - timedelta(days=self.days)
        return {"number": CourseDemand.objects.since(since).count(), "days": self.days}


class _DemandMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)


class DemandViewSet(ViewSet):
    name = "bildungsbedarf"
    icon = menu_icon = "help"
    menu_label = "Bildungsbedarf"
    menu_name = "bildungsbedarf"
    menu_order = 610
    menu_hook = "register_reports_menu_item"
    menu_item_class = _DemandMenuItem

    @property
    def menu_url(self) -> str:
        return reverse("bildungsbedarf:index")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", DemandView.as_view(), name="index"),
            path("datei/", DemandFileView.as_view(), name="file"),
        ]
