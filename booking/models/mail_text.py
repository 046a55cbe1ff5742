from __future__ import annotations

from django.db import models

from booking.enums import MailKind
from booking.querysets import MailTextQuerySet
from offices.models import Office


class MailText(models.Model):
    """Words of an office, or of the whole network, for one kind of mail to firms.

    An empty field leaves that part to the network's text, and then to the built-in one. Placeholders are those of
    `booking.mail_texts`. Holds no personal data.
    """

    office = models.ForeignKey(
        Office, on_delete=models.CASCADE, null=True, blank=True, related_name="mail_texts", verbose_name="Büro"
    )
    kind = models.CharField("E-Mail", max_length=10, choices=MailKind)
    subject = models.CharField("Betreff", max_length=120, blank=True)
    intro = models.TextField("Anrede und Einleitung", max_length=1500, blank=True)
    closing = models.TextField("Schluss", max_length=1500, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MailTextQuerySet.as_manager()

    class Meta:
        verbose_name = "E-Mail-Text"
        verbose_name_plural = "E-Mail-Texte"
        ordering = ["office__name", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["office", "kind"], name="mail_text_once_per_office"),
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(office__isnull=True), name="mail_text_once_for_network"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.office or 'ganzer Verbund'})"
