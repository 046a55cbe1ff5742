"""„Auskunft und Löschen“: what is kept under an e-mail address, as a page and as a file, and the button that erases it.

For heads of an office over its appointments, for administrators over all (Art. 15, 17 DSGVO). The address is only ever
sent in a form: in the page's own address it would stay in the browser's history and in logs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from booking.desk.actions import AppointmentRows
from booking.elsewhere import elsewhere
from booking.own_data import all_documents, all_mails
from booking.querysets import AppointmentQuerySet
from booking.services.erase import erase_address
from booking.services.record import record_disclosure

_MAILS = "Alle E-Mails an diese Adresse"
SHOW, FILE, ERASE = "zeigen", "datei", "loeschen"


class AddressForm(forms.Form):
    adresse = forms.EmailField(
        label="E-Mail-Adresse der Person, die fragt", help_text="Groß- und Kleinschreibung zählen nicht."
    )


class SureForm(AddressForm):
    sicher = forms.BooleanField(
        label="Ich habe geprüft, dass die Person selbst fragt. Das Löschen lässt sich nicht zurücknehmen.",
        error_messages={"required": "Bitte bestätigen Sie das, bevor Sie löschen."},
    )


class DisclosureView(AppointmentRows, WagtailAdminTemplateMixin, TemplateView):
    template_name = "booking/desk/disclosure.html"
    page_title = "Auskunft und Löschen"
    header_icon = "user"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.permission_policy.leads(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def is_everything(self) -> bool:
        """Whether nothing that is kept lies beyond the user's reach."""
        return bool(self.permission_policy.has_all(self.request.user, "act"))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse(self.index_url_name), "label": "Termine"},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"form": AddressForm(), "is_everything": self.is_everything}
        return super().get_context_data(**kwargs) | context | kwargs

    def post(self, request: HttpRequest) -> HttpResponse:
        step = request.POST.get("schritt", SHOW)
        form = (SureForm if step == ERASE else AddressForm)(request.POST)
        if "adresse" not in form.errors and not form.is_valid():
            return self._shown(form, form["adresse"].value(), status=422)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        address = form.cleaned_data["adresse"]
        if step == ERASE:
            return self._erased(address)
        return self._file(address) if step == FILE else self._shown(form, address)

    def _kept(self, address: str) -> AppointmentQuerySet:
        return self.permission_policy.instances_user_has_any_permission_for(self.request.user, self.actions).of_address(
            address
        )

    def _document(self, address: str) -> dict[str, Any]:
        """Four queries however much there is, one for the mails, and those of apps above."""
        document: dict[str, Any] = {"Adresse": address, "Termine": all_documents(self._kept(address))}
        if self.is_everything:
            document |= elsewhere.documents(address)
            document[_MAILS] = all_mails(address)
        return document

    def _shown(self, form: forms.Form, address: str, *, status: int = 200) -> HttpResponse:
        document = self._document(address)
        context = self.get_context_data(
            form=form,
            sure=form if isinstance(form, SureForm) else SureForm(),
            address=address,
            appointments=[
                {
                    "id": f"kept-{number}",
                    "heading": f"Termin {appointment['Termin']['Vorgangsnummer']}",
                    "sections": list(_sections(appointment)),
                }
                for number, appointment in enumerate(document["Termine"], start=1)
            ],
            elsewhere=[
                {"id": f"elsewhere-{number}", "heading": title, "section": _section("", _as_lines(document[title]))}
                for number, title in enumerate(
                    [title for title in document if title not in {"Adresse", "Termine", _MAILS}], start=1
                )
            ],
            mails=_section("", _as_lines(document.get(_MAILS, []))),
        )
        return self.render_to_response(context, status=status)

    def _file(self, address: str) -> HttpResponse:
        record_disclosure(self._kept(address), actor=self.request.user, now=timezone.now())
        response = JsonResponse(self._document(address), json_dumps_params={"ensure_ascii": False, "indent": 2})
        response.headers["Content-Disposition"] = 'attachment; filename="auskunft.json"'
        return response

    def _erased(self, address: str) -> HttpResponse:
        rows = self._kept(address)
        others = elsewhere.documents(address) if self.is_everything else {}
        erased = erase_address(
            address, rows=rows, is_everything=self.is_everything, actor=self.request.user, now=timezone.now()
        )
        nothing = "Alles zu dieser Adresse ist gelöscht." if others else "Zu dieser Adresse war nichts gespeichert."
        told = {0: nothing, 1: "Ein Termin ist anonymisiert."}
        messages.success(self.request, told.get(erased, f"{erased} Termine sind anonymisiert."))
        return redirect(reverse("termine:disclosure"))


def _sections(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One appointment's document as headings with lines „term: value“; empty values are left out."""
    yield _section("", document.items())
    for title, part in document.items():
        if isinstance(part, dict):
            yield _section("" if title == "Termin" else title, part.items())
        elif isinstance(part, list):
            yield _section(title, _as_lines(part))


def _as_lines(entries: list[dict[str, str]]) -> Iterator[tuple[str, str]]:
    """The first value of each as the term of the others."""
    for first, *others in map(dict.values, entries):
        yield first, ", ".join(map(_german, filter(None, others)))


def _section(title: str, lines: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return {"title": title, "lines": [(term, _german(text)) for term, text in lines if text and isinstance(text, str)]}


def _german(text: str) -> str:
    """„1.12.2026, 9:00 Uhr“ for a time as the file has it; whatever else stays as it is."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    # Eight digits would be a day, too; a phone number may have as many.
    if moment.tzinfo is None:
        return text
    return f"{moment.day}.{moment.month}.{moment.year}, {moment.hour}:{moment:%M} Uhr"
