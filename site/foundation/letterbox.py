"""The letterbox of a site without a mail server: django-mail-viewer's pages, for administrators alone.

Mails hold the links that open appointments and set passwords: whoever reads them all can do it all, so only
superusers may.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django_mail_viewer import views
from django_mail_viewer.backends.database.models import EmailMessage as KeptMail
from wagtail.admin.auth import permission_denied
from wagtail.admin.menu import MenuItem

KEEPING_TRANSPORT = "django_mail_viewer.backends.database.backend.EmailBackend"


def is_in_use() -> bool:
    """Only where mails stay in the house."""
    return settings.OUTBOX_TRANSPORT == KEEPING_TRANSPORT


class LetterboxMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_in_use() and request.user.is_superuser


def _for_superusers(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_superuser:
            return permission_denied(request)
        if not is_in_use():
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def _attachment(_request: HttpRequest, message_id: str, attachment: int) -> HttpResponseBase:
    """The package's own view leaves its file open."""
    parts = KeptMail.objects.filter(parent__message_id=f"<{message_id}>").exclude(file_attachment="").order_by("pk")
    part = parts[attachment : attachment + 1].first()
    if part is None:
        raise Http404
    return FileResponse(
        part.file_attachment.open(),
        as_attachment=True,
        filename=part.get_filename(),
        content_type=part.get_content_type(),
    )


def urls() -> list[URLPattern]:
    """The names are those that the package itself looks up."""
    one = "briefkasten/<str:message_id>/"
    return [
        path("briefkasten/", _for_superusers(views.EmailListView.as_view()), name="mail_viewer_list"),
        path(one, _for_superusers(views.EmailDetailView.as_view()), name="mail_viewer_detail"),
        path(f"{one}loeschen/", _for_superusers(views.EmailDeleteView.as_view()), name="mail_viewer_delete"),
        path(
            f"{one}anhang/<int:attachment>/",
            _for_superusers(_attachment),
            name="mail_viewer_attachment",
        ),
    ]
