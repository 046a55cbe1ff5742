"""Many rows of one table at once.

Django writes no rows of page types in bulk, since they lie in two tables, and its bulk update grows with rows times
columns; one statement with a list of parameters does both, alike on SQLite and PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

from courses.importing.values import column


def insert_rows(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Into the table of the model itself; rows of the tables above it are there already. One statement."""
    fields = model._meta.local_concrete_fields
    columns = ", ".join(_quoted(field) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    _run(f"INSERT INTO {table} ({columns}) VALUES ({places})", [_values(row, fields) for row in rows])  # noqa: S608


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
