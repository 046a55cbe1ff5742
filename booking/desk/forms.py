"""Forms of the advisors' desk: what advisors save is always their own."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from booking.models import AdvisorFeed
from booking.permissions import OwnPolicy, advisor_of
from offices.models import Office


class OwnedForm(WagtailAdminModelForm):
    """Whoever may not change every row saves for the own advisor, whatever the browser sends."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy = OwnPolicy(self._meta.model)
        if policy.has_all(self.for_user, "change"):
            return
        self.fields.pop("advisor", None)
        self.instance.advisor = advisor_of(self.for_user)
        self.set_own_defaults()

    def set_own_defaults(self) -> None:
        """What else follows from being an advisor."""


class AvailabilityRuleForm(OwnedForm):
    def set_own_defaults(self) -> None:
        if self.instance.office_id is None and not self.is_bound:
            self.initial.setdefault("office", self.instance.advisor.office_id)

    def clean_office(self) -> Office:
        office: Office = self.cleaned_data["office"]
        if not office.is_active and office.pk != self.initial.get("office"):
            raise forms.ValidationError("Dieses Büro ist nicht in Betrieb.")
        return office


class ClosureForm(OwnedForm):
    """Offices and the whole network are closed by administrators."""

    def set_own_defaults(self) -> None:
        self.fields.pop("office", None)
        self.instance.office = None


class FeedForm(forms.ModelForm):
    class Meta:
        model = AdvisorFeed
        fields = ["name", "detail"]
        widgets = {"detail": forms.RadioSelect}
