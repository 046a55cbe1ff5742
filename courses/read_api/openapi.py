"""The description of the read API (OpenAPI 3.1), made of what answers."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from courses.models import CourseSettings
from courses.read_api.answers import Problem
from courses.read_api.endpoints import ENDPOINTS, OPENAPI, Endpoint
from courses.read_api.parameters import MOST, USUAL, Parameter, Reader
from courses.read_api.problems import CONTENT_TYPE
from courses.read_api.views import for_reading
from courses.selectors import way_to_courses
from foundation.public_files import FRESH_SECONDS, public_file

_TYPES = {"string": "Text", "integer": "Zahl", "number": "Zahl", "boolean": "ja oder nein", "null": "null"}


@cache
def document() -> dict[str, Any]:
    shown = [*(endpoint.answer for endpoint in ENDPOINTS), Problem]
    references, schemas = msgspec.json.schema_components(shown, ref_template="#/components/schemas/{name}")
    answers = dict(zip(shown, references, strict=True))
    errors = {status: _response(said, answers[Problem], CONTENT_TYPE) for status, said in _ERRORS.items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kurse im Weiterbildungsverbund",
            "version": "1",
            "description": "Alle Kurse, die auf der Website stehen, zum Lesen. Ohne Anmeldung und ohne Schlüssel.",
        },
        "servers": [{"url": settings.BASE_URL}],
        "paths": {endpoint.template: {"get": _operation(endpoint, answers, errors)} for endpoint in ENDPOINTS},
        "components": {"schemas": {name: _plain(schema) for name, schema in schemas.items()}},
    }


_ERRORS = {
    "400": "Eine Angabe in der Adresse ist falsch",
    "404": "Das gibt es nicht",
    "405": "Nur Lesen ist erlaubt",
}


def _operation(endpoint: Endpoint, answers: dict[Any, Any], errors: dict[str, Any]) -> dict[str, Any]:
    key = [_parameter(endpoint.key, "path")] if endpoint.key else []
    found = _response(endpoint.summary, answers[endpoint.answer], "application/json")
    return {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "parameters": [*key, *(_parameter(parameter, "query") for parameter in endpoint.parameters)],
        "responses": {"200": found, "304": {"description": "Unverändert seit dem ETag, den Sie nennen"}, **errors},
    }


def _parameter(parameter: Parameter, place: str) -> dict[str, Any]:
    schema = {"type": "array", "items": parameter.schema} if parameter.is_many else parameter.schema
    named = {"name": parameter.name, "in": place, "description": parameter.description, "schema": schema}
    return named | ({"required": True} if place == "path" else {})


def _response(description: str, schema: dict[str, Any], content_type: str) -> dict[str, Any]:
    return {"description": description, "content": {content_type: {"schema": schema}}}


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """Without the remarks of the code, which are for those who read it."""
    return {name: value for name, value in schema.items() if name != "description"}


@for_reading
def openapi(request: HttpRequest) -> HttpResponseBase:
    Reader(request.GET, ()).refuse_if_wrong()
    body = msgspec.json.encode(document())
    return public_file(request, body, content_type="application/json", name="openapi.json")


@for_reading
def index(request: HttpRequest) -> HttpResponseBase:
    """What a program finds at the address above all others."""
    Reader(request.GET, ()).refuse_if_wrong()
    told = {
        "openapi": f"{settings.BASE_URL}/{OPENAPI}",
        "documentation": f"{settings.BASE_URL}{reverse('courses:read_api')}",
        "resources": {
            endpoint.path: f"{settings.BASE_URL}{endpoint.template}" for endpoint in ENDPOINTS if not endpoint.key
        },
    }
    return public_file(request, msgspec.json.encode(told), content_type="application/json", name="api.json")


@require_safe
def read_api(request: HttpRequest) -> HttpResponse:
    """The same for people."""
    schemas = document()["components"]["schemas"]
    context = {
        "address": settings.BASE_URL + request.path,
        "base": settings.BASE_URL,
        "openapi": f"{settings.BASE_URL}/{OPENAPI}",
        "example": f"{settings.BASE_URL}{reverse('courses:api_courses')}?text=Staplerschein&form=on_site",
        "endpoints": ENDPOINTS,
        "kinds": [(name, list(_fields(schema))) for name, schema in schemas.items()],
        "usual": USUAL,
        "most": MOST,
        "minutes": FRESH_SECONDS // 60,
        "breadcrumbs": way_to_courses(request),
        "has_open_data": bool(CourseSettings.as_shown().open_data_licence),
    }
    return render(request, "courses/read_api.html", context)


def _fields(schema: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Name, type and meaning."""
    return [(name, _kind(each), each.get("description", "")) for name, each in schema.get("properties", {}).items()]


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " oder ".join(_kind(each) for each in schema["anyOf"])
    if schema.get("type") == "array":
        return f"Liste: {_kind(schema['items'])}"
    return {"date": "Datum", "date-time": "Zeitpunkt"}.get(schema.get("format", ""), _TYPES[schema["type"]])
