from __future__ import annotations

from datetime import time, timedelta

import pytest

from tests.booking.effects.comparing import NINE
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory


@pytest.fixture
def network(advisor, rule, service):
    """A second advisor of the office, a third elsewhere, a second service with a cap that counts."""
    AvailabilityRuleFactory(advisor=AdvisorFactory(office=advisor.office), start_time=time(13), end_time=time(17))
    AvailabilityRuleFactory(advisor=AdvisorFactory())
    short = ServiceFactory(slug="kurz", name="Kurz", duration=30, step=30, horizon_days=30, cap_per_week=1)
    AppointmentFactory(advisor=advisor, service=short, starts_at=NINE - timedelta(days=1))
    AppointmentFactory(advisor=advisor, service=service, starts_at=NINE)
    return advisor
