"""Where new courses stand in the tree of pages, and under which address."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from wagtail.models import Page

from courses.models import CourseCataloguePage
from foundation.reserved_addresses import reserved

GAP = 64
"""Places left free before the first new page. Wagtail takes the next place for a page that an editor adds meanwhile,
and does not see what an open transaction has taken."""

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
LONGEST_SLUG = 80


class Addresses:
    """Below one catalogue, whose row is locked. Two queries. Addresses that were ever given stay as they are: titles
    change, the slug of a page does not."""

    def __init__(self, catalogue: CourseCataloguePage) -> None:
        self._catalogue = catalogue
        siblings = catalogue.get_children()
        self._taken = set(siblings.values_list("slug", flat=True))
        self._numbers: dict[str, int] = {}
        last = siblings.order_by("path").values_list("path", flat=True).last()
        self._convert = Page.numconv_obj()
        self._step = self._convert.str2int(last[-Page.steplen :]) + GAP if last else 0

    def next_for(self, title: str) -> dict[str, Any]:
        """The fields of a page that say where it is."""
        self._step += 1
        slug = self._free_slug(title)
        step = self._convert.int2str(self._step).rjust(Page.steplen, Page.alphabet[0])
        return {
            "path": f"{self._catalogue.path}{step}",
            "depth": self._catalogue.depth + 1,
            "numchild": 0,
            "slug": slug,
            "url_path": f"{self._catalogue.url_path}{slug}/",
        }

    def _free_slug(self, title: str) -> str:
        wanted = slugify(title.translate(_UMLAUTS))[:LONGEST_SLUG].strip("-") or "kurs"
        slug, number = wanted, self._numbers.get(wanted, 1)
        while slug in self._taken or reserved(slug, self._catalogue):
            number += 1
            slug = f"{wanted}-{number}"
        self._numbers[wanted] = number
        self._taken.add(slug)
        return slug
