"""Loads for `make bench`: busy advisors, a busy network, and a past that grows."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from wagtail.models import Page

from booking.domain.clock import BERLIN
from booking.domain.policy import BookingPolicy
from booking.domain.slots import Commitments, Window, free_slots
from booking.domain.travel import Stop
from booking.models import AdvisorFeed, Appointment, AvailabilityRule, Service
from courses.models import CourseCataloguePage
from home.models import NewsIndexPage
from offices.models import Advisor
from tests.factories.accounts import office_lead
from tests.factories.booking import AdvisorFeedFactory, AppointmentFactory, AvailabilityRuleFactory, ServiceFactory
from tests.factories.courses import CoursePageFactory
from tests.factories.home import NewsPageFactory
from tests.factories.offices import AdvisorFactory, OfficeFactory

OPENS, CLOSES = time(9), time(17)
EVERY_KIND = ["office", "phone", "video"]


def busy_feed(*, appointments: int) -> AdvisorFeed:
    """A feed with as many booked hours ahead."""
    advisor = AdvisorFactory(office=OfficeFactory())
    start = timezone.now().replace(minute=0, second=0, microsecond=0)
    book([(advisor, start + timedelta(hours=number)) for number in range(1, appointments + 1)], service=some_service())
    return AdvisorFeedFactory(advisor=advisor)


def busy_office_feed(*, appointments: int, advisors: int = 7) -> AdvisorFeed:
    """The same for the head of an office, whose advisors share these hours: several begin at the same time."""
    office = OfficeFactory()
    head = office_lead(f"bench-{office.slug}", office=office)
    people = [head, *(AdvisorFactory(office=office) for _ in range(advisors - 1))]
    start = timezone.now().replace(minute=0, second=0, microsecond=0)
    times = [
        (people[number % advisors], start + timedelta(hours=1 + number // advisors)) for number in range(appointments)
    ]
    book(times, service=some_service())
    return AdvisorFeedFactory(advisor=head, office=office)


def some_service() -> Service:
    """For appointments whose rules are nobody's question: not bookable, so no page shows it."""
    return ServiceFactory(slug="bench-vorrat", name="Vorrat", position=99, is_active=False)


def book(times: Sequence[tuple[Advisor, datetime]], *, service: Service, minutes: int = 60) -> None:
    rows = [
        AppointmentFactory.build(
            advisor=advisor,
            office=advisor.office,
            service=service,
            starts_at=start,
            ends_at=start + timedelta(minutes=minutes),
        )
        for advisor, start in times
    ]
    Appointment.objects.bulk_create(rows, batch_size=500)


def busy_network(*, advisors: int, offices: int, days: int, appointments: int, service: Service) -> list[Advisor]:
    """Advisors with one window a working day, and appointments spread over their half hours from tomorrow on."""
    places = [OfficeFactory() for _ in range(offices)]
    people = [AdvisorFactory(office=places[number % offices]) for number in range(advisors)]
    for person in people:
        AvailabilityRuleFactory(advisor=person, start_time=OPENS, end_time=CLOSES, kinds=EVERY_KIND)
    chance = random.Random(7)  # the same load every time, no secret
    tomorrow = timezone.localdate() + timedelta(days=1)
    desk = [
        (person, BERLIN.moment(BERLIN.instant(day, hour * 60)))
        for person in people
        for day in (tomorrow + timedelta(days=number) for number in range(days))
        if day.weekday() < 5
        for hour in range(OPENS.hour, CLOSES.hour)
    ]
    book(chance.sample(desk, appointments), service=service)
    return people


def rules_alone(*, advisors: int, weeks: int, appointments: int) -> Callable[[], object]:
    """A call of the domain: two windows a working day for each advisor, most hours taken, nothing read or shown."""
    chance = random.Random(7)
    monday = date(2026, 11, 23)
    days = [monday + timedelta(days=n) for n in range(weeks * 7) if (monday + timedelta(days=n)).weekday() < 5]
    windows = [
        Window(advisor, 1, day, opens, closes, frozenset({"office"}))
        for advisor in range(advisors)
        for day in days
        for opens, closes in ((9 * 60, 12 * 60), (13 * 60, 17 * 60))
    ]
    busy: dict[int, list[Stop]] = {advisor: [] for advisor in range(advisors)}
    for _ in range(appointments):
        start = BERLIN.instant(chance.choice(days), chance.randrange(9 * 60, 16 * 60, 30))
        busy[chance.randrange(advisors)].append(Stop(start, start + 60))
    policy = BookingPolicy(duration=60, step=30, buffer_after=10, horizon_days=weeks * 7)
    now = BERLIN.instant(monday, 8 * 60)
    return lambda: free_slots(windows, Commitments(busy=busy), policy, now=now, clock=BERLIN)


class Past:
    """Appointments, courses and news that no page shows any more; `double` adds as much again."""

    def __init__(self, *, appointments: int, courses: int, news: int) -> None:
        self.appointments, self.courses, self.news = appointments, courses, news
        self.rounds = 0
        self.double()

    def double(self) -> None:
        self._add_appointments()
        self._add_courses()
        self._add_news()
        self.rounds += 1

    def _add_appointments(self) -> None:
        people = list(Advisor.objects.filter(pk__in=AvailabilityRule.objects.values("advisor")))
        each = self.appointments // len(people)
        today = BERLIN.day_span(timezone.localdate())[0]
        end = BERLIN.moment(today) - timedelta(days=1, hours=each * self.rounds)
        book([(person, end - timedelta(hours=n)) for person in people for n in range(each)], service=some_service())

    def _add_courses(self) -> None:
        catalogue = CourseCataloguePage.objects.get()
        over = timezone.localdate() - timedelta(days=30)
        for _ in range(self.courses):
            CoursePageFactory(parent=fresh(catalogue), runs=[over])

    def _add_news(self) -> None:
        index = NewsIndexPage.objects.get()
        for number in range(self.news):
            day = date(2020, 1, 1) + timedelta(days=number)
            NewsPageFactory(parent=fresh(index), date=day, teaser_picture=None)


def fresh(page: Page) -> Page:
    """The tree keeps its counters in the row, not in the object at hand."""
    return type(page).objects.get(pk=page.pk)
