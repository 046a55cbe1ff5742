from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import factory
from factory.django import DjangoModelFactory

from booking.enums import Kind, Status
from booking.models import (
    AdvisorFeed,
    Appointment,
    AvailabilityRule,
    BusyCalendar,
    BusyTime,
    CalendarChannel,
    Closure,
    PushCalendar,
    PushEntry,
    Service,
    ServiceQuestion,
)
from tests.factories.numbers import numbered
from tests.factories.offices import AdvisorFactory, weekly


class ServiceFactory(DjangoModelFactory):
    class Meta:
        model = Service
        django_get_or_create = ("slug",)

    name = "Erstberatung"
    slug = "erstberatung"
    summary = "Wir hören zu und sortieren."
    what_to_bring = "Eine Liste Ihrer Fragen."
    duration = 60
    step = 30
    notice_hours = 24
    horizon_days = 60
    kinds = [Kind.OFFICE, Kind.OFFICE_DAY, Kind.PHONE, Kind.VIDEO, Kind.FIRM]


class AvailabilityRuleFactory(DjangoModelFactory):
    class Meta:
        model = AvailabilityRule

    advisor = factory.SubFactory(AdvisorFactory)
    office = factory.SelfAttribute("advisor.office")
    days = factory.LazyFunction(weekly)
    start_time = time(9)
    end_time = time(12)
    valid_from = date(2026, 1, 1)
    kinds = [Kind.OFFICE, Kind.PHONE]


class ClosureFactory(DjangoModelFactory):
    class Meta:
        model = Closure

    reason = "Betriebsausflug"
    first_day = date(2026, 12, 1)
    last_day = factory.SelfAttribute("first_day")


class AppointmentFactory(DjangoModelFactory):
    class Meta:
        model = Appointment

    status = Status.BOOKED
    advisor = factory.SubFactory(AdvisorFactory)
    office = factory.SelfAttribute("advisor.office")
    service = factory.SubFactory(ServiceFactory)
    kind = Kind.OFFICE
    starts_at = datetime(2026, 12, 1, 8, tzinfo=UTC)
    ends_at = factory.LazyAttribute(lambda a: a.starts_at + timedelta(minutes=a.service.duration))
    block_start = factory.SelfAttribute("starts_at")
    block_end = factory.SelfAttribute("ends_at")
    created_at = datetime(2026, 11, 1, 8, tzinfo=UTC)
    changed_at = factory.SelfAttribute("created_at")
    organization = "Beispiel Metallbau GmbH"
    name = "Kim Muster"
    email = "kim.muster@firma.example"
    postcode = "31785"


class AdvisorFeedFactory(DjangoModelFactory):
    class Meta:
        model = AdvisorFeed

    advisor = factory.SubFactory(AdvisorFactory)
    name = "Outlook im Büro"


class BusyCalendarFactory(DjangoModelFactory):
    """Read at 8 o'clock in Berlin on Monday, 23 November 2026, and good until Thursday."""

    class Meta:
        model = BusyCalendar

    advisor = factory.SubFactory(AdvisorFactory)
    kind = BusyCalendar.Kind.ICS
    name = "Outlook"
    access = factory.LazyFunction(lambda: BusyCalendar.sealed({"url": "https://calendar.example/geheim.ics"}))
    read_at = datetime(2026, 11, 23, 7, tzinfo=UTC)
    connected_at = factory.SelfAttribute("read_at")
    expanded_at = factory.SelfAttribute("read_at")
    trusted_until = factory.LazyAttribute(lambda calendar: calendar.read_at + timedelta(hours=72))
    next_try_at = factory.LazyAttribute(lambda calendar: calendar.read_at + timedelta(minutes=12))


class BusyTimeFactory(DjangoModelFactory):
    class Meta:
        model = BusyTime

    calendar = factory.SubFactory(BusyCalendarFactory)
    start = datetime(2026, 11, 24, 9, tzinfo=UTC)
    end = factory.LazyAttribute(lambda time: time.start + timedelta(hours=1))


class PushCalendarFactory(DjangoModelFactory):
    """At an address inside a network: it is refused before anything is sent."""

    class Meta:
        model = PushCalendar
        skip_postgeneration_save = True

    advisor = factory.SubFactory(AdvisorFactory)
    name = "Beratung"
    state = PushCalendar.State.ACTIVE
    access = factory.LazyFunction(
        lambda: PushCalendar.sealed(
            {
                "url": "https://10.0.0.1/",
                "user": "lena",
                "password": "geheim",
                "collection": "https://10.0.0.1/lena/beratung/",
                "found": [{"url": "https://10.0.0.1/lena/beratung/", "name": "Beratung"}],
            }
        )
    )
    connected_at = datetime(2026, 11, 23, 7, tzinfo=UTC)
    next_try_at = factory.SelfAttribute("connected_at")

    @factory.post_generation
    def way(self, create, extracted, **kwargs):
        """Connecting has chosen the way."""
        if self.state in {PushCalendar.State.ACTIVE, PushCalendar.State.REFUSED}:
            CalendarChannel.objects.update_or_create(advisor=self.advisor, defaults={"way": CalendarChannel.Way.PUSH})


class PushEntryFactory(DjangoModelFactory):
    """Booked on 1 November, of a calendar that was connected since, and still on its way."""

    class Meta:
        model = PushEntry

    calendar = factory.SubFactory(PushCalendarFactory)
    appointment = factory.SubFactory(AppointmentFactory, advisor=factory.SelfAttribute("..calendar.advisor"))
    href = numbered("mehrwert-{}.ics")
    next_try_at = factory.SelfAttribute("calendar.connected_at")


class ServiceQuestionFactory(DjangoModelFactory):
    class Meta:
        model = ServiceQuestion

    service = factory.SubFactory(ServiceFactory)
    label = "Gibt es Parkplätze?"
    sort_order = factory.Sequence(int)
