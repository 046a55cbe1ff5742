"""The page of an advisor, below that of the office, and the contacts of both."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from foundation.breadcrumbs import Crumb, breadcrumbs
from foundation.models import BrandSettings
from foundation.pictures import fetch_renditions, render_picture
from offices.models import Advisor, Office, OfficePage
from offices.vcards import card_of_advisor, card_of_office, qr_of


@dataclass(frozen=True, slots=True)
class Contact:
    """A vCard, the same as a QR code, and the address of its file."""

    url: str
    card: str
    qr: str


@dataclass(frozen=True, slots=True)
class AdvisorDetail:
    """`portrait` is rendered, empty where there is none; `way` leads from the home page to the person."""

    advisor: Advisor
    full_url: str
    way: list[Crumb]
    portrait: str
    credit: str
    contact: Contact

    @property
    def title(self) -> str:
        """Of the page and of a link to it."""
        return f"{self.advisor.name}, {self.advisor.office.name}"

    @property
    def description(self) -> str:
        focus = f": {self.advisor.focus}" if self.advisor.focus else ""
        return f"{self.advisor.name} berät im {self.advisor.office.name}{focus}."


def shown_people() -> dict[int, list[Advisor]]:
    """By their office. One query."""
    found: dict[int, list[Advisor]] = {}
    for person in Advisor.objects.shown():
        found.setdefault(person.office_id, []).append(person)
    return found


def advisor_path(page: OfficePage, slug: str) -> str:
    """Empty where the page of the office is not in the tree of a site."""
    return f"{page.url}{page.reverse_subpage('advisor', args=[slug])}" if page.url else ""


def advisor_detail(page: OfficePage, slug: str) -> AdvisorDetail:
    """Four queries. Raises Http404 for somebody who is not shown, or who works from another office."""
    found = Advisor.objects.shown().select_related("office__page", "portrait").filter(office=page.office_id, slug=slug)
    advisor = found.first()
    if advisor is None:
        raise Http404
    fetch_renditions([advisor.portrait] if advisor.portrait else [])
    portrait = render_picture(advisor.portrait, "portrait", lazy=False) if advisor.portrait else ""
    return AdvisorDetail(
        advisor=advisor,
        full_url=_full_url_of_advisor(advisor),
        way=[*breadcrumbs(page, page.pages_above), Crumb(page.title, page.url or "")],
        portrait=portrait,
        credit=advisor.portrait.shown_credit if advisor.portrait else "",
        contact=advisor_contact(advisor),
    )


def advisor_contact(advisor: Advisor) -> Contact:
    """One query for an advisor with office and page."""
    card = card_of_advisor(advisor, network=BrandSettings.as_shown().wordmark, url=_full_url_of_advisor(advisor))
    return Contact(reverse("offices:advisor_card", args=[advisor.slug]), card, qr_of(card))


def office_contact(office: Office) -> Contact | None:
    """None for an office that is closed down, whose file is gone too. One query for an office with its page."""
    if not office.is_active:
        return None
    page = live_page(office)
    url = (page.full_url or "") if page else ""
    card = card_of_office(office, network=BrandSettings.as_shown().wordmark, url=url)
    return Contact(reverse("offices:office_card", args=[office.slug]), card, qr_of(card))


def _full_url_of_advisor(advisor: Advisor) -> str:
    page = live_page(advisor.office)
    return f"{page.full_url}{page.reverse_subpage('advisor', args=[advisor.slug])}" if page and page.full_url else ""


def live_page(office: Office) -> OfficePage | None:
    page: OfficePage | None = getattr(office, "page", None)
    return page if page and page.live else None
