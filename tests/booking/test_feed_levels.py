"""What a reader sees has changed: SEQUENCE and stamps have risen, whichever it was (FEED-2). Programs that compare them
keep the old detail otherwise."""

from __future__ import annotations

from datetime import timedelta

import icalendar
import pytest
from django.test import Client
from django.utils.http import http_date

from booking.calendars import event_for_feed, subscription_for_firm
from booking.links import feed_token
from booking.models import AdvisorFeed, CalendarChannel, Service
from booking.services.channels import FeedsThen
from booking.services.choose_channel import choose_channel
from offices.models import Advisor, Office
from tests.booking.conftest import NOW
from tests.factories.booking import AdvisorFeedFactory, AppointmentFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LONG_AGO = NOW - 30 * DAY
BUSY = AdvisorFeed.Detail.BUSY


@pytest.fixture
def appointment(advisor, service, now):
    advisor.email = "ada@mehrwert.example"
    advisor.save()
    for model in (Advisor, Office, Service):
        model.objects.update(updated_at=LONG_AGO)
    return AppointmentFactory(advisor=advisor, service=service, starts_at=NOW + DAY, created_at=LONG_AGO, sequence=2)


def make(advisor, **values):
    feed = AdvisorFeedFactory(advisor=advisor, **values)
    AdvisorFeed.objects.filter(pk=feed.pk).update(created_at=LONG_AGO)
    return feed


def read(feed, **headers):
    return Client().get(f"/kalender/{feed_token(feed)}.ics", headers=headers)


def said(feed):
    (event,) = icalendar.Calendar.from_ical(read(feed).getvalue()).walk("VEVENT")
    return str(event["SUMMARY"]), event["SEQUENCE"], event["DTSTAMP"].dt, event["LAST-MODIFIED"].dt


def turn(advisor, *, now):
    choose_channel(advisor=advisor, way=CalendarChannel.Way.INVITATION, feeds=FeedsThen.BUSY, now=now)


def test_feed_2_a_link_turned_to_busy_outdoes_what_it_said_before(appointment, advisor):
    """SEQUENCE, stamps and the date of the whole stayed: the title or the firm remained in the other calendar."""
    feed, busy = make(advisor, detail="full"), make(advisor, detail=BUSY)
    assert said(feed) == ("Erstberatung: Beispiel Metallbau GmbH", 2, LONG_AGO, LONG_AGO)
    before = read(feed)
    turned = NOW - timedelta(hours=1)
    turn(advisor, now=turned)
    assert said(feed) == ("Belegt", 3, turned, turned)
    assert said(busy) == ("Belegt", 2, LONG_AGO, LONG_AGO)
    assert read(feed).headers["ETag"] != before.headers["ETag"]
    assert read(feed).headers["Last-Modified"] == http_date(turned.timestamp())
    assert read(feed, if_modified_since=before.headers["Last-Modified"]).status_code == 200
    assert read(feed, if_none_match=read(feed).headers["ETag"]).status_code == 304


def test_feed_2_links_made_or_turned_later_keep_what_they_say(appointment, advisor):
    feed = make(advisor, detail="title")
    turn(advisor, now=NOW - DAY)
    said_first = said(feed)
    turn(advisor, now=NOW)  # the way holds already
    assert said(feed) == said_first == ("Belegt", 3, NOW - DAY, NOW - DAY)
    assert said(make(advisor, detail=BUSY)) == ("Belegt", 2, LONG_AGO, LONG_AGO)


@pytest.mark.parametrize("what", ["service", "office"])
def test_feed_2_stamps_rise_with_what_an_event_names(appointment, advisor, what):
    """A renamed service changed the title and left LAST-MODIFIED as it was."""
    full, title = make(advisor, detail="full"), make(advisor, detail="title")
    assert said(full)[2:] == (LONG_AGO, LONG_AGO)
    named = getattr(appointment, what)
    named.name = "Ganz neu"
    named.save()
    type(named).objects.update(updated_at=NOW - DAY)
    assert said(full)[1:] == (2, NOW - DAY, NOW - DAY)
    assert said(title)[1:] == (2, LONG_AGO, LONG_AGO)
    appointment.refresh_from_db()
    assert b"LAST-MODIFIED:20261122T070000Z" in subscription_for_firm(appointment).encode()


def test_feed_2_stamps_of_a_teams_feed_rise_with_the_name_of_who_advises(appointment, advisor):
    feed = make(advisor, office=advisor.office, detail="title")
    Advisor.objects.update(name="Ada Neu", updated_at=NOW - DAY)
    appointment.refresh_from_db()
    event = event_for_feed(appointment, feed)
    assert (event.summary, event.changed) == ("Ada Neu: Beratungstermin", NOW - DAY)
