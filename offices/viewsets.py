"""Offices, people and places in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from foundation.deletion import GuardedDeleteView
from foundation.effects import EffectFirst, EffectOfDeletion
from foundation.recurrences.wording import describe
from offices.effects import effect_of
from offices.models import Advisor, District, Office, OfficeDay, Postcode
from offices.models.office import PostalAddress

_CHECKBOXES = forms.CheckboxSelectMultiple


class PlaceEditView(EffectFirst, generic.EditView):
    """Of an office or a person: the ticks of the form say all that decides."""

    def effect_panel(self, form: forms.ModelForm) -> Component | None:
        return effect_of(form.instance, self.request)

    def in_words(self, form: forms.ModelForm) -> str:
        return ""


class PlaceDeleteView(EffectOfDeletion, GuardedDeleteView):
    def effect_panel(self) -> Component | None:
        return effect_of(self.object, self.request, deletes=True)


class OfficeViewSet(ModelViewSet):
    model = Office
    name = "bueros"
    icon = "home"
    edit_view_class = PlaceEditView
    delete_view_class = PlaceDeleteView
    copy_view_enabled = False
    list_display = ["name", "town", Column("phone", label="Telefon"), BooleanColumn("is_active", label="in Betrieb")]
    list_filter = ["is_active", "districts"]
    search_fields = ["name", "town", "postcode"]
    search_backend_name = None
    ordering = "name"
    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("slug"), FieldPanel("is_active")], "Büro"),
        FieldPanel("districts", widget=_CHECKBOXES),
        MultiFieldPanel(
            [*PostalAddress.address_panels, FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")])],
            "Adresse",
        ),
        MultiFieldPanel([FieldPanel("phone"), FieldPanel("email")], "Kontakt"),
        InlinePanel("opening_hours", heading="Öffnungszeiten", label="Öffnungszeit"),
        FieldPanel("holidays"),
    ]


class AdvisorViewSet(ModelViewSet):
    model = Advisor
    name = "beratungspersonen"
    icon = "group"
    edit_view_class = PlaceEditView
    delete_view_class = PlaceDeleteView
    copy_view_enabled = False
    list_display = [
        *["name", "office", "role", "user"],
        BooleanColumn("is_active", label="berät zurzeit"),
        BooleanColumn("is_public", label="auf der Website"),
    ]
    list_filter = ["office", "is_active", "is_public"]
    search_fields = ["name", "role", "focus", "email"]
    search_backend_name = None
    ordering = "name"

    panels = [
        *Advisor.panels[:3],
        MultiFieldPanel(
            [
                # The account opens the advisor's desk: only who manages accounts may connect one.
                FieldPanel("user", permission="foundation.change_user"),
                FieldPanel("is_public"),
                FieldPanel("is_active"),
                FieldPanel("is_example"),
            ],
            "Verwaltung",
        ),
    ]

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(queryset=Advisor.objects.select_related("office", "user"), **kwargs)


class _OfficeDayEffect(EffectFirst):
    def effect_panel(self, form: forms.ModelForm) -> Component | None:
        advisors = [advisor.pk for advisor in form.cleaned_data["advisors"]]
        return effect_of(form.instance, self.request, advisors=advisors)

    def in_words(self, form: forms.ModelForm) -> str:
        return f"{form.instance.in_words}{'' if form.instance.is_active else '; findet zurzeit nicht statt'}."


class OfficeDayCreateView(_OfficeDayEffect, generic.CreateView):
    pass


class OfficeDayEditView(_OfficeDayEffect, generic.EditView):
    pass


class OfficeDayCopyView(_OfficeDayEffect, generic.CopyView):
    pass


class OfficeDayDeleteView(EffectOfDeletion, GuardedDeleteView):
    def effect_panel(self) -> Component | None:
        return effect_of(self.object, self.request, advisors=None)


class OfficeDayViewSet(ModelViewSet):
    model = OfficeDay
    name = "sprechtage"
    icon = "calendar-alt"
    add_view_class = OfficeDayCreateView
    edit_view_class = OfficeDayEditView
    copy_view_class = OfficeDayCopyView
    delete_view_class = OfficeDayDeleteView
    list_display = [
        "title",
        "office",
        "town",
        Column("days", label="Tage", accessor=lambda office_day: describe(office_day.days)),
        Column("hours", label="Uhrzeit", accessor=lambda day: f"{day.start_time:%H:%M}–{day.end_time:%H:%M}"),
        BooleanColumn("is_active", label="findet statt"),
    ]
    list_filter = ["office", "advisors", "is_active"]
    search_fields = ["title", "venue", "town"]
    search_backend_name = None
    ordering = "title"
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("title"),
                FieldPanel("office"),
                FieldPanel("advisors", widget=_CHECKBOXES),
                FieldPanel("is_active"),
            ],
            "Sprechtag",
        ),
        *OfficeDay.panels[1:],
    ]

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(queryset=OfficeDay.objects.select_related("office"), **kwargs)


class DistrictViewSet(ModelViewSet):
    model = District
    name = "landkreise"
    icon = "globe"
    delete_view_class = GuardedDeleteView
    copy_view_enabled = False
    list_display = ["name", "seat", "ags", "position"]
    search_fields = ["name", "seat", "ags"]
    search_backend_name = None
    ordering = "position"


class PostcodeViewSet(ModelViewSet):
    model = Postcode
    name = "postleitzahlen"
    icon = "mail"
    delete_view_class = GuardedDeleteView
    copy_view_enabled = False
    list_display = ["code", "places", "district", "kind", BooleanColumn("crosses_border", label="über die Kreisgrenze")]
    list_filter = ["district", "kind", "crosses_border"]
    search_fields = ["code", "places"]
    search_backend_name = None
    ordering = "code"
    list_per_page = 50

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(queryset=Postcode.objects.select_related("district"), **kwargs)


class OfficesGroup(ModelViewSetGroup):
    menu_label = "Büros"
    menu_name = "bueros"
    menu_icon = "home"
    menu_order = 210
    items = (OfficeViewSet, AdvisorViewSet, OfficeDayViewSet, DistrictViewSet, PostcodeViewSet)
