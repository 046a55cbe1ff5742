"""Whatever sets up groups, collections and workflows does so one after the other."""

from __future__ import annotations

from wagtail.models import Collection


def wait_for_turn() -> None:
    """Until the end of the transaction nobody else sets up anything.

    Names of workflows, tasks and collections are not unique in the database, and two collections that are added at once
    would get the same place in the tree. SQLite lets one transaction write at a time anyway.
    """
    list(Collection.objects.filter(depth=1).select_for_update(no_key=True))
