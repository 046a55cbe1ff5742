"""Every write to the database may alter what pages show, unless its table is named here as one that pages never show.

Statements are watched, not signals: updates of many rows, the tree's own SQL and whatever a package does send none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from foundation.caching.marks import CONTENT, Mark

_READS = re.compile(
    r"[\s(]*(SELECT|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|PRAGMA|EXPLAIN|SET|SHOW|DECLARE|FETCH|CLOSE)\b",
    re.IGNORECASE,
)
_WRITES = re.compile(r"\s*(?:INSERT(?: OR \w+)? INTO|UPDATE(?: OR \w+)?|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)

_never_shown = {
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "django_q_ormq",
    "django_q_schedule",
    "django_q_task",
    "django_session",
    "foundation_outgoingmail",
    "foundation_user",
    "foundation_user_groups",
    "foundation_user_user_permissions",
    "mail_viewer_emailmessage",
    "wagtailadmin_editingsession",
    "wagtailadmin_formstate",
    "wagtailcore_comment",
    "wagtailcore_commentreply",
    "wagtailcore_modellogentry",
    "wagtailcore_pagelogentry",
    "wagtailcore_pagesubscription",
    "wagtailcore_referenceindex",
    "wagtailcore_revision",
    "wagtailcore_taskstate",
    "wagtailcore_uploadedfile",
    "wagtailcore_workflowstate",
    "wagtailsearch_indexentry",
    "wagtailsearch_indexentry_fts",
    "wagtailusers_userprofile",
}


def never_shown(*shown_nowhere: type[models.Model]) -> None:
    """No content page shows a row of these, or it has a mark of its own for them."""
    _never_shown.update(model._meta.db_table for model in shown_nowhere)


_marks_of: dict[str, set[Mark]] = {}


def renews(mark: Mark, *models_written: type[models.Model]) -> None:
    """Whatever is written to a table of these renews that mark, too: of what is dear to make and seldom alters."""
    for model in models_written:
        _marks_of.setdefault(model._meta.db_table, set()).add(mark)


def marks_altered(sql: object) -> set[Mark]:
    """In doubt all of them."""
    text = str(sql)
    if _READS.match(text):
        return set()
    written = _WRITES.match(text)
    if written is None:
        return {CONTENT}.union(*_marks_of.values())
    content = set() if written[1] in _never_shown else {CONTENT}
    return content | _marks_of.get(written[1], set())


class WriteWatch:
    """Renews the marks once what this connection has written is committed; for a thousand rows, once."""

    def __init__(self) -> None:
        self._due: set[Mark] = set()

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        result = execute(sql, params, many, context)
        if marks := marks_altered(sql):
            self._due |= marks
            # Not by its alias: the connection that creates a test database is in no settings. Nor held by this object,
            # which the connection holds: it would stay open until the garbage is collected.
            context["connection"].on_commit(self._renew, robust=True)
        return result

    def _renew(self) -> None:
        due, self._due = self._due, set()
        for mark in due:
            mark.renew()


def watch_writes(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Receiver of `connection_created`; it comes again when a connection was lost."""
    if not any(isinstance(wrapper, WriteWatch) for wrapper in connection.execute_wrappers):
        # Django takes its own off at the end of the list.
        connection.execute_wrappers.insert(0, WriteWatch())
