"""What the worker does for the pages by the clock."""

from __future__ import annotations

from django.utils import timezone

from foundation.fetching.site import site_client
from foundation.outbox.queue import mails_go_first
from home import publishing
from home.alerts import digest, order
from home.demand.report import forget_demand as forget_old_demand
from home.links import PROGRAM, check_outside_links, record_all_links
from home.sent_forms import forget_sent_forms


def publish_scheduled() -> int:
    return publishing.publish_scheduled(now=timezone.now())


def forget_traces_of_forms() -> int:
    return forget_sent_forms(now=timezone.now())


def forget_demand() -> int:
    return forget_old_demand(now=timezone.now())


def tell_of_new_courses() -> int:
    """Sends the mails that are due; to how many addresses. Mails that wait already go first."""
    told = 0
    while number := digest.send_digests(now=timezone.now()):
        told += number
        if number < digest.AT_ONCE or mails_go_first(now=timezone.now()):
            break
    return told


def forget_unconfirmed_alerts() -> int:
    return order.forget_unconfirmed_alerts(now=timezone.now())


def read_links_of_pages() -> int:
    """Publishing records them too; this finds what came another way, and forgets what nobody links to any more."""
    return record_all_links()


def check_links_to_other_sites() -> int:
    return check_outside_links(site_client(PROGRAM, may_leave_tls=True), now=timezone.now())
