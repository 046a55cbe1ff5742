"""The readers of events: lists and teasers. Lists end with the first event in them that ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from booking.links import webcal
from foundation.caching.shelf import depends_on
from home.models import EventDate, EventIndexPage, EventPage
from home.wording import span_in_words

EVENTS_PER_PAGE = 12
TEASERS = 3


@dataclass(frozen=True, slots=True)
class EventTeaser:
    """The day is that of the next date, of the last one once all are over."""

    title: str
    url: str
    kind: str
    lead: str
    day: str
    month: str
    start_iso: str
    when: str
    more_dates: int
    place: str
    is_cancelled: bool
    is_over: bool


def event_teasers(request: HttpRequest | None, *, now: datetime, limit: int = TEASERS) -> list[EventTeaser]:
    """The next events. Two queries: events, their dates."""
    return _teasers(EventPage.objects.open_to_all().ahead(now).for_lists()[:limit], request, now)


def list_context(index: EventIndexPage, request: HttpRequest, *, past: bool, now: datetime) -> dict[str, object]:
    """One page of what is ahead, or of what is over. A page that is not there raises Http404. Four queries,
    five for what is over."""
    events = EventPage.objects.child_of(index).open_to_all()
    if past and (end := events.next_end(now)):
        depends_on(end, {})  # by then one more event belongs here
    events = events.over(now) if past else events.ahead(now)
    try:
        page = Paginator(events.for_lists(), EVENTS_PER_PAGE).page(request.GET.get("page") or 1)
    except InvalidPage as none:
        raise Http404("no such page of the list") from none
    page.object_list = _teasers(page.object_list, request, now)
    address = f"{index.get_full_url(request)}{'vergangene/' if past else ''}"
    feed = f"{settings.BASE_URL}{reverse('home:events_calendar')}"
    return {
        "events": page,
        "is_past": past,
        "canonical": f"{address}?page={page.number}" if page.number > 1 else address,
        "calendar": {"file": feed, "subscribe": webcal(feed)},
    }


def _teasers(events: Iterable[EventPage], request: HttpRequest | None, now: datetime) -> list[EventTeaser]:
    found = list(events)
    lasts_until((date for event in found for date in event.dates.all()), now)
    return [_teaser(event, request, now) for event in found]


def _teaser(event: EventPage, request: HttpRequest | None, now: datetime) -> EventTeaser:
    dates = sorted(event.dates.all(), key=lambda date: date.starts_at)
    ahead = [date for date in dates if date.ends_at > now]
    shown = (ahead or dates[-1:])[0]
    start = timezone.localtime(shown.starts_at)
    return EventTeaser(
        title=event.title,
        url=event.get_url(request) or "",
        kind=event.get_kind_display(),
        lead=event.lead,
        day=str(start.day),
        month=date_format(start, "M"),
        start_iso=start.isoformat(),
        when=span_in_words(shown.starts_at, shown.ends_at),
        more_dates=max(0, len(ahead) - 1),
        place=event.place,
        is_cancelled=event.is_cancelled,
        is_over=not ahead,
    )


def lasts_until(dates: Iterable[EventDate], now: datetime) -> None:
    """What is kept of these dates is true until the first of them ends."""
    ends = [date.ends_at for date in dates if date.ends_at > now]
    if ends:
        depends_on(min(ends), {})
