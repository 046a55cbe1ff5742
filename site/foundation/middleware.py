"""Headers that every answer carries, static files and errors included."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import HEADER, SELF
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from foundation.languages import language_at

_PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


class SecurityHeadersMiddleware:
    """Stands outermost. The admin alone gets the looser policy that Wagtail's own pages need."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(settings.ADMIN_PATH):
            response.headers["X-Frame-Options"] = "SAMEORIGIN"  # previews stand in a frame of the editor
        if response.headers.get("Content-Encoding") == "None":  # written by Wagtail where a document is not packed
            del response.headers["Content-Encoding"]
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        response.headers.setdefault("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS_POLICY)
        return response


class LanguageMiddleware:
    """The address says which language a page is in. Unlike Django's own it redirects nobody and varies by no header, so
    that one answer serves all visitors and can be kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = language_at(request.path)
        if language.is_main:
            return self.get_response(request)
        with translation.override(language.code):
            return self.get_response(request)


class ContentPolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere; under the admin's path the looser one. Previews of public pages stay strict."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Wagtail has a preview made as if its page was asked for, with the policy that forbids all frames."""
        if _is_preview(request):
            response.headers.pop(HEADER, None)
        return super().process_response(request, response)

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path.startswith(settings.ADMIN_PATH):
            if _is_preview(request):
                parts.replace = {"frame-ancestors": [SELF]}
            else:
                parts.replace = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts


def _is_preview(request: HttpRequest) -> bool:
    return request.path.startswith(settings.ADMIN_PATH) and "/preview/" in request.path
