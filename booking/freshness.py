"""One mark for all free times. Whatever alters them renews it: `booking.signals`, `FreeTimesQuerySet.update`."""

from __future__ import annotations

from foundation.caching.marks import Mark

FREE_TIMES = Mark("booking.free_times")
alter_free_times = FREE_TIMES.alter
