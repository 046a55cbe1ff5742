from __future__ import annotations

from django.db import models
from django.utils import timezone

from courses.models.provider import Provider
from courses.querysets import ProviderLinkQuerySet


class ProviderLink(models.Model):
    """A private address by which a provider confirms and corrects its courses without an account.

    Only the digest of its token is stored. A new link ends the older ones; ended rows stay, as what was sent when.
    """

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="links", verbose_name="Anbieter")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("geschickt am", default=timezone.now)
    expires_at = models.DateTimeField("gilt bis")
    ended_at = models.DateTimeField("beendet am", null=True, blank=True)
    last_used_at = models.DateTimeField("zuletzt benutzt am", null=True, blank=True)

    objects = ProviderLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "Link eines Anbieters"
        verbose_name_plural = "Links von Anbietern"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.created_at):%d.%m.%Y}"
