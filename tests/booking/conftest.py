"""A small network at work: one office in Hameln with one advisor, mornings from Monday to Friday."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

from offices.models import Advisor, Office
from tests.factories.booking import AvailabilityRuleFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory, DistrictFactory, OfficeFactory, PostcodeFactory

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
"""A Monday, 8 o'clock in Berlin."""


@pytest.fixture
def now():
    """Stops the clock at NOW; the value can be moved on by hand."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def office(db) -> Office:
    district = DistrictFactory()
    PostcodeFactory(code="31785", district=district)
    return OfficeFactory(name="MehrWert-Büro Hameln", slug="hameln", districts=[district])


@pytest.fixture
def advisor(office) -> Advisor:
    return AdvisorFactory(name="Ada Beispiel", slug="ada", office=office)


@pytest.fixture
def service(db):
    return ServiceFactory()


@pytest.fixture
def rule(advisor, service):
    return AvailabilityRuleFactory(advisor=advisor)
