"""Private links of providers in the admin: sent and ended by editors, from the list and from a provider's own page."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import EditView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.models import IndexView
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from courses.models import Provider
from courses.services.provider_links import LinkSentMeanwhile, NoAddress, end_links, send_link

LINK_SENT, LINKS_ENDED = "courses.provider_link_sent", "courses.provider_links_ended"
CHANGE = "courses.change_provider"
SHOWN = 10


def _link_button(provider: Provider) -> Button:
    return Button("Link schicken", url=reverse("anbieter:link", args=[provider.pk]), icon_name="mail", priority=15)


class ProviderIndexView(IndexView):
    def get_list_more_buttons(self, instance: Provider) -> list[Any]:
        return [*super().get_list_more_buttons(instance), _link_button(instance)]


class ProviderEditView(EditView):
    @property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, _link_button(self.object)]


class ProviderLinkView(WagtailAdminTemplateMixin, TemplateView):
    """Says where the link would go and what became of the last ones; sends it by POST."""

    template_name = "courses/admin/provider_link.html"
    page_title = "Privater Link"
    header_icon = "mail"
    _show_breadcrumbs = True
    provider: Provider

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.provider = _provider(request, kwargs["pk"])

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            link = send_link(provider=self.provider, now=timezone.now(), after=_key(request.POST.get("nach", "")))
        except NoAddress:
            messages.error(request, "An diesen Anbieter kann keine E-Mail gehen. Bitte prüfen Sie seine Adresse.")
            return redirect("anbieter:edit", pk)
        except LinkSentMeanwhile:
            messages.warning(request, "Ein Link ist schon unterwegs. Es ging keine zweite E-Mail hinaus.")
            return redirect("anbieter:link", pk)
        log(instance=self.provider, action=LINK_SENT)
        to, until = self.provider.address_of_link, timezone.localtime(link.expires_at)
        messages.success(request, f"Der Link ist unterwegs an {to}. Er gilt bis {until:%d.%m.%Y}.")
        return redirect("anbieter:link", pk)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("anbieter:index"), "label": "Anbieter"},
            {"url": reverse("anbieter:edit", args=[self.provider.pk]), "label": self.provider.name},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        links, now = list(self.provider.links.all()[:SHOWN]), timezone.now()
        is_open = any(link.ended_at is None and link.expires_at > now for link in links)
        shown = {"provider": self.provider, "links": links, "is_open": is_open}
        return super().get_context_data(**kwargs) | shown


@require_POST
def end_provider_links(request: HttpRequest, pk: int) -> HttpResponse:
    provider = _provider(request, pk)
    if end_links(provider=provider, now=timezone.now()):
        log(instance=provider, action=LINKS_ENDED)
    messages.success(request, "Kein Link dieses Anbieters gilt mehr.")
    return redirect("anbieter:link", provider.pk)


def _key(said: str) -> int:
    return int(said) if re.fullmatch(r"[0-9]{1,9}", said) else 0


def _provider(request: HttpRequest, pk: int) -> Provider:
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    return get_object_or_404(Provider, pk=pk)


def urls() -> list[URLPattern]:
    return [
        path("link/<int:pk>/", ProviderLinkView.as_view(), name="link"),
        path("link/<int:pk>/beenden/", end_provider_links, name="end_links"),
    ]
