"""Kept pages across processes: what one books, cancels, closes or publishes, the next page of any other knows."""

from __future__ import annotations

import re

import requests

from tests.factories.booking import AvailabilityRuleFactory, ServiceFactory
from tests.factories.home import new_site
from tests.factories.offices import AdvisorFactory, DistrictFactory, OfficeFactory
from tests.servers import RunningSite

TIME = r'<time class="next-free__time" datetime="([^"]*)"'
BEGIN = """
from datetime import timedelta
from django.utils import timezone
from booking.models import Appointment, Closure, Service
from booking.selectors import free_times
from booking.services.book import FirmDetails, book_appointment
from booking.services.cancel import cancel_appointment
from booking.services.hold import Wish, hold_time
from offices.models import Office
now, service, office = timezone.now(), Service.objects.get(), Office.objects.get()
def first():
    from booking.domain.clock import BERLIN
    return BERLIN.moment(free_times(service, now=now)[0].start)
"""
BOOK = """
hold = hold_time(Wish(service, office, "office", first()), visit="one", network="a", now=now)
book_appointment(hold, FirmDetails("Metall", "Kim", "kim@firma.example", "31785"), now=now)
"""
CANCEL = "cancel_appointment(Appointment.objects.get(), now=now)"
CLOSE = "Closure.objects.create(office=office, reason='x', first_day=first().date(), last_day=first().date())"
PUBLISH = """
from home.models import HomePage
page = HomePage.objects.get()
page.headline = "Ganz neu"
page.save_revision().publish()
"""
TELL = "\nprint(first().isoformat(timespec='minutes'))"


def test_what_another_process_changes_is_on_the_next_page_of_every_worker(site: RunningSite) -> None:
    new_site()
    office = OfficeFactory(slug="hameln", districts=[DistrictFactory()])
    AvailabilityRuleFactory(advisor=AdvisorFactory(office=office))
    ServiceFactory()
    web = site.start_web(workers=3)
    # Each request is a new connection, so that all workers are asked.
    shown = [pages(web.url)]
    for change in (BOOK, CANCEL, CLOSE):
        wanted = site.manage("shell", "--verbosity=0", "-c", BEGIN + change + TELL).stdout.strip()
        assert pages(web.url) == {wanted}
        shown.append({wanted})
    start, booked, cancelled, closed = shown
    assert cancelled == start
    assert len({*start, *booked, *closed}) == 3
    site.manage("shell", "--verbosity=0", "-c", PUBLISH)
    assert pages(web.url, shown=r"<h1[^>]*>([^<]*)</h1>") == {"Ganz neu"}


def pages(url: str, number: int = 9, shown: str = TIME) -> set[str]:
    found = set()
    for _ in range(number):
        html = requests.get(url + "/", timeout=120).text
        found.add(re.search(shown, html)[1])  # type: ignore[index]
    return found
