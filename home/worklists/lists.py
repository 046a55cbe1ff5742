"""The lists themselves. Each shows a user only what this user may change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images.permissions import permission_policy as image_policy
from wagtail.models import Page, ReferenceIndex, WorkflowState
from wagtail.permissions import page_permission_policy

from courses.models import CoursePage
from foundation.models import CreditedImage, SiteDocument
from home.models import LinkOnPage
from home.models.links import LinkOnPageQuerySet
from home.writers import pages_to_change

OLD = timedelta(days=365)
"""After so long without a new version somebody should read a page again."""

COURSES_AHEAD_DAYS = 30
"""So far ahead a course should have a date."""


@dataclass(frozen=True, slots=True)
class Worklist:
    """One list: its address, what it is called, what to do with what stands there, and whose rows they are."""

    slug: str
    label: str
    advice: str
    rows: Callable[[Any], QuerySet]
    """Of the user: pages, links, pictures or files, in the order in which they are to be looked at."""


def may_use(user: Any) -> bool:
    return bool(page_permission_policy.user_has_permission(user, "change"))


def _pages(user: Any) -> QuerySet[Page]:
    return pages_to_change(user).order_by("title", "pk")


def _drafts(user: Any) -> QuerySet[Page]:
    returned = _in_workflow(WorkflowState.STATUS_NEEDS_CHANGES).filter(requested_by=user)
    is_turn_of = Q(latest_revision__user=user) | Q(key__in=returned.values("object_id"))
    return _keyed(_pages(user)).filter(is_turn_of, has_unpublished_changes=True)


def _submitted(user: Any) -> QuerySet[Page]:
    """What was given back waits for its author."""
    return _keyed(_pages(user)).filter(key__in=_in_workflow(WorkflowState.STATUS_IN_PROGRESS).values("object_id"))


def _in_workflow(status: str) -> QuerySet[WorkflowState]:
    return WorkflowState.objects.filter(base_content_type=ContentType.objects.get_for_model(Page), status=status)


def _old(user: Any) -> QuerySet[Page]:
    found = _pages(user).live().filter(last_published_at__lt=timezone.now() - OLD)
    return found.order_by("last_published_at", "pk")


def _broken(user: Any) -> QuerySet[Page]:
    """Pages with a link to a page that is not shown. Of deleted ones Wagtail forgets who led there; see below."""
    page_type = ContentType.objects.get_for_model(Page)
    links = ReferenceIndex.objects.filter(base_content_type=page_type, to_content_type=page_type)
    into_nothing = links.exclude(to_object_id__in=_keyed(Page.objects.live()).values("key"))
    return _keyed(_pages(user).live()).filter(key__in=into_nothing.values("object_id"))


def _dead_links(user: Any) -> QuerySet[LinkOnPage]:
    return _links(LinkOnPage.objects.broken(), user)


def _plain_links(user: Any) -> QuerySet[LinkOnPage]:
    return _links(LinkOnPage.objects.plain(), user)


def _links(found: LinkOnPageQuerySet, user: Any) -> QuerySet[LinkOnPage]:
    found = found.on(_pages(user).live().order_by())
    return found.select_related("page", "outside").order_by("page__title", "page_id", "pk")


def _courses(user: Any) -> QuerySet[Page]:
    ending = CoursePage.objects.live().running_out(timezone.localdate(), days=COURSES_AHEAD_DAYS)
    return _pages(user).filter(pk__in=ending.values("pk"))


def _keyed(pages: QuerySet[Page]) -> QuerySet[Page]:
    """With `key`: the number as the text by which Wagtail's general tables refer to it."""
    return pages.annotate(key=Cast("pk", CharField()))


def _images(user: Any) -> QuerySet[CreditedImage]:
    return image_policy.instances_user_has_any_permission_for(user, ["change"]).order_by("title", "pk")


def _files(user: Any) -> QuerySet[SiteDocument]:
    found = document_policy.instances_user_has_any_permission_for(user, ["change"])
    return found.filter(pdf_lacks__isnull=False).exclude(pdf_lacks=[]).order_by("title", "pk")


WORKLISTS = [
    Worklist(
        "entwuerfe",
        "Meine Entwürfe",
        "Noch nicht veröffentlicht, von Ihnen geändert oder an Sie zurückgegeben.",
        _drafts,
    ),
    Worklist("freigabe", "Wartet auf Freigabe", "Eingereicht; jemand mit dem Recht dazu gibt frei.", _submitted),
    Worklist("alt", "Älter als ein Jahr", "Bitte lesen: Stimmt noch alles? Dann neu veröffentlichen.", _old),
    Worklist("links", "Links ins Leere", "Diese Seiten verweisen auf Seiten, die nicht veröffentlicht sind.", _broken),
    Worklist(
        "tote-links",
        "Tote Links",
        "Das Ziel ist gelöscht, oder die fremde Website hat an zwei Tagen nicht oder mit einem Fehler geantwortet.",
        _dead_links,
    ),
    Worklist(
        "unverschluesselt",
        "Links ohne Verschlüsselung",
        "Diese Websites sind da, aber ohne https. Gibt es dort eine Adresse mit https? Dann nehmen Sie diese.",
        _plain_links,
    ),
    Worklist("kurse", "Kurse ohne neuen Termin", "In dreißig Tagen ist kein Termin mehr übrig.", _courses),
    Worklist(
        "bildangaben",
        "Bilder ohne Angaben",
        "Es fehlt der Bildnachweis oder die Einwilligung der gezeigten Personen.",
        lambda user: _images(user).incomplete(),
    ),
    Worklist(
        "bildrechte",
        "Bilder mit abgelaufenem Recht",
        "Recht verlängern, Bild ersetzen oder löschen.",
        lambda user: _images(user).expired_on(timezone.localdate()),
    ),
    Worklist(
        "pdf",
        "PDF mit Hindernissen",
        "Wer sich Dateien vorlesen lässt, kommt hier nicht weit. Als barrierefreies PDF neu speichern und ersetzen.",
        _files,
    ),
]
