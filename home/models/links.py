from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.documents import get_document_model
from wagtail.models import Page

from home.domain.link_health import DAYS_UNTIL_BROKEN


class OutsideLinkQuerySet(models.QuerySet["OutsideLink"]):
    def due(self, now: datetime) -> OutsideLinkQuerySet:
        """To be asked, the longest waiting first."""
        return self.filter(next_check_at__lte=now).order_by("next_check_at", "pk")


class OutsideLink(models.Model):
    """An address of another site that a page links to, and whether it answers. Nothing is said about people."""

    address = models.CharField("Adresse", max_length=1000, unique=True)
    next_check_at = models.DateTimeField(db_index=True)
    last_success_at = models.DateTimeField("zuletzt erreicht", null=True, blank=True)
    last_failure_at = models.DateTimeField("zuletzt gescheitert", null=True, blank=True)
    failed_days = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField("Grund", max_length=200, blank=True)
    is_plain = models.BooleanField("antwortet unverschlüsselt", default=False)

    objects = OutsideLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "Link zu einer fremden Website"
        verbose_name_plural = "Links zu fremden Websites"

    def __str__(self) -> str:
        return self.address


class LinkOnPageQuerySet(models.QuerySet["LinkOnPage"]):
    def broken(self) -> LinkOnPageQuerySet:
        """What leads nowhere: page or document deleted, or the other site failing on two days."""
        gone_page = Q(to_page__isnull=False) & ~Exists(Page.objects.filter(pk=OuterRef("to_page")))
        document = get_document_model().objects.filter(pk=OuterRef("to_document"))
        gone_document = Q(to_document__isnull=False) & ~Exists(document)
        return self.filter(gone_page | gone_document | Q(outside__failed_days__gte=DAYS_UNTIL_BROKEN))

    def plain(self) -> LinkOnPageQuerySet:
        """What is there, but sends what is read and typed without encryption."""
        return self.filter(outside__is_plain=True, outside__failed_days=0)

    def on(self, pages: QuerySet[Page]) -> LinkOnPageQuerySet:
        return self.filter(page__in=pages.values("pk"))


class LinkOnPage(models.Model):
    """Where a link stands on a published page. `to_page` and `to_document` are numbers and no foreign keys: what they
    refer to may be gone, and that is what is looked for."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", verbose_name="Seite")
    place = models.CharField("Stelle", max_length=200)
    text = models.CharField("Linktext", max_length=200, blank=True)
    to_page = models.PositiveIntegerField(null=True, blank=True, db_index=True)
    to_document = models.PositiveIntegerField(null=True, blank=True, db_index=True)
    outside = models.ForeignKey(OutsideLink, on_delete=models.CASCADE, null=True, blank=True, related_name="places")

    objects = LinkOnPageQuerySet.as_manager()

    class Meta:
        verbose_name = "Link auf einer Seite"
        verbose_name_plural = "Links auf Seiten"

    def __str__(self) -> str:
        return self.where

    @property
    def where(self) -> str:
        return f"{self.place}: „{self.text}“"

    @property
    def reason(self) -> str:
        if self.to_page:
            return "Die Seite ist gelöscht."
        if self.to_document:
            return "Das Dokument ist gelöscht."
        why = "Die Website antwortet ohne Verschlüsselung (http)." if self.outside.is_plain else self.outside.reason
        return f"{why} {self.outside.address}"
