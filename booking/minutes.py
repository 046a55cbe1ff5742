"""Stored instants as the minutes in which the rules count, worked out by the database.

A datetime made for each of thousands of rows costs more than finding the free times among them.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, IntegerField, Value
from django.db.models.sql.compiler import SQLCompiler


class MinuteOf(Func):
    """As `booking.domain.clock.minute_of`: minutes since the epoch, rounded down."""

    arity = 1
    output_field = IntegerField()
    template = "CAST(FLOOR(EXTRACT(EPOCH FROM %(expressions)s) / 60) AS integer)"
    # SQLite keeps instants in UTC as text, YYYY-MM-DD HH:MM:SS[.ffffff].
    on_sqlite = "CAST(STRFTIME('%%%%s', SUBSTR(%(expressions)s, 1, 16)) AS integer) / 60"

    def get_db_converters(self, connection: BaseDatabaseWrapper) -> list[Any]:
        # What comes is a whole number already.
        return []

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template=self.on_sqlite, **context)


class MinuteAfter(MinuteOf):
    """As `booking.domain.clock.minute_after`: minutes since the epoch, rounded up."""

    template = "CAST(CEIL(EXTRACT(EPOCH FROM %(expressions)s) / 60) AS integer)"
    on_sqlite = f"({MinuteOf.on_sqlite} + (SUBSTR(%(expressions)s, 18) <> '00'))"


class NoMinute(Value):
    """Stands in the column of minutes where there are none."""

    def __init__(self) -> None:
        super().__init__(0, output_field=IntegerField())

    def get_db_converters(self, connection: BaseDatabaseWrapper) -> list[Any]:
        # What comes is a whole number already; a converter is called for each of thousands of rows.
        return []
