"""Which pages everybody may see."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Q, QuerySet
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction
from wagtail.query import PageQuerySet

from foundation.caching.shelf import kept, made_anew

_RESTRICTED = "foundation.restricted_paths"

Pages = TypeVar("Pages", bound=PageQuerySet)


class PublicPageQuerySet(PageQuerySet):
    """Of page classes with queries of their own."""

    def open_to_all(self: Pages) -> Pages:
        return open_to_all(self)


def open_to_all(pages: Pages) -> Pages:
    """The live ones that no restriction of theirs or of a page above keeps from the public.

    Wagtail's `public()` asks for the restrictions each time; here they are kept, which spares a query for each list.
    """
    shut = Q()
    for path in kept(_RESTRICTED, _restricted_paths):
        shut |= Q(path__startswith=path)
    found: Pages = pages.live()
    return found.exclude(shut) if shut else found


def public_collections() -> QuerySet[Collection]:
    """Those whose files no restriction of theirs or of a collection above keeps from the public. Two queries."""
    shut = Q()
    for path in CollectionViewRestriction.objects.order_by("pk").values_list("collection__path", flat=True):
        shut |= Q(path__startswith=path)
    return Collection.objects.exclude(shut) if shut else Collection.objects.all()


def is_anything_restricted() -> bool:
    """Asked of the database each time. One query, which also spares the lists of this request theirs."""
    return bool(made_anew(_RESTRICTED, _restricted_paths))


def _restricted_paths() -> list[str]:
    return list(PageViewRestriction.objects.order_by("pk").values_list("page__path", flat=True))
