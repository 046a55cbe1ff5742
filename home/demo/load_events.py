"""The page of the events and the events below it."""

from __future__ import annotations

from datetime import datetime, time

from django.utils import timezone

from courses.models import Topic
from home.demo.dates import LoadDay
from home.demo.events import EVENTS, LEAD, TITLE, EventText
from home.demo.pictures import picture
from home.demo.tree import add_missing, stream
from home.models import EventDate, EventIndexPage, EventPage, HomePage
from offices.models import District, Office


def load_events(clock: LoadDay, home: HomePage) -> None:
    add_missing(home, "veranstaltungen", lambda: EventIndexPage(title=TITLE, slug="veranstaltungen", lead=LEAD))
    index = home.get_children().get(slug="veranstaltungen")
    for text in EVENTS:
        add_missing(index, text.slug, lambda text=text: _new_event(clock, text))


def _new_event(clock: LoadDay, text: EventText) -> EventPage:
    venue, street, postcode, town = text.place
    image = picture(text.scene)
    page = EventPage(
        title=text.title,
        slug=text.slug,
        kind=text.kind,
        lead=text.lead,
        search_description=text.lead,
        is_online=text.is_online,
        office=Office.objects.filter(slug=text.office).first(),
        venue=venue,
        street=street,
        postcode=postcode,
        town=town,
        registration_note=text.registration,
        capacity_note=text.capacity,
        district=District.objects.filter(slug=text.district).first(),
        picture=image,
        picture_alt=image.description,
        body=stream(text.body),
    )
    page.topics = list(Topic.objects.filter(slug__in=text.topics))
    page.dates = [_new_date(clock, *date) for date in text.dates]
    return page


def _new_date(clock: LoadDay, weeks: int, weekday: int, start: time, end: time) -> EventDate:
    day = clock.day(weeks, weekday) if weeks > 0 else clock.plain_day(weeks, weekday)
    zone = timezone.get_default_timezone()
    starts_at, ends_at = (datetime.combine(day, at, tzinfo=zone) for at in (start, end))
    return EventDate(starts_at=starts_at, ends_at=ends_at)
