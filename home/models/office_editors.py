from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import models
from wagtail.models import Collection, Page

from offices.models import Office


class OfficeEditors(models.Model):
    """Who writes for an office, and where its pictures and documents lie. A group or collection that somebody deleted
    is missing until `ensure_groups` makes a new one; names are no link, offices are renamed.
    `pages` is what its people added below the shared indexes; its own page is the office's.
    """

    office = models.OneToOneField(Office, on_delete=models.CASCADE, related_name="editors", verbose_name="Büro")
    group = models.OneToOneField(
        Group, on_delete=models.SET_NULL, null=True, related_name="edits_for", verbose_name="Gruppe"
    )
    collection = models.OneToOneField(
        Collection, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="Sammlung"
    )
    pages = models.ManyToManyField(
        Page, related_name="written_for", blank=True, verbose_name="Nachrichten und Veranstaltungen"
    )

    class Meta:
        verbose_name = "Büro-Redaktion"
        verbose_name_plural = "Büro-Redaktionen"
        permissions = [("keep_contacts", "Kontakte des eigenen Büros pflegen")]

    def __str__(self) -> str:
        return f"Büro-Redaktion {self.office}"
