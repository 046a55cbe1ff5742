from __future__ import annotations

from django.urls import URLPattern, path
from django.views.i18n import JavaScriptCatalog
from wagtail import hooks


@hooks.register("register_admin_urls")
def recurrence_catalog_url() -> list[URLPattern]:
    catalog = JavaScriptCatalog.as_view(packages=["recurrence"])
    return [path("wiederholungen/texte.js", catalog, name="recurrence_catalog")]
