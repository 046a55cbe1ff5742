"""Queries over calendar links and what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Group, Permission
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from booking.enums import Status
from booking.querysets import FEED_PAST

TEAM = ("see_office", "lead_office")
"""Permissions of the booking that let an advisor see the appointments of the whole office."""


def told_in(feed: Any, connection: BaseDatabaseWrapper, *, now: datetime) -> list[tuple[str, list[Any]]]:
    """Which rows of the appointments, called `booked`, a feed tells of: conditions that exclude each other, and their
    values.

    `AppointmentQuerySet.in_feed` and `permissions.of_office` by hand, for the statements that clients ask for all the
    time. An OR of both ways to belong to an office would read all appointments of the network; so each is a condition
    with an index that holds what is asked. Guests are looked up one by one: what they do elsewhere is no part of it.
    """
    booked = "booked.status = %s AND booked.ends_at > %s"
    values = [Status.BOOKED.value, connection.ops.adapt_datetimefield_value(now - FEED_PAST)]
    if feed.office_id is None:
        return [(f"booked.advisor_id = %s AND {booked}", [feed.advisor_id, *values])]
    advisors = feed._meta.get_field("advisor").related_model._meta.db_table
    at_home, guests = (
        f"booked.advisor_id IN (SELECT id FROM {advisors} WHERE office_id {sign} %s)"  # noqa: S608  # the name of a table
        for sign in ("=", "<>")
    )
    key = feed.office_id
    return [
        (f"{at_home} AND {booked}", [key, *values]),
        (f"booked.office_id = %s AND {guests} AND {booked}", [key, key, *values]),
    ]


class FeedQuerySet(models.QuerySet):
    def doubling(self) -> FeedQuerySet:
        """Links to own appointments that work and say more than „Belegt“: beside another way each would stand twice."""
        return self.filter(revoked_at=None, office=None).exclude(detail="busy")

    def for_readers(self, uid: UUID) -> models.Model | None:
        """The feed of that number with `advisor_name`, `advisor_is_active`, `office_name` and `is_allowed`: for that of
        an office, whether its advisor belongs to the team as of now. One query.

        Written and read by hand: calendar programs ask every few minutes, and to put the query together would cost the
        ORM many times what the database needs to answer it, and a raw query of its own still three times as much.
        """
        connection = connections[self.db]
        key = self.model._meta.get_field("uid").get_db_prep_value(uid, connection)
        with connection.cursor() as cursor:
            cursor.execute(_for_readers(self.model), [*TEAM, *TEAM, key])
            row = cursor.fetchone()
        if row is None:
            return None
        *values, advisor_name, advisor_is_active, office_name, is_allowed = row
        for position, converters in _converters(self.model, self.db):
            for convert in converters:
                values[position] = convert(values[position], None, connection)
        feed = self.model.from_db(self.db, [field.attname for field in self.model._meta.concrete_fields], values)
        feed.advisor_name, feed.advisor_is_active = advisor_name, bool(advisor_is_active)
        feed.office_name, feed.is_allowed = office_name, bool(is_allowed)
        return feed


@cache
def _converters(model: type[models.Model], alias: str) -> list[tuple[int, list[Callable[..., Any]]]]:
    """What makes values of Python out of those of the database: by the field's position, where there is something to
    do."""
    connection = connections[alias]
    found = []
    for position, field in enumerate(model._meta.concrete_fields):
        column = field.get_col(model._meta.db_table)
        converters = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
        if converters:
            found.append((position, converters))
    return found


@cache
def _for_readers(model: type[models.Model]) -> str:
    advisor = model._meta.get_field("advisor").related_model
    user = advisor._meta.get_field("user").related_model
    tables = {
        "feeds": model._meta.db_table,
        "advisors": advisor._meta.db_table,
        "offices": model._meta.get_field("office").related_model._meta.db_table,
        "users": user._meta.db_table,
        "groups_of_users": user.groups.through._meta.db_table,
        "permissions_of_users": user.user_permissions.through._meta.db_table,
        "permissions_of_groups": Group.permissions.through._meta.db_table,
        "permissions": Permission._meta.db_table,
        "user_id": user.groups.field.m2m_column_name(),
        "columns": ", ".join(f"feed.{field.column}" for field in model._meta.concrete_fields),
    }
    statement = """
        SELECT {columns}, advisor.name AS advisor_name, advisor.is_active AS advisor_is_active,
            office.name AS office_name,
            CASE WHEN feed.office_id IS NULL THEN 1
                WHEN advisor.office_id = feed.office_id AND person.is_active AND (
                    person.is_superuser
                    OR EXISTS (
                        SELECT 1 FROM {permissions_of_users} own
                        JOIN {permissions} right_ ON right_.id = own.permission_id
                        WHERE own.{user_id} = person.id AND right_.codename IN (%s, %s)
                    )
                    OR EXISTS (
                        SELECT 1 FROM {groups_of_users} member
                        JOIN {permissions_of_groups} granted ON granted.group_id = member.group_id
                        JOIN {permissions} right_ ON right_.id = granted.permission_id
                        WHERE member.{user_id} = person.id AND right_.codename IN (%s, %s)
                    )
                ) THEN 1
                ELSE 0 END AS is_allowed
        FROM {feeds} feed
        JOIN {advisors} advisor ON advisor.id = feed.advisor_id
        LEFT JOIN {offices} office ON office.id = feed.office_id
        LEFT JOIN {users} person ON person.id = advisor.user_id
        WHERE feed.uid = %s
    """.format(**tables)  # noqa: S608  # names of tables, nothing from outside
    return " ".join(statement.split())


class FeedTextQuerySet(models.QuerySet):
    def in_feed(self, feed: Any, *, now: datetime, rows: int) -> Iterator[str]:
        """So many texts at a time, joined. One query, which the server of the database hands out in pieces: of one
        moment, so that an appointment that meanwhile goes from one advisor to another stands there once.

        By advisor and by the end of their appointments, which of one advisor do not overlap: always the same order, and
        that of the index. By hand: to take each text through the ORM costs more than to read it.
        """
        connection = connections[self.db]
        conditions, values = zip(*told_in(feed, connection, now=now), strict=True)
        told = [value for each in values for value in (feed.text_kind, *each)]
        in_pieces = not connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")
        with connection.chunked_cursor() if in_pieces else connection.cursor() as cursor:
            cursor.execute(_texts_told(self.model, conditions), told)
            while found := cursor.fetchmany(rows):
                yield "".join([content for (content,) in found])


@cache
def _texts_told(model: type[models.Model], conditions: tuple[str, ...]) -> str:
    appointments = model._meta.get_field("appointment").related_model._meta.db_table
    parts = [
        f"SELECT kept.content, booked.advisor_id, booked.ends_at FROM {appointments} booked "  # noqa: S608  # names of tables
        f"JOIN {model._meta.db_table} kept ON kept.appointment_id = booked.id AND kept.detail = %s WHERE {condition}"
        for condition in conditions
    ]
    # The moments that it is ordered by stay behind: SQLite would have each of them read for Python.
    return f"SELECT content FROM ({' UNION ALL '.join(parts)} ORDER BY 2, 3) told"  # noqa: S608


class CalendarChannelQuerySet(models.QuerySet):
    def of(self, advisor: models.Model) -> Any:
        """The advisor's, or the one that holds for whoever has chosen none, unsaved."""
        channel = self.filter(advisor=advisor).first() or self.model()
        channel.advisor = advisor
        return channel

    def invites_elsewhere(self) -> CalendarChannelQuerySet:
        """Whose invitations stand in another mailbox than the advisor has by now, or who has none."""
        moved = ~models.Q(address=models.F("advisor__email")) | models.Q(advisor__email="")
        return self.filter(moved, way="invitation")

    def by_advisor(self, advisors: Iterable[models.Model]) -> dict[int, Any]:
        """The same for each of them, by their keys. One query."""
        people = list(advisors)
        chosen = {channel.advisor_id: channel for channel in self.filter(advisor__in=people)}
        return {person.pk: chosen.get(person.pk) or self.model(advisor=person) for person in people}
