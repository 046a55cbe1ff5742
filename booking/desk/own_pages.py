"""What the pages of an advisor's own calendars share: whose they are, the way back, buttons that act on one row.

They show or take secrets, so nothing keeps them: no cache (no-store) and no index (FEED-10).
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from booking.models import AdvisorFeed
from booking.permissions import OwnPolicy, advisor_of
from offices.models import Advisor

TOP = "advisor_calendar"
"""Name of the page above all others."""


def is_for_all(request: HttpRequest) -> bool:
    return OwnPolicy(AdvisorFeed).has_all(request.user, "change")


def may_use_calendar(request: HttpRequest) -> bool:
    return is_for_all(request) or advisor_of(request.user) is not None


def chosen_advisor(request: HttpRequest, wanted: str | None) -> Advisor | None:
    """The own advisor; administrators choose, and may not have chosen yet. Others' advisors are not found."""
    if not is_for_all(request):
        advisor = advisor_of(request.user)
        if advisor is None:
            raise PermissionDenied
        if wanted and wanted != str(advisor.pk):
            raise Http404
        return advisor
    if not wanted:
        return advisor_of(request.user)
    return get_object_or_404(Advisor, pk=key_in(wanted))


def key_in(sent: str) -> int:
    """A row's number as a browser sends it. Raises Http404."""
    if not sent.isascii() or not sent.isdigit() or len(sent) > 18:
        raise Http404
    return int(sent)


def back_to(page: str, advisor: Advisor, request: HttpRequest) -> HttpResponseRedirect:
    query = f"?beratungsperson={advisor.pk}" if is_for_all(request) else ""
    return redirect(reverse(page) + query)


@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
class OwnPage(WagtailAdminTemplateMixin, TemplateView):
    """`page` is the name of its address."""

    page: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [] if self.page == TOP else [{"url": reverse(TOP), "label": "Mein Kalender"}]
        return [*super().get_breadcrumbs_items(), *above, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sent = self.request.POST or self.request.GET
        advisor = chosen_advisor(self.request, sent.get("beratungsperson"))
        context = super().get_context_data(**kwargs) | {"advisor": advisor}
        if is_for_all(self.request):
            context["advisors"] = Advisor.objects.filter(is_active=True)
        return context if advisor is None else self.context_of(advisor) | context

    def context_of(self, advisor: Advisor) -> dict[str, Any]:
        """A form that was sent and came back stands before the one in here."""
        raise NotImplementedError


class OwnAction(View):
    """A button that acts on one row of the advisor's own, and leads back to `page`."""

    http_method_names = ["post"]
    model: type[Model]
    page: str

    def post(self, request: HttpRequest, uid: str) -> HttpResponse:
        rows = OwnPolicy(self.model).instances_user_has_any_permission_for(request.user, ["change"])
        row = get_object_or_404(rows.select_related("advisor"), uid=uid)
        self.act(row)
        return back_to(self.page, row.advisor, request)

    def act(self, row: Any) -> None:
        """Does it and leaves a message that says so."""
        raise NotImplementedError
