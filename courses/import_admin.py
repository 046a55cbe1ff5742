"""„Kurse einlesen“ in the admin: from the file over its columns and the preview to the report and back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from courses.catalogue.records import FileRefused
from courses.import_forms import LARGEST, ColumnsForm, FileForm
from courses.importing.names import Names
from courses.importing.running import ImportRefused
from courses.importing.wording import said_of, state_of, summary
from courses.models import CourseImport, ImportEntry, ImportFile
from courses.services import take_in_file
from foundation.spreadsheets import csv_line
from foundation.uploads import takes_more

PERMISSION = "courses.add_courseimport"
MOST_POSTED = LARGEST * 3 // 2
"""Bytes. What is a little too large is read, so that the form can say so and keep what else was chosen."""
SHOWN, ENTRIES = 20, 50
REFRESH_SECONDS = "3"
State = CourseImport.State


class _ImportPage(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "download"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        _check(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        above = [{"url": reverse("einlesen:index"), "label": ImportListView.page_title}]
        is_list = isinstance(self, ImportListView)
        return [
            *super().get_breadcrumbs_items(),
            *([] if is_list else above),
            {"url": "", "label": str(self.get_page_title())},
        ]


class ImportListView(_ImportPage):
    """The form for a new file above what was taken in before."""

    page_title = "Kurse einlesen"
    template_name = "courses/admin/imports.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FileForm(request.POST, request.FILES)
        if form.is_valid():
            given = form.cleaned_data
            file = given.pop("file")
            try:
                imported = take_in_file.accept_file(
                    **given, content=file.chunks(), name=file.name, user=request.user, now=timezone.now()
                )
            except FileRefused as refused:
                form.add_error("file", str(refused))
            else:
                if take_in_file.columns_of(imported.file):
                    return redirect("einlesen:columns", imported.pk)
                take_in_file.start_preview(imported.file, columns={}, now=timezone.now())
                return redirect("einlesen:detail", imported.pk)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        imports = CourseImport.objects.select_related("provider", "user")
        page = Paginator(imports, SHOWN).get_page(self.request.GET.get("p"))
        now = timezone.now()
        rows = [(each, state_of(each, now), summary(each.counts) if each.counts else "") for each in page]
        return super().get_context_data(**{"form": FileForm()} | kwargs) | {"rows": rows, "page": page}


class ImportColumnsView(_ImportPage):
    page_title = "Was steht in welcher Spalte?"
    template_name = "courses/admin/import_columns.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=self._form(pk)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = self._form(pk, request.POST)
        if form.is_valid():
            try:
                take_in_file.start_preview(self.file, columns=form.columns, now=timezone.now())
            except ImportRefused as refused:
                form.add_error(None, str(refused))
            else:
                return redirect("einlesen:detail", pk)
        return self.render_to_response(self.get_context_data(form=form))

    def _form(self, pk: int, *data: Any) -> ColumnsForm:
        self.file = get_object_or_404(ImportFile.objects.select_related("imported__provider"), pk=pk)
        try:
            return ColumnsForm(take_in_file.columns_of(self.file), *data)
        except FileRefused as refused:
            raise Http404 from refused


class ImportView(_ImportPage):
    """Preview, progress and report, whatever it has come to."""

    template_name = "courses/admin/import.html"

    def get_page_title(self) -> str:
        return str(self.imported)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.imported = get_object_or_404(CourseImport.objects.select_related("provider", "user"), pk=pk)
        response = self.render_to_response(self.get_context_data())
        if self._is_awaited():
            response.headers["Refresh"] = REFRESH_SECONDS
        return response

    def _is_awaited(self) -> bool:
        """Somebody works on it, or will as soon as the worker looks."""
        begins = self.request.GET.get("beginnt") == self.imported.state
        return self.imported.is_at_work(timezone.now()) or (begins and not self.imported.problem)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        imported, names, now, is_awaited = self.imported, Names(), timezone.now(), self._is_awaited()
        begins = is_awaited and not imported.is_at_work(now)
        file = ImportFile.objects.filter(imported=imported).first()
        numbers = dict(imported.entries.order_by().values_list("kind").annotate(Count("pk")))
        asked = self.request.GET.get("was", "")
        only = asked if asked in numbers else ""
        entries = imported.entries.select_related("course").defer("cells")
        entries = entries.filter(kind=only) if only else entries
        is_forgotten = imported.report_ended(now)
        page = Paginator(entries, ENTRIES).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "imported": imported,
            "state": "beginnt gleich" if begins else state_of(imported, now),
            "summary": summary(imported.counts) if imported.counts else "",
            "rows": [(entry, list(said_of(entry, names))) for entry in page],
            "page": page,
            "only": only,
            "query": f"was={only}&" if only else "",
            "kinds": [
                (kind.value, kind.label, numbers[kind.value]) for kind in ImportEntry.Kind if kind.value in numbers
            ],
            "is_awaited": is_awaited,
            "was_broken_off": imported.was_broken_off(now),
            "can_be_started": imported.can_be_started(now),
            "can_be_undone": imported.can_be_undone(now) and not is_forgotten,
            "is_forgotten": imported.is_in and is_forgotten,
            "done": imported.progress,
            "total": sum(
                imported.counts.get(kind, 0) for kind in (ImportEntry.UNDONE if imported.is_in else ImportEntry.Kind)
            ),
            "has_file": file is not None,
            "has_columns": bool(file and file.columns),
            "is_looked_at": bool(imported.counts),
            "asks": bool(imported.counts.get("asks")),
            "may_keep": imported.is_full and bool(imported.counts.get("gone")),
        }


@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    imported = _found(request, pk)
    meant, absent_stays = "wegfall" in request.POST, "behalten" in request.POST
    if not ImportFile.objects.filter(imported=imported).exists():
        messages.error(request, "Die Datei ist nicht mehr da. Bitte senden Sie sie noch einmal.")
    elif not imported.counts or not imported.can_be_started(timezone.now()):
        messages.error(request, f"Das geht jetzt nicht: {state_of(imported, timezone.now())}.")
    elif imported.counts.get("asks") and not (meant or absent_stays):
        messages.error(request, "Bitte bestätigen Sie zuerst, dass so viele Kurse wegfallen sollen.")
    else:
        take_in_file.start(imported, gone_is_meant=meant, absent_stays=absent_stays)
        return redirect(f"{reverse('einlesen:detail', args=[pk])}?beginnt={imported.state}")
    return redirect("einlesen:detail", pk)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    imported = _found(request, pk)
    if not imported.can_be_undone(timezone.now()):
        messages.error(request, "Zurücknehmen lässt sich nur, was eingelesen ist.")
        return redirect("einlesen:detail", pk)
    if imported.report_ended(timezone.now()):
        messages.error(request, "Dafür ist es zu lange her: Der Bericht ist gelöscht.")
        return redirect("einlesen:detail", pk)
    take_in_file.start_undo(imported)
    return redirect(f"{reverse('einlesen:detail', args=[pk])}?beginnt={imported.state}")


@require_safe
def rejected(request: HttpRequest, pk: int) -> HttpResponse:
    """The refused rows with the columns that they came with, to be mended and sent again, and why (S6)."""
    rows = list(_found(request, pk).entries.filter(kind=ImportEntry.Kind.REJECTED))
    told = [dict(row.cells) for row in rows]
    headings = list(dict.fromkeys(heading for cells in told for heading in cells))
    lines = [csv_line([*headings, "Warum"])]
    lines += [
        csv_line([*(cells.get(name, "") for name in headings), " ".join(row.notices)])
        for cells, row in zip(told, rows, strict=True)
    ]
    response = HttpResponse("\ufeff" + "".join(lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="abgelehnt.csv"'
    return response


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied


def _found(request: HttpRequest, pk: int) -> CourseImport:
    _check(request)
    return get_object_or_404(CourseImport, pk=pk)


class ImportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(PERMISSION))


class ImportViewSet(ViewSet):
    name = url_prefix = "einlesen"
    icon = menu_icon = "download"
    menu_label = ImportListView.page_title
    menu_name = "einlesen"
    menu_item_class = ImportMenuItem

    @property
    def menu_url(self) -> str:
        return reverse("einlesen:index")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", takes_more(ImportListView.as_view(), most_bytes=MOST_POSTED, permission=PERMISSION), name="index"),
            path("<int:pk>/", ImportView.as_view(), name="detail"),
            path("<int:pk>/spalten/", ImportColumnsView.as_view(), name="columns"),
            path("<int:pk>/einlesen/", start, name="start"),
            path("<int:pk>/zuruecknehmen/", undo, name="undo"),
            path("<int:pk>/abgelehnt.csv", rejected, name="rejected"),
        ]
