from __future__ import annotations

from datetime import date, time

import factory
import recurrence
from factory.django import DjangoModelFactory

from offices.models import Advisor, District, Office, OfficeDay, Postcode
from tests.factories.numbers import numbered


def weekly(*weekdays: int, interval: int = 1) -> recurrence.Recurrence:
    """A rule for given weekdays (0 = Monday); all working days when none is given."""
    days = [recurrence.to_weekday(number) for number in weekdays or range(5)]
    return recurrence.Recurrence(rrules=[recurrence.Rule(recurrence.WEEKLY, byday=days, interval=interval)])


class DistrictFactory(DjangoModelFactory):
    class Meta:
        model = District
        django_get_or_create = ("slug",)

    name = "Hameln-Pyrmont"
    slug = "hameln-pyrmont"
    ags = numbered()
    seat = "Hameln"
    latitude = 52.1037
    longitude = 9.3676
    position = factory.Sequence(int)


class PostcodeFactory(DjangoModelFactory):
    class Meta:
        model = Postcode

    code = "31785"
    district = factory.SubFactory(DistrictFactory)


class OfficeFactory(DjangoModelFactory):
    class Meta:
        model = Office
        skip_postgeneration_save = True

    name = numbered("MehrWert-Büro {}")
    slug = numbered("buero-{}")
    street = "Musterweg 1"
    postcode = "31785"
    town = "Hameln"
    latitude = 52.1037
    longitude = 9.3676
    phone = "05151 000000"
    email = factory.LazyAttribute(lambda office: f"{office.slug}@mehrwert.example")

    @factory.post_generation
    def districts(self, create: bool, extracted: list[District] | None, **_: object) -> None:
        if create and extracted:
            self.districts.set(extracted)
            self.save()


class AdvisorFactory(DjangoModelFactory):
    class Meta:
        model = Advisor

    name = numbered("Beispielperson {}")
    slug = numbered("person-{}")
    office = factory.SubFactory(OfficeFactory)
    email = factory.LazyAttribute(lambda advisor: f"{advisor.slug}@mehrwert.example")


class OfficeDayFactory(DjangoModelFactory):
    class Meta:
        model = OfficeDay
        skip_postgeneration_save = True

    office = factory.SubFactory(OfficeFactory)
    title = numbered("Sprechtag {}")
    venue = "Rathaus, Zimmer 12"
    street = "Markt 1"
    postcode = "31675"
    town = "Bückeburg"
    days = factory.LazyFunction(weekly)
    start_time = time(9)
    end_time = time(12)
    valid_from = date(2026, 1, 1)

    @factory.post_generation
    def advisors(self, create: bool, extracted: list[Advisor] | None, **_: object) -> None:
        if create and extracted:
            self.advisors.set(extracted)
