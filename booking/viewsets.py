"""Appointments, times and services in the admin; see `booking.permissions` for whose."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path
from django.utils.timezone import localtime
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from booking.desk import views
from booking.desk.actions import (
    CancelView,
    ConfirmOnCallView,
    EarlierView,
    NoteView,
    OutcomeView,
    ReleaseView,
    SameEntryView,
)
from booking.desk.affected import AffectedView, OfferMailView
from booking.desk.agenda_views import DayView, SheetView, WeekView
from booking.desk.appointments import (
    AppointmentIndexView,
    AppointmentInspectView,
    ReplyColumn,
    StateColumn,
    whereabouts,
)
from booking.desk.blocking import BlockView
from booking.desk.booking import BookView
from booking.desk.closures import (
    ClosureCopyView,
    ClosureCreateView,
    ClosureDeleteView,
    ClosureEditView,
    ClosureIndexView,
)
from booking.desk.disclosure import DisclosureView
from booking.desk.extra_time import ExtraTimeView
from booking.desk.filters import AppointmentFilterSet, AvailabilityRuleFilterSet, ClosureFilterSet
from booking.desk.forms import AvailabilityRuleForm, ClosureForm
from booking.desk.hours import HoursCopyView, HoursCreateView, HoursDeleteView, HoursEditView, HoursIndexView
from booking.desk.ledger import LedgerViewSet
from booking.desk.mail_texts import MailTextViewSet
from booking.desk.moving import MoveView
from booking.desk.offering import OfferView
from booking.desk.services import ServiceCopyView, ServiceCreateView, ServiceDeleteView, ServiceEditView
from booking.desk.sync import SyncViewSet
from booking.desk.why import WhyViewSet
from booking.models import Appointment, AvailabilityRule, Closure, Service
from booking.permissions import AppointmentPolicy, OfficePolicy, OwnPolicy
from booking.querysets import WITH_ANSWERS
from foundation.recurrences.wording import describe

_WAYS_BACK = ("inspect_url_name", "index_url_name")


def validity(rule: AvailabilityRule) -> str:
    until = f"bis {rule.valid_until:%d.%m.%Y}" if rule.valid_until else "bis auf Weiteres"
    return f"{rule.valid_from:%d.%m.%Y} {until}"


def scope(closure: Closure) -> str:
    if closure.office:
        return closure.office.name
    return "" if closure.advisor else "alle Büros"


class OwnRowsViewSet(ModelViewSet):
    """A viewset whose every address answers 404 for rows of others."""

    related: tuple[str, ...] = ("advisor", "office")
    title_column: Column
    # Rows that every booking writes; what protects an office or advisor, the database says at the deletion.
    add_to_reference_index = False
    edit_view_class = views.OwnEditView
    delete_view_class = views.OwnDeleteView
    copy_view_class = views.OwnCopyView
    history_view_class = views.OwnHistoryView
    usage_view_class = views.OwnUsageView
    index_view_class = views.OwnIndexView
    search_backend_name = None

    @property
    def permission_policy(self) -> OwnPolicy:
        return OfficePolicy(self.model)

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(related=self.related, title_column=self.title_column, **kwargs)


class AvailabilityRuleViewSet(OwnRowsViewSet):
    model = AvailabilityRule
    name = "beratungszeiten"
    icon = "time"
    index_view_class = HoursIndexView
    add_view_class = HoursCreateView
    edit_view_class = HoursEditView
    copy_view_class = HoursCopyView
    delete_view_class = HoursDeleteView
    filterset_class = AvailabilityRuleFilterSet
    title_column = Column("days", label="Tage", accessor=lambda rule: describe(rule.days))
    list_display = [
        Column("hours", label="Uhrzeit", accessor=lambda rule: f"{rule.start_time:%H:%M}–{rule.end_time:%H:%M}"),
        "advisor",
        "office",
        Column("valid", label="gilt", accessor=validity),
    ]
    ordering = ("advisor__name", "valid_from", "start_time")
    edit_handler = ObjectList(AvailabilityRule.panels, base_form_class=AvailabilityRuleForm)


class ClosureViewSet(OwnRowsViewSet):
    model = Closure
    name = "schliesszeiten"
    icon = "no-view"
    index_view_class = ClosureIndexView
    index_template_name = "booking/desk/closures.html"
    add_view_class = ClosureCreateView
    edit_view_class = ClosureEditView
    copy_view_class = ClosureCopyView
    delete_view_class = ClosureDeleteView
    filterset_class = ClosureFilterSet
    title_column = Column("reason", label="Grund", sort_key="reason")
    list_display = [
        Column(
            "first_day", label="von", accessor=lambda closure: f"{closure.first_day:%d.%m.%Y}", sort_key="first_day"
        ),
        Column("last_day", label="bis", accessor=lambda closure: f"{closure.last_day:%d.%m.%Y}", sort_key="last_day"),
        Column("days", label="Wiederholung", accessor=lambda closure: describe(closure.days)),
        "advisor",
        Column("office", label="Büro", accessor=scope),
    ]
    search_fields = ["reason"]
    ordering = "-first_day"
    edit_handler = ObjectList(Closure.panels, base_form_class=ClosureForm)


class AppointmentViewSet(OwnRowsViewSet):
    """Read only: appointments change by the services of the booking, never by a generic form."""

    model = Appointment
    name = "termine"
    icon = "date"
    related = ("office", "office_day", "service", *WITH_ANSWERS)
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = AppointmentIndexView
    inspect_view_class = AppointmentInspectView
    inspect_template_name = "booking/desk/appointment.html"
    inspect_view_fields = [
        *("status", "starts_at", "ends_at", "service", "kind", "place", "advisor", "course"),
        *("organization", "name", "email", "phone", "postcode", "street", "size_class", "topic", "message"),
        *("outcome", "reference", "booked_at", "confirmed_at", "cancelled_at", "cancel_reason"),
    ]
    filterset_class = AppointmentFilterSet
    title_column = Column(
        "starts_at",
        label="Zeit",
        accessor=lambda appointment: f"{localtime(appointment.starts_at):%d.%m.%Y %H:%M} Uhr",
        sort_key="starts_at",
        classname="desk-time",
    )
    list_display = [
        "organization",
        "service",
        "kind",
        Column("place", label="Ort", accessor=whereabouts),
        "advisor",
        StateColumn("status", label="Stand", accessor="state", sort_key="status"),
        ReplyColumn("reply", label="Zusage", accessor="reply"),
    ]
    search_fields = ["reference", "organization", "name", "email"]
    ordering = "-starts_at"

    @property
    def permission_policy(self) -> AppointmentPolicy:
        return AppointmentPolicy(self.model)

    def action_view(self, view_class: Any) -> Any:
        names = {name: self.get_url_name(name.removesuffix("_url_name")) for name in _WAYS_BACK}
        return self.construct_view(view_class, **names)

    def get_edit_handler(self) -> None:
        return None

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
            path("tag/", self.action_view(DayView), name="day"),
            path("woche/", self.action_view(WeekView), name="week"),
            path("tagesblatt/", self.action_view(SheetView), name="sheet"),
            path("neu/", self.action_view(BookView), name="book"),
            path("blockieren/", self.action_view(BlockView), name="block"),
            path("auskunft/", self.action_view(DisclosureView), name="disclosure"),
            path("zusatzzeit/", self.action_view(ExtraTimeView), name="extra"),
            path("betroffen/<int:pk>/", self.action_view(AffectedView), name="affected"),
            path("betroffen/<int:pk>/<int:appointment>/", self.action_view(OfferMailView), name="offer_mail"),
            path("absagen/<int:pk>/", self.action_view(CancelView), name="cancel"),
            path("verschieben/<int:pk>/", self.action_view(MoveView), name="move"),
            path("anbieten/<int:pk>/", self.action_view(OfferView), name="offer"),
            path("ergebnis/<int:pk>/", self.action_view(OutcomeView), name="outcome"),
            path("frueher/<int:pk>/", self.action_view(EarlierView), name="earlier"),
            path("derselbe/<int:pk>/", self.action_view(SameEntryView), name="same"),
            path("notiz/<int:pk>/", self.action_view(NoteView), name="note"),
            path("bestaetigen/<int:pk>/", self.action_view(ConfirmOnCallView), name="confirm"),
            path("freigeben/<int:pk>/", self.action_view(ReleaseView), name="release"),
        ]


class ServiceViewSet(ModelViewSet):
    model = Service
    name = "anliegen"
    icon = "help"
    add_view_class = ServiceCreateView
    edit_view_class = ServiceEditView
    copy_view_class = ServiceCopyView
    delete_view_class = ServiceDeleteView
    list_display = [
        "name",
        Column("duration", label="Dauer", accessor="duration_label", sort_key="duration"),
        "position",
        BooleanColumn("is_active", label="buchbar"),
    ]
    list_filter = ["is_active"]
    search_fields = ["name", "summary"]
    search_backend_name = None
    ordering = ("position", "name")


class BookingGroup(ModelViewSetGroup):
    menu_label = "Termine"
    menu_name = "termine"
    menu_icon = "date"
    menu_order = 200
    items = (
        AppointmentViewSet,
        AvailabilityRuleViewSet,
        ClosureViewSet,
        ServiceViewSet,
        LedgerViewSet,
        WhyViewSet,
        SyncViewSet,
        MailTextViewSet,
    )
