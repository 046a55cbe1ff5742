"""The next free times on pages that are about something else."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from booking.enums import Kind
from booking.models import Service
from booking.selectors import free_times
from booking.times import by_day, next_times
from offices.models import Office

SHOWN = 4


def next_free_times(office: Office, *, now: datetime | None = None) -> dict[str, object]:
    """The next times of an office for the first service, as buttons that reserve at once."""
    service = Service.objects.filter(is_active=True).first()
    if service is None:
        return {"office": office, "services": []}
    slots = free_times(service, now=now or timezone.now(), offices=[office])
    kind = next((kind for kind in service.kinds if any(kind in slot.kinds for slot in slots)), service.kinds[0])
    url = reverse("booking:times", args=[office.slug])
    return {
        "office": office,
        "service": service,
        "kind": kind,
        "kind_label": Kind(kind).label,
        "days": next_times(by_day([slot for slot in slots if kind in slot.kinds]), limit=SHOWN),
        "times_url": f"{url}?anliegen={service.slug}&art={kind}",
    }
