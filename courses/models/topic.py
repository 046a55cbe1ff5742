from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel


class Topic(models.Model):
    """What courses and news are about, in two levels. Starts with the network's three themes, grows by the editors."""

    name = models.CharField("Thema", max_length=80, unique=True)
    slug = models.SlugField("Kurzname in Adressen", unique=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        limit_choices_to={"parent": None},
        verbose_name="gehört zu",
        help_text="Nur für Themen der zweiten Ebene. Was sie tragen, zählt auch beim Thema darüber.",
    )

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("parent")]

    class Meta:
        verbose_name = "Thema"
        verbose_name_plural = "Themen"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.parent is None:
            return
        if self.parent == self or self.parent.parent_id:
            raise ValidationError({"parent": "Bitte ein Thema der ersten Ebene wählen: Es gibt nur zwei."})
        if self.pk and self.children.exists():
            raise ValidationError({"parent": "Zu diesem Thema gehören andere. Es bleibt deshalb auf der ersten Ebene."})
