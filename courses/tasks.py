"""What the worker does for the courses by the clock."""

from __future__ import annotations

from django.utils import timezone

from courses.services import provider_links


def remind_providers() -> int:
    return provider_links.remind_providers(now=timezone.now())
