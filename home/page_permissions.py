"""Who changes a page that belongs to an office."""

from __future__ import annotations

from typing import Any

from wagtail.models import PagePermissionTester

from home.writers import pages_of_offices


class ColleaguesPermissions(PagePermissionTester):
    """Wagtail lets whoever may add below a page change there the own work; here also that of the own office. Only its
    author deletes or moves it, and no longer when he writes for another office.
    """

    def can_edit(self) -> bool:
        # Wagtail's answer may cost a query for each page of a list.
        return self._is_of_own_office() or (not self._was_left_behind() and bool(super().can_edit()))

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return not self._was_left_behind() and bool(super().can_delete(ignore_bulk))

    def _is_of_own_office(self) -> bool:
        return self._writes_for_offices() and self.page.pk in _numbers_of_office_pages(self.user)

    def _was_left_behind(self) -> bool:
        """By its author, at an office for which he writes no more. At most one query."""
        if not self._writes_for_offices() or "change" in self.permissions or self.page.owner_id != self.user.pk:
            return False
        return not self._is_of_own_office() and bool(self.page.written_for.exists())

    def _writes_for_offices(self) -> bool:
        return bool(self.user.is_active and not self.user.is_superuser and "add" in self.permissions)


class KeptByOffice:
    """Mixed into pages that offices add: a form or an older version cannot change whose they are."""

    def permissions_for_user(self, user: Any) -> ColleaguesPermissions:
        return ColleaguesPermissions(user, self)


def _numbers_of_office_pages(user: Any) -> set[int]:
    """Asked once for a list of pages."""
    if not hasattr(user, "_office_pages"):
        user._office_pages = set(pages_of_offices(user).values_list("pk", flat=True))  # noqa: SLF001  # per request
    return user._office_pages  # noqa: SLF001
