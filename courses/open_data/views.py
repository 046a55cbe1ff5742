"""The page of the open data and its files. Without a licence neither says that there is anything."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from courses.enums import Licence
from courses.models import CourseSettings
from courses.open_data.dump import Dump, DumpFile, offered_dump
from courses.selectors import way_to_courses
from foundation.conditional import unless_known
from foundation.models import BrandSettings
from foundation.public_files import public

_PACKED = "application/gzip"


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    licence = CourseSettings.as_shown().open_data_licence
    dump = offered_dump()
    address = settings.BASE_URL + request.path
    context = {
        "licence_url": licence,
        "licence": Licence(licence).label.partition(" (")[0] if licence else "",
        "dump": dump,
        "breadcrumbs": way_to_courses(request),
        "address": address,
        "dataset": _dataset(dump, licence, address) if dump else None,
    }
    return render(request, "courses/open_data.html", context)


@csrf_exempt
@require_safe
def open_data_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """Sent in pieces."""
    dump = offered_dump()
    file = dump and dump.file(name)
    if not dump or not file:
        raise Http404
    try:
        answer = unless_known(request, partial(_sent, file), tag=file.sha256, changed=dump.made_at)
    except FileNotFoundError:  # the next dump has come in this moment
        raise Http404 from None
    return public(answer)


def _sent(file: DumpFile) -> FileResponse:
    return FileResponse(file.path.open("rb"), as_attachment=True, filename=file.name, content_type=_PACKED)


def _dataset(dump: Dump, licence: str, address: str) -> dict[str, Any]:
    """schema.org Dataset, of which catalogues of open data (DCAT) and search engines read; what the page shows."""
    network = {"@type": "Organization", "name": BrandSettings.as_shown().wordmark, "url": f"{settings.BASE_URL}/"}
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{address}#daten",
        "name": "Kurse im Weiterbildungsverbund",
        "description": "Alle Kurse mit ihren Terminen: Titel, Anbieter, Inhalt, Zeit, Ort, Preis und Förderung.",
        "url": address,
        "inLanguage": settings.LANGUAGE_CODE,
        "license": licence,
        "isAccessibleForFree": True,
        "dateModified": dump.made_at.isoformat(timespec="seconds"),
        "creator": network,
        "publisher": network,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.name,
                "contentUrl": settings.BASE_URL + reverse("courses:open_data_file", args=[file.name]),
                "encodingFormat": [file.media_type, _PACKED],
                "contentSize": f"{file.size} B",
                "sha256": file.sha256,
            }
            for file in dump.files
        ],
    }
