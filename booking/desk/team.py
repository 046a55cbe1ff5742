"""Pages that answer a question of the whole team: advisors about their own office, administrators about every one.

Nothing is changed there, and what is asked stands in the address, so that it can be passed on.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from booking.models import AvailabilityRule
from booking.permissions import OwnPolicy, advisor_of
from offices.models import Office

POLICY = OwnPolicy(AvailabilityRule)


def sees_all_offices(request: HttpRequest) -> bool:
    return POLICY.has_all(request.user, "change")


def may_ask(request: HttpRequest) -> bool:
    return sees_all_offices(request) or advisor_of(request.user) is not None


class TeamPage(WagtailAdminTemplateMixin, TemplateView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_ask(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def offices(self) -> list[Office]:
        if sees_all_offices(self.request):
            return list(Office.objects.in_operation())
        me = advisor_of(self.request.user)
        return [me.office] if me else []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


class _TeamMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_ask(request)


class TeamViewSet(ViewSet):
    """One page at one address, in the menu of whoever may ask."""

    view_class: ClassVar[type[TeamPage]]
    menu_item_class = _TeamMenuItem

    @property
    def menu_name(self) -> str:
        return str(self.name)

    @property
    def menu_icon(self) -> str:
        return str(self.icon)

    @property
    def menu_url(self) -> str:
        return reverse(f"{self.name}:index")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", self.view_class.as_view(), name="index")]
