"""Wagtail's generic views over the rows that a user may see; any other row is not found (404), never forbidden."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history, usage

from foundation.deletion import GuardedDeleteView

ANY = frozenset({"add", "change", "delete", "view"})


class OwnRows:
    """The rows of the user, as the view's permission policy defines them for the actions of the view."""

    related: tuple[str, ...] = ()
    actions = ANY

    def own_rows(self) -> QuerySet:
        rows = self.permission_policy.instances_user_has_any_permission_for(self.request.user, self.actions)
        return rows.select_related(*self.related) if self.related else rows

    @cached_property
    def sees_several(self) -> bool:
        """Whether rows of more than one advisor can be among them."""
        policy, user = self.permission_policy, self.request.user
        return any(policy.has_all(user, action) or policy.has_office(user, action) for action in self.actions)


class OwnIndexView(OwnRows, generic.IndexView):
    title_column: Column | None = None

    def get_base_queryset(self) -> QuerySet:
        return self.own_rows()

    @cached_property
    def columns(self) -> list[Any]:
        """Without the column of advisors where there is only one."""
        columns = [
            column if isinstance(column, BaseColumn) else self._get_custom_column(column)
            for column in self.list_display
        ]
        if not self.sees_several:
            columns = [column for column in columns if column.name != "advisor"]
        if self.title_column is not None:
            columns.insert(0, self._linked(self.title_column))
        return columns

    def _linked(self, column: Column) -> Column:
        """The column as the one that leads to the row and carries the menu of its actions."""
        column_class = self._get_title_column_class(TitleColumn)
        return column_class(
            column.name,
            label=column.label,
            accessor=column.accessor,
            sort_key=column.sort_key,
            classname=column.classname,
            get_url=lambda row: self.get_edit_url(row) or self.get_inspect_url(row),
        )


class OwnEditView(OwnRows, generic.EditView):
    def get_queryset(self) -> QuerySet:
        return self.own_rows()


class OwnDeleteView(OwnRows, GuardedDeleteView):
    def get_queryset(self) -> QuerySet:
        return self.own_rows()


class OwnCopyView(OwnRows, generic.CopyView):
    def get_object(self, queryset: QuerySet | None = None) -> Any:
        return get_object_or_404(self.own_rows(), pk=self.kwargs["pk"])


class OwnInspectView(OwnRows, generic.InspectView):
    def get_object(self, queryset: QuerySet | None = None) -> Any:
        return get_object_or_404(self.own_rows(), pk=self.kwargs["pk"])


class OwnHistoryView(OwnRows, history.HistoryView):
    def get_base_object_queryset(self) -> QuerySet:
        return self.own_rows()


class OwnUsageView(OwnRows, usage.UsageView):
    def get_base_object_queryset(self) -> QuerySet:
        return self.own_rows()
