"""„Jetzt holen“ in the list of sources."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn

from courses.importing.sources import fetch_soon
from courses.models import CourseSource

CHANGE = "courses.change_coursesource"


class FetchColumn(BaseColumn):
    """A button for each source that is fetched at all."""

    cell_template_name = "courses/admin/source_fetch.html"

    def get_cell_context_data(self, instance: CourseSource, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        request = parent_context["request"]
        can_be_fetched = (
            request.user.has_perm(CHANGE) and instance.is_active and not instance.is_at_work(timezone.now())
        )
        return context | {"can_be_fetched": can_be_fetched, "csrf_token": get_token(request)}


@require_POST
def fetch_now(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    source = get_object_or_404(CourseSource, pk=pk)
    if not source.is_active:
        messages.error(request, "Diese Quelle ist abgeschaltet.")
    elif fetch_soon(source, now=timezone.now()):
        messages.success(request, "Die Datei wird jetzt geholt. Wie es lief, steht gleich hier in der Liste.")
    else:
        messages.error(request, "Diese Datei wird gerade schon geholt.")
    return redirect("kursquellen:index")


def urls() -> list[URLPattern]:
    return [path("holen/<int:pk>/", fetch_now, name="fetch")]
