"""Who changes a page that belongs to an office."""

from __future__ import annotations

from typing import Any

from wagtail.models import PagePermissionTester

from home.writers import pages_of_offices


class ColleaguesPermissions(PagePermissionTester):
    """Wagtail lets whoever may add below a page change there the own work; here also that of the own office. Only its
    author deletes or moves it.
    """

    def can_edit(self) -> bool:
        # Wagtail's answer may cost a query for each page of a list.
        return self._is_of_own_office() or bool(super().can_edit())

    def _is_of_own_office(self) -> bool:
        if not self.user.is_active or self.user.is_superuser:
            return False
        return "add" in self.permissions and self.page.pk in _numbers_of_office_pages(self.user)


class KeptByOffice:
    """Mixed into pages that offices add: a form or an older version cannot change whose they are."""

    def permissions_for_user(self, user: Any) -> ColleaguesPermissions:
        return ColleaguesPermissions(user, self)


def _numbers_of_office_pages(user: Any) -> set[int]:
    """Asked once for a list of pages."""
    if not hasattr(user, "_office_pages"):
        user._office_pages = set(pages_of_offices(user).values_list("pk", flat=True))  # noqa: SLF001  # per request
    return user._office_pages  # noqa: SLF001
