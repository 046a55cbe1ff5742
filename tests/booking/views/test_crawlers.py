"""F28: the calendar is no endless room for crawlers."""

from __future__ import annotations

import re
from html import unescape

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]

PAGE = "/termin/hameln/"


@pytest.mark.parametrize(
    "query",
    [
        *("monat=2026-10", "monat=2027-02", "monat=9999-12", "monat=0000-00", "monat=2026-13", "monat=x"),
        *("tag=2026-11-22", "tag=2027-01-23", "tag=9999-12-31", "tag=2026-02-30", "tag=x", "tag=%00"),
    ],
)
def test_f28_months_and_days_beyond_the_horizon_are_404(client, query):
    assert client.get(f"{PAGE}?{query}").status_code == 404


def states(client, address: str) -> list[tuple[str, bool]]:
    """Links of a page to other states of it, and whether crawlers are asked to leave them."""
    page = client.get(address).content.decode()
    links = re.findall(r"<a\b[^>]*>", page)
    hrefs = [
        (unescape(match[1]).partition("#")[0], link) for link in links if (match := re.search(r'href="([^"]*)"', link))
    ]
    return [(href, 'rel="nofollow"' in link) for href, link in hrefs if href.startswith((f"{PAGE}?", "?"))]


def test_f28_crawlers_are_offered_one_state_for_each_service_and_no_other(client):
    found = states(client, PAGE)
    assert len(found) > 10
    assert {href for href, is_left in found if not is_left} == {f"{PAGE}?anliegen=erstberatung"}


def test_f28_months_end_at_the_horizon(client):
    """Whoever follows „Weiter“ all the same comes to an end after the months that can be booked."""
    seen, ahead = set(), {f"{PAGE}?monat=2026-11"}
    while ahead:
        address = ahead.pop()
        seen.add(re.search(r"monat=([\d-]+)", address)[1])
        months = {href for href, _ in states(client, address) if "monat=" in href and "tag=" not in href}
        ahead |= {href for href in months if re.search(r"monat=([\d-]+)", href)[1] not in seen}
    assert seen == {"2026-11", "2026-12", "2027-01"}
