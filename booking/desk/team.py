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


class TeamPage(WagtailAdminTemplateMixin, TemplateView):
    @staticmethod
    def sees_all_offices(user: Any) -> bool:
        return OwnPolicy(AvailabilityRule).has_all(user, "change")

    @classmethod
    def may_ask(cls, user: Any) -> bool:
        return cls.sees_all_offices(user) or advisor_of(user) is not None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may_ask(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def offices(self) -> list[Office]:
        if self.sees_all_offices(self.request.user):
            return list(Office.objects.in_operation())
        me = advisor_of(self.request.user)
        return [me.office] if me else []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


class _TeamMenuItem(MenuItem):
    page: type[TeamPage]

    def is_shown(self, request: HttpRequest) -> bool:
        return self.page.may_ask(request.user)


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

    def get_menu_item(self, order: int | None = None) -> MenuItem:
        item = super().get_menu_item(order)
        item.page = self.view_class
        return item

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", self.view_class.as_view(), name="index")]
