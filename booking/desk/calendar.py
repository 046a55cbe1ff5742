"""„Mein Kalender“: the addresses under which calendar programs read an advisor's appointments.

The page shows secrets, so nothing keeps it (no-store) and no other host learns of it: no foreign resource, and the
one link that leads outside carries no referrer. The page's own policy stays `same-origin`, see
docs/decisions/calendar-page-referrer.md.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from booking.desk.forms import FeedForm
from booking.links import feed_address, webcal
from booking.models import AdvisorFeed, PushCalendar
from booking.permissions import OwnPolicy, advisor_of
from booking.services.feeds import MAX_FEEDS, TooManyFeeds, create_feed, renew_feed, switch_off_feed
from foundation.qr import qr_code
from offices.models import Advisor

POLICY = OwnPolicy(AdvisorFeed)
GOOGLE = "https://calendar.google.com/calendar/r?cid="


def is_for_all(request: HttpRequest) -> bool:
    return POLICY.has_all(request.user, "change")


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
    if not wanted.isascii() or not wanted.isdigit() or len(wanted) > 18:
        raise Http404
    return get_object_or_404(Advisor, pk=wanted)


def subscription_links(feed: AdvisorFeed) -> dict[str, str]:
    """The https address, the webcal link that opens calendar programs, also as a picture, and Google's (FEED-13)."""
    address = feed_address(feed)
    link = webcal(address)
    return {"address": address, "webcal": link, "google": GOOGLE + quote(link, safe=""), "qr": qr_code(link)}


def calendar_url(advisor: Advisor, request: HttpRequest) -> str:
    query = f"?beratungsperson={advisor.pk}" if is_for_all(request) else ""
    return reverse("advisor_calendar") + query


@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
class CalendarView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "booking/desk/calendar.html"
    page_title = "Mein Kalender"
    header_icon = "calendar-alt"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        advisor = chosen_advisor(self.request, self.request.GET.get("beratungsperson"))
        context = super().get_context_data(**kwargs)
        context["advisor"] = advisor
        if is_for_all(self.request):
            context["advisors"] = Advisor.objects.filter(is_active=True)
        if advisor is not None:
            feeds = AdvisorFeed.objects.filter(advisor=advisor)
            context["feeds"] = [(feed, subscription_links(feed)) for feed in feeds if feed.revoked_at is None]
            context["feeds_switched_off"] = [feed for feed in feeds if feed.revoked_at is not None]
            context["is_pushed_to"] = PushCalendar.objects.writing().filter(advisor=advisor).exists()
            context.setdefault("form", FeedForm())
        return context

    def post(self, request: HttpRequest) -> HttpResponse:
        """A new link."""
        advisor = chosen_advisor(request, request.POST.get("beratungsperson"))
        if advisor is None:
            raise Http404
        form = FeedForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            create_feed(advisor=advisor, name=form.cleaned_data["name"], detail=form.cleaned_data["detail"])
        except TooManyFeeds:
            messages.error(request, f"Es gibt schon {MAX_FEEDS} Links. Schalten Sie erst einen ab.")
        else:
            messages.success(request, "Der neue Link ist da. Kopieren Sie die Adresse in Ihr Kalenderprogramm.")
        return redirect(calendar_url(advisor, request))


class _FeedAction(View):
    http_method_names = ["post"]
    done = ""

    def post(self, request: HttpRequest, uid: str) -> HttpResponse:
        rows = POLICY.instances_user_has_any_permission_for(request.user, ["change"])
        feed = get_object_or_404(rows.select_related("advisor"), uid=uid)
        self.act(feed)
        messages.success(request, self.done.format(feed.name))
        return redirect(calendar_url(feed.advisor, request))

    def act(self, feed: AdvisorFeed) -> None:
        raise NotImplementedError


class RenewFeedView(_FeedAction):
    done = "„{}“ hat eine neue Adresse. Die alte gilt nicht mehr: Bitte tragen Sie die neue in Ihren Kalender ein."

    def act(self, feed: AdvisorFeed) -> None:
        renew_feed(feed)


class SwitchOffFeedView(_FeedAction):
    done = "„{}“ ist abgeschaltet."

    def act(self, feed: AdvisorFeed) -> None:
        switch_off_feed(feed, now=timezone.now())
