from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Filter


class CreditedImage(AbstractImage):
    """An image that names its author or says that no credit is owed (§ 13 UrhG)."""

    credit = models.CharField(
        "Bildnachweis",
        max_length=200,
        blank=True,
        help_text="Wer hat das Bild gemacht, woher stammt es? Zum Beispiel: „Foto: Adobe Stock“.",
    )
    credit_not_needed = models.BooleanField(
        "Keine Nennung nötig",
        default=False,
        help_text="Nur ankreuzen, wenn Sie das sicher wissen.",
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "credit_not_needed",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = "Bild"
        verbose_name_plural = "Bilder"

    def generate_rendition_file(self, filter: Filter, *, source: File | None = None) -> File:  # noqa: A002
        """In memory; Wagtail leaves the temporary file that it writes to open until the garbage is collected."""
        with super().generate_rendition_file(filter, source=source) as file:
            file.seek(0)
            return ContentFile(file.read(), name=file.name)

    def clean(self) -> None:
        super().clean()
        if not self.credit.strip() and not self.credit_not_needed:
            raise ValidationError(
                {"credit": "Bitte nennen Sie Urheber oder Quelle, oder kreuzen Sie „Keine Nennung nötig“ an."}
            )


class Rendition(AbstractRendition):
    image = models.ForeignKey(CreditedImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"),
        ]
