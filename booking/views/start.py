"""The first step: from a postcode to the office."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from offices.models import Office
from offices.postcodes import UnknownPostcode, bare_postcode, is_postcode, responsible_office

CARRIED = ("anliegen", "art", "kurs")
"""What a link into the booking may carry along to the next step."""


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Asks for the postcode and lists the offices; with a good postcode it goes on to that office's times."""
    typed = request.GET.get("plz", "").strip()
    carried = {name: request.GET[name][:80] for name in CARRIED if request.GET.get(name)}
    error = ""
    if typed:
        code = bare_postcode(typed)
        error = "Bitte geben Sie die Postleitzahl mit fünf Ziffern ein."
        if is_postcode(code):
            try:
                office = responsible_office(code).office
            except UnknownPostcode:
                error = f"Die Postleitzahl {code} kennen wir nicht. Prüfen Sie die Ziffern, oder wählen Sie ein Büro."
            except Office.DoesNotExist:
                error = "Zurzeit ist kein Büro geöffnet. Bitte versuchen Sie es später noch einmal."
            else:
                query = urlencode({"plz": code} | carried)
                return redirect(f"{reverse('booking:times', args=[office.slug])}?{query}")
    offices = Office.objects.filter(is_active=True).prefetch_related("districts")
    context = {
        "typed": typed[:10],
        "error": error,
        "offices": [
            {"office": office, "url": _with(carried, reverse("booking:times", args=[office.slug]))}
            for office in offices
        ],
        "days_url": _with(carried, reverse("booking:days")),
        "steps": steps("Büro"),
    }
    return render(request, "booking/start.html", context)


def _with(carried: dict[str, str], url: str) -> str:
    return f"{url}?{urlencode(carried)}" if carried else url


def steps(current: str, **urls: str) -> list[dict[str, str]]:
    """The chain of steps with the current one marked."""
    labels = ["Büro", "Zeit", "Angaben", "Gebucht"]
    at = labels.index(current)
    return [
        {
            "label": label,
            "state": "done" if number < at else "current" if number == at else "todo",
            "url": urls.get(label, ""),
        }
        for number, label in enumerate(labels)
    ]
