"""The writers of demands and of words that were searched in vain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from courses.finder import Finder
from courses.models import TargetGroup, Topic
from foundation.models import RetentionSettings
from home.alerts.order import Order, write_order
from home.demand.places import NamedPlace
from home.models import CourseDemand, SentForm, UnmetWord
from home.sent_forms import check_age, is_first_sending
from home.stamps import Stamp
from offices.models import District, Postcode

OFTEN = 3
"""So many people have to ask for a word before anybody sees it: a single odd search may hold a name."""
RARE_FOR = timedelta(days=90)
"""So long a word may take to become one that was asked often; then it goes."""
_DAYS_OF_A_MONTH = 30.4375


@dataclass(frozen=True, kw_only=True, slots=True)
class Need:
    text: str
    people: int
    by: str
    place: NamedPlace
    topic: Topic | None
    target_group: TargetGroup | None


def report_demand(need: Need, *, order: Order | None = None, stamp: Stamp | None, network: str, now: datetime) -> bool:
    """False for a form that was taken before. `order` is kept apart: nothing leads from the demand to the address.
    Raises FormTooOld, SentTooFast, TooManyForms."""
    checked = check_age(stamp, now=now)
    with transaction.atomic():
        if not is_first_sending(checked, kind=SentForm.Kind.DEMAND, network=network, now=now):
            return False
        CourseDemand.objects.create(
            need=need.text,
            people=need.people,
            by=need.by,
            postcode=need.place.postcode,
            district=need.place.district,
            topic=need.topic,
            target_group=need.target_group,
            reported_on=timezone.localdate(now),
        )
        if order is not None:
            write_order(order, now=now)
    return True


def unmet_stems(found: Finder) -> list[str]:
    """The words of a search without hits; numbers, which may be somebody's, are none."""
    if found.number:
        return []
    return sorted({word.stem[:40] for word in found.reading.words if word.stem.isalpha() and len(word.stem) > 1})


def district_of(found: Finder) -> District | None:
    if found.reading.spot:
        row = Postcode.objects.filter(code=found.reading.spot.postcode).select_related("district").first()
        return row.district if row else None
    chosen = found.wanted.get("kreis", [])
    return District.objects.filter(slug=chosen[0].value).first() if len(chosen) == 1 else None


def count_unmet_search(stems: list[str], district: District | None, *, day: date) -> None:
    UnmetWord.objects.bulk_create(UnmetWord(stem=stem, district=district, day=day) for stem in stems)


def forget_demand(*, now: datetime) -> int:
    """Deletes what is older than its period, and words that nobody may see any more; how many."""
    today = timezone.localdate(now)
    limit = today - timedelta(days=RetentionSettings.in_force().demand_months * _DAYS_OF_A_MONTH)
    return _delete_before(limit) + _delete_rare(today - RARE_FOR)


def _delete_before(limit: date) -> int:
    with transaction.atomic():
        demands, _ = CourseDemand.objects.before(limit).delete()
        words, _ = UnmetWord.objects.before(limit).delete()
    return demands + words


def _delete_rare(limit: date) -> int:
    rows = UnmetWord.objects.before(limit)
    return rows.exclude(stem__in=UnmetWord.objects.asked_often(OFTEN)).delete()[0]
