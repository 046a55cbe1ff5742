"""„Mein Kalender“: the addresses under which calendar programs read an advisor's appointments.

The page shows secrets, so nothing keeps it (no-store) and no other host learns of it: no foreign resource, and the
one link that leads outside carries no referrer. The page's own policy stays `same-origin`, see
docs/decisions/calendar-page-referrer.md.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.admin import messages

from booking.desk.channel import choice_context
from booking.desk.forms import FeedForm
from booking.desk.own_pages import OwnAction, OwnPage, back_to, chosen_advisor
from booking.links import feed_address, subscription_ways
from booking.models import AdvisorFeed
from booking.permissions import is_of_team
from booking.services.channels import OtherWay
from booking.services.feeds import MAX_FEEDS, TooManyFeeds, create_feed, renew_feed, switch_off_feed
from foundation.qr import qr_code
from offices.models import Advisor, Office


def subscription_links(feed: AdvisorFeed) -> dict[str, str]:
    """With the link for calendar programs also as a picture."""
    ways = subscription_ways(feed_address(feed))
    return ways | {"qr": qr_code(ways["webcal"])}


def office_for_links(advisor: Advisor) -> Office | None:
    """Whose appointments, beside the own, the advisor's links may tell."""
    return advisor.office if is_of_team(advisor) else None


class CalendarView(OwnPage):
    page = "advisor_calendar"
    template_name = "booking/desk/calendar.html"
    page_title = "Mein Kalender"
    header_icon = "calendar-alt"

    def context_of(self, advisor: Advisor) -> dict[str, Any]:
        feeds = AdvisorFeed.objects.filter(advisor=advisor).select_related("office")
        working = [feed for feed in feeds if feed.revoked_at is None]
        team_office, choice = office_for_links(advisor), choice_context(advisor)
        allowed = {"detail": AdvisorFeed.Detail.BUSY} if choice["has_other_way"] else {}
        return choice | {
            "feeds": [(feed, subscription_links(feed)) for feed in working],
            "doubling": [each for each in working if each.office_id is None and each.detail != AdvisorFeed.Detail.BUSY],
            "team_office": team_office,
            "feeds_switched_off": [feed for feed in feeds if feed.revoked_at is not None],
            "form": FeedForm(initial=allowed, office=team_office),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        """A new link."""
        advisor = chosen_advisor(request, request.POST.get("beratungsperson"))
        if advisor is None:
            raise Http404
        form = FeedForm(request.POST, office=office_for_links(advisor))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            values = form.cleaned_data
            create_feed(advisor=advisor, name=values["name"], detail=values["detail"], office=form.chosen_office)
        except TooManyFeeds:
            messages.error(request, f"Es gibt schon {MAX_FEEDS} Links. Schalten Sie erst einen ab.")
        except OtherWay:
            messages.error(
                request,
                "Die Termine kommen schon auf einem anderen Weg. Wählen Sie für einen weiteren Kalender „nur Belegt“.",
            )
        else:
            messages.success(request, "Der neue Link ist da. Kopieren Sie die Adresse in Ihr Kalenderprogramm.")
        return back_to(self.page, advisor, request)


class _FeedAction(OwnAction):
    model = AdvisorFeed
    page = "advisor_calendar"
    done = ""

    def act(self, row: AdvisorFeed) -> None:
        self.change(row)
        messages.success(self.request, self.done.format(row.name))

    def change(self, feed: AdvisorFeed) -> None:
        raise NotImplementedError


class RenewFeedView(_FeedAction):
    done = "„{}“ hat eine neue Adresse. Die alte gilt nicht mehr: Bitte tragen Sie die neue in Ihren Kalender ein."

    def change(self, feed: AdvisorFeed) -> None:
        renew_feed(feed)


class SwitchOffFeedView(_FeedAction):
    done = "„{}“ ist abgeschaltet."

    def change(self, feed: AdvisorFeed) -> None:
        switch_off_feed(feed, now=timezone.now())
