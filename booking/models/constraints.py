"""A constraint by which the database itself refuses that one advisor is booked twice at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.ddl_references import Statement, Table
from django.db.models import BaseConstraint, Q


class NoOverlapConstraint(BaseConstraint):
    """No two rows with the same `key` and a state among `states` may have overlapping [`start`, `end`).

    PostgreSQL: an exclusion constraint over a GiST index; `int8range(key, key, '[]')` needs no extension.
    SQLite: two triggers that raise ABORT with the constraint's name. They refer to their table by a
    `Table` reference, so Django re-creates them when it remakes the table.
    Both raise IntegrityError whose text holds the constraint's name.
    """

    def __init__(self, *, key: str, start: str, end: str, state: str, states: Sequence[str], name: str) -> None:
        super().__init__(name=name)
        self.key, self.start, self.end, self.state = key, start, end, state
        self.states = tuple(str(value) for value in states)

    def _columns(self, model: Any) -> dict[str, str]:
        return {role: model._meta.get_field(getattr(self, role)).column for role in ("key", "start", "end", "state")}

    def _states_sql(self, schema_editor: Any) -> str:
        return ", ".join(schema_editor.quote_value(value) for value in self.states)

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        if schema_editor.connection.vendor == "sqlite":
            # Triggers cannot stand in CREATE TABLE: they follow when the table is there.
            for statement in self._triggers(model, schema_editor):
                schema_editor.deferred_sql.append(statement)
            return None
        return self._exclusion(model, schema_editor, "CONSTRAINT %(name)s %(body)s")

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        if schema_editor.connection.vendor == "sqlite":
            statements = self._triggers(model, schema_editor)
            for statement in statements[1:]:
                schema_editor.deferred_sql.append(statement)
            return statements[0]
        return self._exclusion(model, schema_editor, "ALTER TABLE %(table)s ADD CONSTRAINT %(name)s %(body)s")

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        quote = schema_editor.quote_name
        if schema_editor.connection.vendor == "sqlite":
            for event in ("insert", "update"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {quote(f'{self.name}_{event}')}")
            return None
        table = Table(model._meta.db_table, quote)
        return Statement("ALTER TABLE %(table)s DROP CONSTRAINT %(name)s", table=table, name=quote(self.name))

    def _exclusion(self, model: Any, schema_editor: Any, template: str) -> Statement:
        quote = schema_editor.quote_name
        column = {role: quote(name) for role, name in self._columns(model).items()}
        body = (
            f"EXCLUDE USING gist (int8range({column['key']}, {column['key']}, '[]') WITH &&, "
            f"tstzrange({column['start']}, {column['end']}) WITH &&) "
            f"WHERE ({column['state']} IN ({self._states_sql(schema_editor)}))"
        )
        return Statement(template, table=Table(model._meta.db_table, quote), name=quote(self.name), body=body)

    def _triggers(self, model: Any, schema_editor: Any) -> list[Statement]:
        quote = schema_editor.quote_name
        column = {role: quote(name) for role, name in self._columns(model).items()}
        pk = quote(model._meta.pk.column)
        states = self._states_sql(schema_editor)
        return [
            Statement(
                "CREATE TRIGGER %(trigger)s BEFORE %(event)s ON %(table)s FOR EACH ROW "
                "WHEN NEW.%(state)s IN (%(states)s) AND EXISTS (SELECT 1 FROM %(table)s AS rival "
                "WHERE rival.%(key)s = NEW.%(key)s AND rival.%(pk)s IS NOT NEW.%(pk)s "
                "AND rival.%(state)s IN (%(states)s) "
                "AND rival.%(start)s < NEW.%(end)s AND rival.%(end)s > NEW.%(start)s) "
                "BEGIN SELECT RAISE(ABORT, %(message)s); END",
                trigger=quote(f"{self.name}_{event.lower()}"),
                event=event,
                table=Table(model._meta.db_table, quote),
                pk=pk,
                states=states,
                message=schema_editor.quote_value(self.name),
                **column,
            )
            for event in ("INSERT", "UPDATE")
        ]

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = DEFAULT_DB_ALIAS) -> None:
        if getattr(instance, self.state) not in self.states:
            return
        if exclude and {self.key, self.start, self.end} & set(exclude):
            return
        rivals = model._default_manager.using(using).filter(
            Q(**{self.key: getattr(instance, self.key)}),
            **{
                f"{self.state}__in": self.states,
                f"{self.start}__lt": getattr(instance, self.end),
                f"{self.end}__gt": getattr(instance, self.start),
            },
        )
        if rivals.exclude(pk=instance.pk).exists():
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        kwargs |= {"key": self.key, "start": self.start, "end": self.end, "state": self.state, "states": self.states}
        return path, args, kwargs

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoOverlapConstraint) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash(self.name)
