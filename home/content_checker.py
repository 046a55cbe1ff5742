"""What Wagtail's checker looks for in the finished page: all that an editor's text, picture or table can break."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.models import Page

# By the rule of axe: what is wrong and what to do. Axe itself speaks English.
_RULES = {
    "alt-text-quality": ("Bildbeschreibung ist ein Dateiname", "Schreiben Sie, was auf dem Bild zu sehen ist."),
    "empty-heading": ("Leere Überschrift", "Schreiben Sie etwas hinein, oder löschen Sie sie."),
    "empty-table-header": ("Leerer Kopf in der Tabelle", "Sagen Sie, was in der Zeile oder Spalte steht."),
    "heading-order": ("Stufe der Überschrift übersprungen", "Auf eine Überschrift folgt die nächstkleinere Stufe."),
    "image-alt": ("Bild ohne Beschreibung", "Beschreiben Sie das Bild, oder kreuzen Sie „dekorativ“ an."),
    "image-redundant-alt": (
        "Bildbeschreibung wiederholt den Linktext",
        "Wer sich die Seite vorlesen lässt, hört dasselbe zweimal. Beschreiben Sie das Bild anders.",
    ),
    "landmark-unique": (
        "Zwei Abschnitte heißen gleich",
        "Geben Sie ihnen verschiedene Überschriften; beim Vorlesen sind sie sonst nicht zu unterscheiden.",
    ),
    "link-name": ("Link ohne Text", "Sagen Sie, wohin der Link führt."),
    "th-has-data-cells": ("Kopf in der Tabelle ohne Zellen", "Füllen Sie die Zeile oder Spalte, oder löschen Sie sie."),
}


class GermanContentChecker(ContentCheckerItem):
    """Without what the templates alone decide, such as contrast: no editor can mend it, and the tests hold it."""

    axe_run_only = [*_RULES]
    axe_messages = {rule: {"error_name": wrong, "help_text": advice} for rule, (wrong, advice) in _RULES.items()}


def check_in_german(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    """For the user bar of previews and for the panel „Überprüfungen“, which has to look for the same."""
    items[:] = [
        GermanContentChecker(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]
