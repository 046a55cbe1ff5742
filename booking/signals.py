"""Which stored things free times are made of: saving or deleting one of them alters the free times.

Updates of many appointments or services at once send no signal; their QuerySet says so itself.
"""

from __future__ import annotations

from django.db.models.signals import m2m_changed, post_delete, post_save

from booking.freshness import alter_free_times
from booking.models import Appointment, AvailabilityRule, BookingSettings, BusyCalendar, Closure, Service
from offices.models import Advisor, Office, OfficeDay

SOURCES = (
    *(Appointment, AvailabilityRule, BookingSettings, BusyCalendar, Closure, Service),
    *(Advisor, Office, OfficeDay),
)
LINKS = (AvailabilityRule.services.through, OfficeDay.advisors.through, Office.districts.through)


def connect() -> None:
    for model in SOURCES:
        for signal in (post_save, post_delete):
            signal.connect(alter_free_times, sender=model, dispatch_uid=f"booking.free_times.{model.__name__}")
    for through in LINKS:
        m2m_changed.connect(alter_free_times, sender=through, dispatch_uid=f"booking.free_times.{through.__name__}")
