"""Which links the published pages carry, and whether other sites answer. docs/decisions/link-checks.md tells why."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urldefrag, urlsplit
from urllib.robotparser import RobotFileParser

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from foundation.fetching.answers import Answer
from foundation.fetching.client import Client
from foundation.fetching.refusals import (
    AddressRefused,
    CertificateRefused,
    FetchRefused,
    RedirectRefused,
    TimedOut,
    Unreachable,
    Unreadable,
)
from home.domain.link_health import Health, Verdict, after_check, reason_against
from home.domain.page_pieces import Link
from home.models import LinkOnPage, OutsideLink
from home.page_content import content_of

PROGRAM = "MehrWert-Linkpruefung"
"""How we call ourselves to others, in the request and for their robots.txt."""

MOST_AT_A_TIME = 2
"""Addresses in one run of the job, each at a host of its own. The mails wait for it: few, and soon given up."""

SECONDS = 5.0

LONGEST_ADDRESS = 1000
"""Bytes; PostgreSQL's indexes take 2700."""

LONGEST_NUMBER = 9
"""Digits. PostgreSQL's integers take any number of so many."""

_PAGES_AT_A_TIME = 50

_NO_HEAD = frozenset({403, 405, 501})
"""What servers say that know no HEAD or want none; they are asked again with GET, as is whoever says that the page is
gone, answers with an error or breaks off."""

_NO_ANSWER = "Die Website hat nicht geantwortet."
_REASONS: dict[type[FetchRefused], str] = {
    AddressRefused: "Die Website ist unter diesem Namen nicht zu finden.",
    CertificateRefused: "Die Website antwortet mit einem Zertifikat, das nicht gilt.",
    RedirectRefused: "Die Website antwortet mit zu vielen Weiterleitungen oder mit einer ins Leere.",
    TimedOut: _NO_ANSWER,
    Unreachable: _NO_ANSWER,
    Unreadable: "Die Website antwortet mit einem Fehler (nicht lesbar).",
}
"""The client's own sentences are for people who type an address of their calendar."""


def record_links_of_published(instance: Page, **signal: Any) -> None:
    record_links(instance.specific)


@transaction.atomic
def record_links(page: Page) -> None:
    """Of the page as it is published. Idempotent, and as many statements for many links as for few."""
    LinkOnPage.objects.filter(page_id=page.pk).delete()
    found = [(link, outside_address(link.target)) for link in content_of(page).of(Link)]
    outside = _outside_links({address for _, address in found if address})
    rows = []
    for link, address in found:
        target: dict[str, Any] = {"outside": outside[address]} if address else _inside_target(link.target)
        if target:
            rows.append(LinkOnPage(page_id=page.pk, place=link.place.label[:200], text=link.text[:200], **target))
    LinkOnPage.objects.bulk_create(rows)


def _outside_links(addresses: set[str]) -> dict[str, OutsideLink]:
    """Made where they are new; in one order, so that two who publish at once do not wait for each other."""
    known = OutsideLink.objects.filter(address__in=addresses)
    new = sorted(addresses.difference(known.values_list("address", flat=True)))
    now = timezone.now()
    rows = [OutsideLink(address=address, next_check_at=now) for address in new]
    OutsideLink.objects.bulk_create(rows, ignore_conflicts=True)
    return {link.address: link for link in known}


def _inside_target(target: str) -> dict[str, Any]:
    """The field of the link and its number; empty for a number that is none of ours."""
    kind, _, number = target.partition(" ")
    is_number = number.isdecimal() and len(number) <= LONGEST_NUMBER
    return {f"to_{kind}": int(number)} if kind in {"page", "document"} and is_number else {}


def record_all_links() -> int:
    """Of every published page; the number of pages. Addresses that no page names any more are forgotten."""
    LinkOnPage.objects.exclude(page__live=True).delete()
    keys = list(Page.objects.live().filter(depth__gt=1).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _PAGES_AT_A_TIME):
        # No cursor stays open over the writes: on SQLite a commit of another process in between would end them.
        for page in list(Page.objects.filter(pk__in=keys[start : start + _PAGES_AT_A_TIME]).specific()):
            record_links(page)
    OutsideLink.objects.filter(places__isnull=True).delete()
    return len(keys)


def outside_address(target: str) -> str:
    """Without its fragment; empty for addresses of this site, of mails and phones, and for what is too long to keep."""
    address = urldefrag(target.strip()).url
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not host or host == urlsplit(settings.BASE_URL).hostname:
        return ""
    return address if len(address.encode(errors="replace")) <= LONGEST_ADDRESS else ""


def check_outside_links(client: Client, *, now: datetime) -> int:
    """Asks what is due, a host at most once; the number of addresses asked or passed over by a robots.txt."""
    hosts: set[str | None] = set()
    for link in OutsideLink.objects.due(now)[: MOST_AT_A_TIME * 10]:
        host = urlsplit(link.address).hostname
        if host not in hosts:
            hosts.add(host)
            _note(link, verdict_of(client, link.address), now=now)
        if len(hosts) == MOST_AT_A_TIME:
            break
    return len(hosts)


def verdict_of(client: Client, address: str) -> Verdict:
    """Nothing against an address that answers or does not want to be asked."""
    if not _welcomes_programs(client, address):
        return Verdict()
    try:
        answer = _answer(client, address)
    except FetchRefused as refused:
        return Verdict(_REASONS.get(type(refused), str(refused)))
    reason = reason_against(answer.status)
    return Verdict(reason, is_plain=not reason and answer.address.scheme == "http")


def _answer(client: Client, address: str) -> Answer:
    try:
        answer = client.fetch(address, method="HEAD", seconds=SECONDS)
        if answer.status not in _NO_HEAD and not reason_against(answer.status):
            return answer
    except (TimedOut, Unreachable, Unreadable):
        pass  # some close the door at a HEAD, some never answer one
    return client.fetch(address, seconds=SECONDS, reads_body=False)


def _welcomes_programs(client: Client, address: str) -> bool:
    """As its robots.txt says (RFC 9309); whoever has none, cannot show it now, or has one that nobody can read, forbids
    nothing."""
    parts = urlsplit(address)
    try:
        answer = client.fetch(f"{parts.scheme}://{parts.netloc}/robots.txt", seconds=SECONDS)
    except FetchRefused:
        return True
    if answer.status != 200:
        return True
    rules = RobotFileParser()
    try:
        rules.parse(answer.body.decode("utf-8", errors="replace").splitlines())
        return rules.can_fetch(PROGRAM, address)
    except ValueError:  # the parser trips over „Disallow: //[“ and „Crawl-delay: ²“
        return True


def _note(link: OutsideLink, verdict: Verdict, *, now: datetime) -> None:
    before = Health(link.next_check_at, link.last_success_at, link.last_failure_at, link.failed_days, link.reason)
    failed_on = timezone.localdate(link.last_failure_at) if link.last_failure_at else None
    after = after_check(before, verdict.reason, now=now, today=timezone.localdate(now), last_failed_on=failed_on)
    OutsideLink.objects.filter(pk=link.pk).update(
        next_check_at=after.next_check_at,
        last_success_at=after.last_success_at,
        last_failure_at=after.last_failure_at,
        failed_days=after.failed_days,
        reason=after.reason[:200],
        is_plain=verdict.is_plain,
    )
