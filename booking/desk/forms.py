"""Forms of the advisors' desk: what advisors save is their own, what heads of an office save is their office's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from booking.desk.people import advisors_within_reach
from booking.models import AdvisorFeed
from booking.permissions import OfficePolicy, advisor_of
from offices.models import Advisor, Office


class OwnedForm(WagtailAdminModelForm):
    """Whoever may not change every row saves for the own advisor or office, whatever the browser sends."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy = OfficePolicy(self._meta.model)
        if policy.has_all(self.for_user, "change"):
            return
        me = advisor_of(self.for_user)
        if policy.has_office(self.for_user, "change"):
            self.fields["advisor"].queryset = advisors_within_reach(self.for_user)
        else:
            self.fields.pop("advisor", None)
            self.instance.advisor = me
        self.set_own_defaults(me)

    def set_own_defaults(self, me: Advisor) -> None:
        """What else follows from being an advisor."""


class AvailabilityRuleForm(OwnedForm):
    def set_own_defaults(self, me: Advisor) -> None:
        if self.instance.office_id is None and not self.is_bound:
            self.initial.setdefault("office", me.office_id)

    def clean_office(self) -> Office:
        office: Office = self.cleaned_data["office"]
        if not office.is_active and office.pk != self.initial.get("office"):
            raise forms.ValidationError("Dieses Büro ist nicht in Betrieb.")
        return office


class ClosureForm(OwnedForm):
    """An office is closed by its head, the whole network by administrators."""

    network_is_refused = False

    def set_own_defaults(self, me: Advisor) -> None:
        if "advisor" in self.fields:
            self.fields["office"].queryset = Office.objects.filter(pk=me.office_id)
            self.network_is_refused = True
        else:
            self.fields.pop("office", None)
            self.instance.office = None

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if self.network_is_refused and not (values.get("office") or values.get("advisor")):
            raise forms.ValidationError("Bitte wählen Sie das Büro oder eine Beratungsperson.", code="nobody")
        return values


class FeedForm(forms.ModelForm):
    """`office` is whose appointments the advisor may take beside her own; None for whoever may not."""

    whose = forms.ChoiceField(label="Termine", widget=forms.RadioSelect, required=False)

    class Meta:
        model = AdvisorFeed
        fields = ["name", "detail"]
        widgets = {"detail": forms.RadioSelect}

    def __init__(self, *args: Any, office: Office | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.office = office
        if office is None:
            del self.fields["whose"]
        else:
            self.fields["whose"].choices = [("own", "nur die eigenen"), ("office", f"alle: {office.name}")]
            self.fields["whose"].initial = "own"
            self.fields[
                "whose"
            ].help_text = "Bei allen Terminen steht, wer berät. Der Link gilt, solange die Person zum Team gehört."

    @property
    def chosen_office(self) -> Office | None:
        return self.office if self.cleaned_data.get("whose") == "office" else None


class HoursOfOneDay(forms.Form):
    """Hours of an advisor within the user's reach, on one day of the next two years."""

    beratung = forms.ModelChoiceField(label="Beratungsperson", queryset=Advisor.objects.none(), empty_label=None)
    tag = forms.DateField(label="Tag", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    von = forms.TimeField(label="von", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    bis = forms.TimeField(label="bis", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["beratung"].queryset = advisors_within_reach(user)

    def clean_tag(self) -> Any:
        day = self.cleaned_data["tag"]
        today = timezone.localdate()
        if not today <= day <= today + timedelta(days=730):
            raise ValidationError("Bitte wählen Sie einen Tag ab heute, höchstens zwei Jahre voraus.")
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("von") and values.get("bis") and values["bis"] <= values["von"]:
            self.add_error("bis", "Das Ende muss nach dem Beginn liegen.")
        return values
