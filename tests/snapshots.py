"""The test database as the migrations left it, put back after every test that really committed.

Django empties all tables after such a test, and with them what migrations and Wagtail brought along (root page, locale,
permissions); the next test finds a ruin, unless the order of all tests is arranged around it, which several processes
cannot keep. A copy put back is exact, works in any order and takes less time than emptying a hundred tables.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from typing import Protocol

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


class Snapshot(Protocol):
    def restore(self) -> None: ...


class SqliteSnapshot:
    """Held in memory; other processes may have the file open, the copy is one transaction for them."""

    def __init__(self, connection: BaseDatabaseWrapper, _: str) -> None:
        self.connection = connection
        connection.close()
        self.copy = sqlite3.connect(":memory:")
        with contextlib.closing(self._open()) as source:
            source.backup(self.copy)

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.connection.settings_dict["NAME"], timeout=30)

    def restore(self) -> None:
        self.connection.close()
        with contextlib.closing(self._open()) as target:
            self.copy.backup(target)

    def drop(self) -> None:
        self.copy.close()


class PostgresqlSnapshot:
    """A template database beside the test's; whoever is still connected to that one is cut off."""

    def __init__(self, connection: BaseDatabaseWrapper, name: str) -> None:
        self.connection = connection
        self.name = connection.settings_dict["NAME"]
        self.copy = f"{self.name}_{name}"
        connection.close()
        self._run(
            f'DROP DATABASE IF EXISTS "{self.copy}" WITH (FORCE)',
            f'CREATE DATABASE "{self.copy}" TEMPLATE "{self.name}"',
        )

    def _run(self, *statements: str) -> None:
        with self.connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def restore(self) -> None:
        self.connection.close()
        self._run(
            f'DROP DATABASE "{self.name}" WITH (FORCE)',
            f'CREATE DATABASE "{self.name}" TEMPLATE "{self.copy}"',
        )

    def drop(self) -> None:
        self._run(f'DROP DATABASE "{self.copy}" WITH (FORCE)')


@contextlib.contextmanager
def snapshot_of_database(name: str = "snapshot") -> Iterator[Snapshot]:
    connection = connections["default"]
    kind = SqliteSnapshot if connection.vendor == "sqlite" else PostgresqlSnapshot
    snapshot = kind(connection, name)
    yield snapshot
    snapshot.drop()
