"""Between the wall clock and instants.

Instants are whole minutes since 1970-01-01T00:00Z: the rules of the booking count with integers, since comparing
thousands of aware datetimes is what makes calendars slow. Wall-clock times are minutes since midnight of a day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from math import floor
from zoneinfo import ZoneInfo

DAY = 24 * 60
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)


def minute_of(moment: datetime) -> int:
    """Minutes since the epoch, rounded down. Raises ValueError for a datetime without zone."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return (moment - _EPOCH) // _MINUTE


def exact_minute_of(moment: datetime) -> float:
    """Minutes since the epoch with the seconds as a fraction: for „now“, which no grid holds to whole minutes."""
    return (moment - _EPOCH) / _MINUTE


def minute_after(moment: datetime) -> int:
    """Minutes since the epoch, rounded up."""
    return -((_EPOCH - moment) // _MINUTE)


def moment_of(minute: float) -> datetime:
    """The instant in UTC."""
    return _EPOCH + timedelta(minutes=minute)


def minutes_of(at: time) -> int:
    """Minutes since midnight."""
    return at.hour * 60 + at.minute


class WallClock:
    """The clock on the wall of one zone.

    Once a year an hour is missing: a time inside the gap stands for the end of the gap (02:30 → 03:00). Once a year
    an hour is doubled: such a time stands for its first occurrence.
    """

    def __init__(self, zone: str = "Europe/Berlin") -> None:
        self.name = zone
        self.zone = ZoneInfo(zone)
        self._offset = lru_cache(maxsize=2048)(self._offset_of_day)
        self._offset_in_utc = lru_cache(maxsize=2048)(self._offset_of_utc_day)

    def instant(self, day: date, minutes: int) -> int:
        """The instant at which the wall clock shows `minutes` after midnight of `day`."""
        offset = self._offset(day)
        if offset is None:
            return self._instant_on_change_day(day, minutes)
        return (day.toordinal() - _EPOCH_DAY) * DAY + minutes - offset

    def shows(self, day: date, minutes: int) -> bool:
        """Whether the wall clock shows that time at all: false inside the gap of the spring change."""
        if self._offset(day) is not None:
            return True
        return self.local(self._instant_on_change_day(day, minutes)) == (day, minutes)

    def changes_on(self, day: date) -> bool:
        """Whether the clock is put forward or back on that day."""
        return self._offset(day) is None

    def local(self, minute: float) -> tuple[date, int]:
        """Day and minutes since midnight that the wall clock shows at an instant; it shows no seconds."""
        whole = floor(minute)
        offset = self._offset_in_utc(whole // DAY)
        if offset is None:
            moment = self.moment(whole)
            return moment.date(), moment.hour * 60 + moment.minute
        days, minutes = divmod(whole + offset, DAY)
        return date.fromordinal(_EPOCH_DAY + days), minutes

    def moment(self, minute: int) -> datetime:
        """The instant as an aware datetime of this zone."""
        return moment_of(minute).astimezone(self.zone)

    def day_span(self, day: date) -> tuple[int, int]:
        """[midnight, next midnight) of a day: 23, 24 or 25 hours."""
        return self.instant(day, 0), self.instant(day + timedelta(days=1), 0)

    def _offset_of_day(self, day: date) -> int | None:
        """Offset from UTC in minutes when it holds all day, None on a day on which the clock changes."""
        midnight = datetime.combine(day, time.min, tzinfo=self.zone)
        next_midnight = datetime.combine(day + timedelta(days=1), time.min, tzinfo=self.zone)
        first, last = midnight.utcoffset(), next_midnight.utcoffset()
        if first is None or first != last:
            return None
        return first // _MINUTE

    def _offset_of_utc_day(self, day: int) -> int | None:
        """The same for a day in UTC, counted from the epoch: thousands of instants are looked up on few days."""
        first, last = (self.moment(minute).utcoffset() for minute in (day * DAY, (day + 1) * DAY - 1))
        if first is None or first != last or first % _MINUTE:
            return None
        return first // _MINUTE

    def _instant_on_change_day(self, day: date, minutes: int) -> int:
        for later in range(minutes, minutes + 3 * 60):
            wall = datetime.combine(day, time.min) + timedelta(minutes=later)
            instant = minute_of(wall.replace(tzinfo=self.zone))
            if moment_of(instant).astimezone(self.zone).replace(tzinfo=None) == wall:
                return instant
        raise ValueError(f"{self.name} shows no such time on {day.isoformat()}")


BERLIN = WallClock("Europe/Berlin")
"""The clock by which the whole network lives."""
