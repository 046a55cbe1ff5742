"""Many rows of one table at once.

Django writes no rows of page types in bulk, since they lie in two tables, its bulk update grows with rows times
columns, and on PostgreSQL it packs each column as an array, in which every quote of JSON is escaped once more; one
statement with a list of parameters does all three, alike on SQLite and PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

from courses.importing.values import column


def insert_rows(
    model: type[models.Model], rows: Sequence[models.Model], *, renewed_by: str = "", if_new: bool = False
) -> None:
    """Into the table of the model itself; rows of the tables above it are there already. Of a row that is there with
    the same value of the field `renewed_by` all others are written over; `if_new` leaves rows that are there in any
    way. Numbers that the database gives are not told. One statement."""
    fields = [each for each in model._meta.local_concrete_fields if not isinstance(each, models.AutoField)]
    columns = ", ".join(_quoted(field) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    sql = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608
    if renewed_by:
        found_by = column(model, renewed_by)
        sets = ", ".join(f"{_quoted(each)} = excluded.{_quoted(each)}" for each in fields if each != found_by)
        sql += f" ON CONFLICT ({_quoted(found_by)}) DO UPDATE SET {sets}"
    elif if_new:
        sql += " ON CONFLICT DO NOTHING"
    _run(sql, [_values(row, fields) for row in rows])


def update_rows(model: type[models.Model], names: Iterable[str], rows: Sequence[models.Model]) -> None:
    """These fields of the table of the model itself, found by its key. One statement."""
    fields = [column(model, name) for name in names]
    key = model._meta.pk
    sets = ", ".join(f"{_quoted(field)} = %s" for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    sql = f"UPDATE {table} SET {sets} WHERE {_quoted(key)} = %s"  # noqa: S608
    _run(sql, [_values(row, [*fields, key]) for row in rows])


def _quoted(field: Any) -> str:
    return connection.ops.quote_name(field.column)


def _values(row: models.Model, fields: Iterable[Any]) -> list[Any]:
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]


def _run(sql: str, parameters: list[list[Any]]) -> None:
    if parameters:
        with connection.cursor() as cursor:
            cursor.executemany(sql, parameters)
