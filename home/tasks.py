"""What the worker does for the pages by the clock."""

from __future__ import annotations

from django.utils import timezone

from home.messages import forget_sent_forms


def forget_traces_of_forms() -> int:
    return forget_sent_forms(now=timezone.now())
