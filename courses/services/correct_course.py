"""A provider corrects the facts of a course: at once for the public. Docs: docs/decisions/provider-link.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from courses.models import CoursePage, CourseRun, ProviderLink
from courses.provider_link.emails import wish_letter
from courses.provider_link.facts import mark_of
from courses.services.write_beside_drafts import write_beside_drafts
from foundation.outbox.queue import enqueue

CORRECTED = "courses.corrected_by_provider"
WISHED = "courses.wish_of_provider"

Facts = Mapping[str, Any]


class CourseGone(Exception):
    """The course is not public any more, or not one of this provider."""


class CourseChanged(Exception):
    """Somebody has changed the course since the provider opened the form; nothing is written."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """Facts by the names of their fields: of the course, of its dates by their ids, and of new dates.

    `wish` is what shall change in the texts; editors decide on it.
    """

    course: Facts
    runs: Mapping[int, Facts] = field(default_factory=dict)
    new_runs: Sequence[Facts] = ()
    wish: str = ""


def correct_course(*, link: ProviderLink, course_id: int, correction: Correction, seen: str, now: datetime) -> None:
    """What is not wished otherwise is confirmed with it. Raises CourseGone, CourseChanged."""
    with transaction.atomic():
        course = (
            CoursePage.objects.of_provider(link.provider_id)
            # Its page, too: a title that an editor changes meanwhile would be written back.
            .select_for_update(of=("self", "page_ptr"))
            .filter(pk=course_id)
            .first()
        )
        if course is None:
            raise CourseGone
        runs = list(course.runs.all())
        if mark_of(course, runs) != seen:
            raise CourseChanged
        differences = _Differences.between(course, runs, correction)
        if differences.labels:
            write_beside_drafts(course, differences.apply)
            log(instance=course, action=CORRECTED, data={"changed": differences.labels}, content_changed=True)
        if correction.wish:
            enqueue(wish_letter(link.provider, course, correction.wish), now=now)
            log(instance=course, action=WISHED)
        else:
            CoursePage.objects.filter(pk=course.pk).update(confirmed_at=now)
        ProviderLink.objects.filter(pk=link.pk).update(last_used_at=now)


@dataclass(frozen=True, slots=True)
class _Differences:
    """Only what differs is written, so that a draft in which editors changed something else keeps that."""

    course: dict[str, Any]
    runs: dict[int, dict[str, Any]]
    new: list[CourseRun]
    labels: list[str]

    @classmethod
    def between(cls, course: CoursePage, runs: list[CourseRun], correction: Correction) -> _Differences:
        of_course = _different(course, correction.course)
        of_runs = {run.pk: _different(run, correction.runs.get(run.pk, {})) for run in runs}
        labels = [_label(CoursePage, name) for name in of_course]
        for run in runs:
            labels += [f"{_label(CourseRun, name)} ({run.starts_on:%d.%m.%Y})" for name in of_runs[run.pk]]
        labels += [f"neuer Termin ({_day(facts['starts_on'])})" for facts in correction.new_runs]
        return cls(of_course, of_runs, [CourseRun(**facts) for facts in correction.new_runs], labels)

    def apply(self, version: CoursePage) -> None:
        """A date that editors have taken out of their draft stays out; a new one is the same row in every version."""
        for name, value in self.course.items():
            setattr(version, name, value)
        runs = list(version.runs.all())
        for run in runs:
            for name, value in self.runs.get(run.pk, {}).items():
                setattr(run, name, value)
        version.runs.set([*runs, *self.new])


def _different(thing: CoursePage | CourseRun, facts: Facts) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if getattr(thing, name) != value}


def _label(model: type[CoursePage | CourseRun], name: str) -> str:
    field = model._meta.get_field(name)
    return str(getattr(field, "verbose_name", name))


def _day(value: date) -> str:
    return f"{value:%d.%m.%Y}"
