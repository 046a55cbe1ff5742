"""The words of the mails to firms: administrators choose those of the network and of every office, who leads an office
those of this one. Trying them out saves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from booking.domain.placeholders import broken
from booking.emails import preview_letter
from booking.enums import Kind, MailKind, Status
from booking.mail_texts import BUILT_IN, IN_SUBJECT, PARTS, PLACEHOLDERS, allowed_in, is_one_line, origins, values_of
from booking.models import Appointment, MailText, Service
from booking.permissions import LEAD_OFFICE, advisor_of
from booking.services.mail_texts import save_mail_text
from booking.wording import when
from offices.models import Advisor, Office

EDIT_ALL = "booking.change_mailtext"
ORIGINS = {"own": "eigener Text", "network": "Text des Verbunds", "built_in": "mitgelieferter Text"}


def _lead(user: Any) -> Advisor | None:
    return advisor_of(user) if user.has_perm(LEAD_OFFICE) else None


def led_office(user: Any) -> Office | None:
    lead = _lead(user)
    return lead.office if lead else None


def may_edit(user: Any) -> bool:
    """Asked for the menu of every page: it reads no office."""
    return user.has_perm(EDIT_ALL) or _lead(user) is not None


class MailTextForm(forms.ModelForm):
    class Meta:
        model = MailText
        fields = PARTS
        widgets = {
            "intro": forms.Textarea(attrs={"rows": 6}),
            "closing": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "subject": "Nur diese Platzhalter: "
            + ", ".join(f"{{{name}}}" for name in IN_SUBJECT)
            + ". Betreffzeilen sind für alle zu sehen und nennen darum niemanden.",
            "intro": "Steht vor den Angaben zum Termin. Eine leere Zeile beginnt einen neuen Absatz.",
            "closing": "Steht nach den Angaben und Links.",
        }

    def __init__(self, *args: Any, kind: MailKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        for part in PARTS:
            text = values.get(part) or ""
            allowed = allowed_in(part, self.kind)
            if found := broken(text, allowed=allowed):
                self.add_error(part, _complaint(found, allowed))
            elif part == "subject" and not is_one_line(text):
                self.add_error(part, "Der Betreff enthält Zeichen, die dort nicht stehen dürfen.")
        return values


def _complaint(found: tuple[str, ...], allowed: tuple[str, ...]) -> str:
    named = ", ".join(f"„{place[:40]}“" for place in found)
    possible = ", ".join(f"{{{name}}}" for name in allowed)
    return f"Das ist hier kein Platzhalter: {named}. Möglich sind: {possible}."


class MailTextPage(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_edit(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("mailtexte:index"), "label": "E-Mail-Texte"},
        ]


class MailTextListView(MailTextPage):
    template_name = "booking/desk/mail_texts.html"
    page_title = "E-Mail-Texte"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"owners": list(self.owners())}

    def owners(self) -> Iterator[dict[str, Any]]:
        """The network first. Two queries, however many offices."""
        sees_all = self.request.user.has_perm(EDIT_ALL)
        led = led_office(self.request.user)
        offices = [None, *Office.objects.all()] if sees_all else [led]
        stored = list(MailText.objects.all())
        for office in offices:
            owner = [office.slug] if office else []
            yield {
                "name": office.name if office else "Ganzer Verbund",
                "kinds": [
                    {
                        "label": kind.label,
                        "origin": ORIGINS[origin],
                        "url": reverse("mailtexte:edit", args=[*owner, kind]),
                    }
                    for kind, origin in origins(stored, office.pk if office else None)
                ],
            }


class MailTextEditView(MailTextPage):
    template_name = "booking/desk/mail_text.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if kwargs["kind"] not in MailKind:
            raise Http404
        self.kind = MailKind(kwargs["kind"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_edit(request.user):
            raise PermissionDenied
        self.office = self._office(kwargs.get("office"))
        self.stored = MailText.objects.filter(office=self.office, kind=self.kind).first()
        return super().dispatch(request, *args, **kwargs)

    def _office(self, slug: str | None) -> Office | None:
        """None for the network. Who leads an office finds no other."""
        if self.request.user.has_perm(EDIT_ALL):
            return None if slug is None else get_object_or_404(Office, slug=slug)
        led = led_office(self.request.user)
        if led is None or led.slug != slug:
            raise Http404
        return led

    def get_page_title(self) -> str:
        return f"E-Mail-Text: {self.kind.label}"

    def get_page_subtitle(self) -> str:
        return self.office.name if self.office else "Ganzer Verbund"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.kind.label}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=MailTextForm(instance=self.stored, kind=self.kind)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        action = request.POST.get("action")
        if action == "reset":
            save_mail_text(self.office, self.kind, {})
            messages.success(
                request, "Der eigene Text ist gelöscht. Es gilt wieder der Text des Verbunds oder der mitgelieferte."
            )
            return redirect("mailtexte:index")
        form = MailTextForm(request.POST, kind=self.kind)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        if action == "save":
            save_mail_text(self.office, self.kind, {part: form.cleaned_data[part] for part in PARTS})
            messages.success(request, "Der Text ist gespeichert. Er gilt ab der nächsten E-Mail.")
            return redirect("mailtexte:index")
        draft = MailText(office=self.office, kind=self.kind, **form.cleaned_data)
        shown = example(self.office)
        day = timedelta(days=1)
        before = when(shown.starts_at - day, shown.ends_at - day)
        letter = preview_letter(shown, self.kind, before=before, draft=draft)
        return self.render_to_response(self.get_context_data(form=form, letter=letter))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = values_of(example(self.office))
        return super().get_context_data(**kwargs) | {
            "stored": self.stored,
            "built_in": BUILT_IN[self.kind],
            "placeholders": [
                {"name": f"{{{name}}}", "meaning": meaning, "example": shown[name], "in_subject": name in IN_SUBJECT}
                for name, meaning in PLACEHOLDERS.items()
                if name in allowed_in("intro", self.kind)
            ],
        }


def example(office: Office | None) -> Appointment:
    """An invented firm in a week's time; stored nowhere."""
    now = timezone.now()
    unsaved_office = Office(name="MehrWert-Büro", street="Musterweg 1", town="Musterstadt", updated_at=now)
    place = office or Office.objects.first() or unsaved_office
    service = Service.objects.filter(is_active=True).first() or Service(name="Erstberatung", updated_at=now)
    start: datetime = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=7)
    return Appointment(
        reference="ABCD-2345",
        status=Status.BOOKED,
        advisor=Advisor(name="Erika Beispiel", office=place, updated_at=now),
        office=place,
        service=service,
        kind=Kind.OFFICE,
        starts_at=start,
        ends_at=start + timedelta(minutes=service.duration or 60),
        hold_expires_at=now + timedelta(hours=2),
        created_at=now,
        changed_at=now,
        organization="Beispiel Metallbau GmbH",
        name="Kim Muster",
        email="kim.muster@firma.example",
    )


class MailTextMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_edit(request.user)


class MailTextViewSet(ViewSet):
    name = "mailtexte"
    url_prefix = "e-mail-texte"
    icon = menu_icon = "mail"
    menu_label = "E-Mail-Texte"
    menu_name = "mailtexte"
    menu_item_class = MailTextMenuItem

    @property
    def menu_url(self) -> str:
        return reverse("mailtexte:index")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", MailTextListView.as_view(), name="index"),
            path("<slug:kind>/", MailTextEditView.as_view(), name="edit"),
            path("<slug:office>/<slug:kind>/", MailTextEditView.as_view(), name="edit"),
        ]
