"""Queries over courses and their dates."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

from django.db import models
from django.db.models import CharField, Exists, F, Max, Min, OuterRef, Q
from django.db.models.functions import Cast, Coalesce, Greatest
from wagtail.models import Revision

from foundation.visibility import PublicPageQuerySet

_ANY_DAY = Q(format="self_paced") | Q(flexible_start=True)
"""As `CoursePage.starts_any_day`."""


def _full(runs: str = "") -> Q:
    """As `CourseRun.is_full`; `runs` leads to the dates."""
    return Q(**{f"{runs}status": "full"}) | Q(**{f"{runs}seats_taken__gte": F(f"{runs}seats_max")})


def _open(today: date, runs: str = "") -> Q:
    """As `CourseRun.is_open`."""
    deadline = f"{runs}registration_until"
    return ~_full(runs) & (Q(**{f"{deadline}__isnull": True}) | Q(**{f"{deadline}__gte": today}))


class ProviderMarkQuerySet(models.QuerySet):
    def in_force(self, today: date) -> ProviderMarkQuerySet:
        """With what each mark is; one that ended yesterday is no mark any more."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today)).select_related("mark")


class ProviderLinkQuerySet(models.QuerySet):
    def that_open(self, now: datetime) -> ProviderLinkQuerySet:
        return self.filter(ended_at__isnull=True, expires_at__gt=now)

    def of_digests(self, digests: Collection[str]) -> ProviderLinkQuerySet:
        return self.filter(digest__in=digests).select_related("provider")


class VanishedCourseQuerySet(models.QuerySet):
    def at(self, slug: str) -> VanishedCourseQuerySet:
        return self.filter(slug=slug).select_related("provider")


class CourseSourceQuerySet(models.QuerySet):
    def due(self, now: datetime) -> CourseSourceQuerySet:
        """Those whose time has come, longest waiting first."""
        return self.filter(is_active=True, next_at__lte=now).select_related("provider").order_by("next_at", "pk")

    def claim(self, source: models.Model, *, now: datetime, until: datetime) -> bool:
        """Whether nobody else has it: a process that dies with it lets go at `until`."""
        mine = self.filter(pk=source.pk, next_at=source.next_at)
        return bool(mine.update(next_at=until, begun_at=now, failing_since=source.failing_since))


class CourseRunQuerySet(models.QuerySet):
    def ahead(self, today: date) -> CourseRunQuerySet:
        """Dates from today on that take place, soonest first; full ones stay, cancelled ones go."""
        return self.filter(starts_on__gte=today).exclude(status="cancelled").order_by("starts_on", "pk")

    def since(self, day: date) -> CourseRunQuerySet:
        """As `ahead`, with those that began before and are not over by then."""
        goes_on = Q(starts_on__gte=day) | Q(ends_on__gte=day)
        return self.filter(goes_on).exclude(status="cancelled").order_by("starts_on", "pk")

    def that_are_open(self, today: date) -> CourseRunQuerySet:
        """With seats, and before the end of their registration."""
        return self.filter(_open(today))

    def soonest_first(self) -> CourseRunQuerySet:
        """Of several courses, which stand in the order of their titles on the same day."""
        return self.order_by("starts_on", "course__title")


class CourseQuerySet(PublicPageQuerySet):
    def with_start(self, today: date) -> CourseQuerySet:
        """Adds `next_start`: the first date ahead that is open, else the first one, None without a date ahead."""
        ahead = Q(runs__starts_on__gte=today) & ~Q(runs__status="cancelled")
        return self.annotate(
            next_start=Coalesce(
                Min("runs__starts_on", filter=ahead & _open(today, "runs__")), Min("runs__starts_on", filter=ahead)
            )
        )

    def running_out(self, today: date, *, days: int) -> CourseQuerySet:
        """Courses whose last date is over by then. Those that one begins at any time need none."""
        last = Max("runs__starts_on", filter=~Q(runs__status="cancelled"))
        soon = Q(last_start__isnull=True) | Q(last_start__lt=today + timedelta(days=days))
        return self.exclude(_ANY_DAY).annotate(last_start=last).filter(soon)

    def startable_any_day(self) -> CourseQuerySet:
        return self.filter(_ANY_DAY)

    def drafted_as(self, provider: int, reference: str) -> CourseQuerySet:
        """Courses with a version that waits to be published under that number of the provider."""
        waiting = Q(pk=OuterRef("latest_revision")) | Q(approved_go_live_at__isnull=False)
        named = Revision.objects.filter(waiting, content__provider=provider, content__provider_reference=reference)
        is_page = Q(base_content_type__app_label="wagtailcore", base_content_type__model="page")
        named = named.filter(is_page, object_id=Cast(OuterRef("pk"), CharField()))
        return self.filter(Exists(named), has_unpublished_changes=True)

    def of_provider(self, provider: int) -> CourseQuerySet:
        """Those that everybody can read, by title."""
        return self.open_to_all().filter(provider=provider).order_by("title", "pk")

    def unconfirmed_since(self, moment: datetime) -> CourseQuerySet:
        """Of which the provider has said nothing since: neither confirmed, nor in a file that was read, nor when the
        course was first published."""
        very_first = Coalesce("first_published_at", datetime.min.replace(tzinfo=UTC))
        said = Greatest(Coalesce("confirmed_at", very_first), Coalesce("imported_at", very_first), very_first)
        return self.annotate(said_at=said).filter(said_at__lt=moment)

    def soonest_first(self) -> CourseQuerySet:
        """By `next_start`, as `with_start` adds it; courses without a date come last."""
        return self.order_by(F("next_start").asc(nulls_last=True), "title")

    def on_topic(self, slug: str) -> CourseQuerySet:
        """And on those below it. In a query of its own: a join would spoil the dates that `with_start` looks at."""
        links = self.model.topics.through.objects.filter(Q(topic__slug=slug) | Q(topic__parent__slug=slug))
        return self.filter(pk__in=links.values("coursepage"))
