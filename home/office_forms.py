"""What the editors of an office may say of offices on their own pages."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from foundation.page_forms import PageForm
from home.writers import offices_of, writes_for_all
from offices.models import District

NOT_YOUR_OFFICE = "Sie schreiben nicht für dieses Büro. Bitte wählen Sie Ihr eigenes, oder lassen Sie das Feld leer."
NOT_YOUR_DISTRICT = (
    "Für diesen Landkreis ist Ihr Büro nicht zuständig. Bitte wählen Sie einen anderen, oder lassen Sie das Feld leer."
)


class OwnOfficesForm(PageForm):
    """Of news and events. Whoever does not write for the whole site names no office but the own, and no district but
    those that it serves; what somebody else chose stays where it stands.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user is None or self.parent_page is None or writes_for_all(self.for_user, self.parent_page):
            return
        own = offices_of(self.for_user)
        self._offer_only("office", own, NOT_YOUR_OFFICE)
        self._offer_only("district", District.objects.filter(offices__in=own), NOT_YOUR_DISTRICT)

    def _offer_only(self, name: str, rows: QuerySet, refusal: str) -> None:
        field = self.fields.get(name)
        if field is None:
            return
        chosen = getattr(self.instance, f"{name}_id")
        field.queryset = field.queryset.filter(Q(pk__in=rows.values("pk")) | Q(pk=chosen))
        field.error_messages["invalid_choice"] = refusal
