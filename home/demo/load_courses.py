"""Providers, topics, courses and their dates."""

from __future__ import annotations

from datetime import timedelta

from wagtail.models import Page

from courses.models import (
    CoursePage,
    CourseRun,
    FundingKind,
    Provider,
    ProviderMark,
    QualityMark,
    TargetGroup,
    Topic,
)
from courses.services.first_words import FUNDINGS, TARGET_GROUPS
from home.demo.course_words import MARKS, SUBTOPICS, TOPICS
from home.demo.courses import CourseText, Run
from home.demo.courses_digital import DIGITAL_COURSES
from home.demo.courses_people import PEOPLE_COURSES
from home.demo.courses_trades import TRADE_COURSES
from home.demo.dates import LoadDay
from home.demo.providers import PROVIDERS, ROOMS
from home.demo.tree import add_missing

COURSES = (*DIGITAL_COURSES, *PEOPLE_COURSES, *TRADE_COURSES)


def load_topics() -> None:
    for slug, name in TOPICS.items():
        Topic.objects.get_or_create(slug=slug, defaults={"name": name})
    for slug, (name, above) in SUBTOPICS.items():
        parent = Topic.objects.get(slug=above)
        Topic.objects.get_or_create(slug=slug, defaults={"name": name, "parent": parent})


def load_courses(clock: LoadDay, catalogue: Page) -> None:
    _load_words()
    _load_providers(clock)
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    providers = {provider.slug: provider for provider in Provider.objects.all()}
    for text in COURSES:
        add_missing(catalogue, text.slug, lambda text=text: _new_course(clock, text, topics, providers))


def _load_words() -> None:
    for slug, name in TARGET_GROUPS.items():
        TargetGroup.objects.get_or_create(slug=slug, defaults={"name": name})
    for slug, (name, meaning) in MARKS.items():
        QualityMark.objects.get_or_create(slug=slug, defaults={"name": name, "meaning": meaning})
    for slug, fields in FUNDINGS.items():
        FundingKind.objects.get_or_create(slug=slug, defaults=fields)


def _load_providers(clock: LoadDay) -> None:
    marks = {mark.slug: mark for mark in QualityMark.objects.all()}
    for text in PROVIDERS:
        provider, is_new = Provider.objects.get_or_create(
            slug=text.slug,
            defaults={
                "name": text.name,
                "town": text.town,
                "website": f"https://{text.slug}.example/",
                "description": text.about,
                "email": f"kurse@{text.slug}.example",
                "is_example": True,
            },
        )
        if is_new:
            held = [
                ProviderMark(provider=provider, mark=marks[slug], valid_until=clock.ago(-400)) for slug in text.marks
            ]
            ProviderMark.objects.bulk_create(held)


def _new_course(
    clock: LoadDay, text: CourseText, topics: dict[str, Topic], providers: dict[str, Provider]
) -> CoursePage:
    course = CoursePage(
        title=text.title,
        slug=text.slug,
        subtitle=text.subtitle,
        provider=providers[text.provider],
        summary=text.summary,
        search_description=text.summary,
        audience=text.audience,
        requirements=text.requirements,
        contents=text.contents_html,
        outcome=text.outcome,
        format=text.format,
        teaching_units=text.units,
        part_of_day=text.part_of_day,
        barrier_free=text.barrier_free,
        source="Liste des Anbieters",
        confirmed_at=clock.noon_ago(text.confirmed_days_ago) if text.confirmed_days_ago else None,
        price_state=text.state,
        price=text.amount,
        price_note=text.price_note,
        certificate=text.certificate,
        inhouse_possible=text.inhouse,
        booking_link=f"https://{text.provider}.example/kurse/{text.slug}/",
    )
    course.topics = [topics[slug] for slug in text.topics]
    course.target_groups = list(TargetGroup.objects.filter(slug__in=text.groups))
    course.funding_kinds = list(FundingKind.objects.filter(slug__in=text.fundings))
    course.runs = [_new_run(clock, run) for run in text.runs]
    return course


def _new_run(clock: LoadDay, run: Run) -> CourseRun:
    starts_on = clock.day(run.weeks, run.weekday, span=run.days if run.days <= 10 else 1)
    room = ROOMS.get(run.room)
    return CourseRun(
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=run.days - 1) if run.days > 1 else None,
        times=run.times,
        registration_until=starts_on - timedelta(days=5),
        venue=room.venue if room else "",
        postcode=room.postcode if room else "",
        town=room.town if room else "",
        step_free=room is not None,
        seats_min=run.seats // 2 if run.seats else None,
        seats_max=run.seats,
        seats_taken=run.taken,
        status=run.status,
    )
