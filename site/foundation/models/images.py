from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, ImageQuerySet, get_upload_to

from foundation.bare_pictures import BarePictureField


class Licence(models.TextChoices):
    OWN = "own", "eigenes Bild"
    COMMISSIONED = "commissioned", "Auftragsarbeit"
    AGENCY = "agency", "Bildagentur"
    PRESS = "press", "Pressebild"
    CC_BY = "cc_by", "CC BY"
    CC_BY_SA = "cc_by_sa", "CC BY-SA"
    CC0 = "cc0", "CC0 oder gemeinfrei"
    OTHER = "other", "andere Vereinbarung"


OWES_A_NAME = (Licence.CC_BY, Licence.CC_BY_SA)
"""Whoever uses such a picture has to name its author, whatever the editor thinks."""


class CreditedImageQuerySet(ImageQuerySet):
    def expired_on(self, day: date) -> CreditedImageQuerySet:
        """Whose right of use has ended, shown on a page or not."""
        return self.filter(valid_until__lt=day)

    def incomplete(self) -> CreditedImageQuerySet:
        """Without a credit, or with people on it whose consent is not noted."""
        without_credit = Q(credit="", credit_not_needed=False)
        return self.filter(without_credit | Q(shows_persons=True, consent=""))


class CreditedImage(AbstractImage):
    """An image that names its author or says that no credit is owed (§ 13 UrhG), and how long it may be used."""

    file = BarePictureField(verbose_name="Datei", upload_to=get_upload_to, width_field="width", height_field="height")
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

    licence = models.CharField("Lizenz", max_length=20, choices=Licence, blank=True)
    source = models.CharField(
        "Fundstelle",
        max_length=300,
        blank=True,
        help_text="Adresse der Seite oder Nummer bei der Agentur, damit sich die Lizenz später belegen lässt.",
    )
    valid_until = models.DateField(
        "Nutzung bis", null=True, blank=True, help_text="Der letzte Tag, an dem das Bild gezeigt werden darf."
    )
    withdraw_when_expired = models.BooleanField(
        "Danach von den Seiten nehmen",
        default=True,
        help_text="Nach dem letzten Tag fehlt das Bild auf allen Seiten; die Texte bleiben.",
    )
    shows_persons = models.BooleanField("Personen sind zu erkennen", default=False)
    consent = models.CharField(
        "Einwilligung",
        max_length=200,
        blank=True,
        help_text="Wo die Einwilligung liegt, zum Beispiel: „Ordner Sommerfest 2026“. Bitte keine Namen.",
    )

    objects = CreditedImageQuerySet.as_manager()

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "credit_not_needed",
        "licence",
        "source",
        "valid_until",
        "withdraw_when_expired",
        "shows_persons",
        "consent",
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

    @property
    def is_withdrawn(self) -> bool:
        """From the day after the last one, on the wall clock of the site."""
        expired = self.valid_until is not None and self.valid_until < timezone.localdate()
        return expired and self.withdraw_when_expired

    @property
    def shown_credit(self) -> str:
        """As it stands beside the picture; with the licence where that wants to be named as well."""
        if self.is_withdrawn:
            return ""
        licence = self.get_licence_display()
        is_owed = self.licence in OWES_A_NAME and licence not in self.credit
        return f"{self.credit}, {licence}" if is_owed and self.credit else self.credit

    def clean(self) -> None:
        super().clean()
        errors = {}
        if not self.credit.strip():
            if self.licence in OWES_A_NAME:
                errors["credit"] = f"Die Lizenz {self.get_licence_display()} verlangt, dass Sie den Urheber nennen."
            elif not self.credit_not_needed:
                errors["credit"] = "Bitte nennen Sie Urheber oder Quelle, oder kreuzen Sie „Keine Nennung nötig“ an."
        if self.shows_persons and not self.consent.strip():
            errors["consent"] = "Bitte schreiben Sie, wo die Einwilligung der gezeigten Personen liegt."
        if errors:
            raise ValidationError(errors)


class Rendition(AbstractRendition):
    image = models.ForeignKey(CreditedImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"),
        ]
