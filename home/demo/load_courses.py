"""Providers, topics, courses and their dates."""

from __future__ import annotations

from datetime import timedelta

from wagtail.models import Page

from courses.models import CoursePage, CourseRun, Provider, Topic
from home.demo.courses import CourseText, Run
from home.demo.courses_digital import DIGITAL_COURSES
from home.demo.courses_people import PEOPLE_COURSES
from home.demo.courses_trades import TRADE_COURSES
from home.demo.dates import LoadDay
from home.demo.providers import PROVIDERS, ROOMS, TOPICS
from home.demo.tree import add_missing

COURSES = (*DIGITAL_COURSES, *PEOPLE_COURSES, *TRADE_COURSES)


def load_topics() -> None:
    for slug, name in TOPICS.items():
        Topic.objects.get_or_create(slug=slug, defaults={"name": name})


def load_courses(clock: LoadDay, catalogue: Page) -> None:
    for provider in PROVIDERS:
        Provider.objects.get_or_create(
            slug=provider.slug,
            defaults={
                "name": provider.name,
                "town": provider.town,
                "website": f"https://{provider.slug}.example/",
                "is_example": True,
            },
        )
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    providers = {provider.slug: provider for provider in Provider.objects.all()}
    for text in COURSES:
        add_missing(catalogue, text.slug, lambda text=text: _new_course(clock, text, topics, providers))


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
        price_state=text.state,
        price=text.amount,
        price_note=text.price_note,
        certificate=text.certificate,
        inhouse_possible=text.inhouse,
        booking_link=f"https://{text.provider}.example/kurse/{text.slug}/",
    )
    course.topics = [topics[slug] for slug in text.topics]
    course.runs = [_new_run(clock, run) for run in text.runs]
    return course


def _new_run(clock: LoadDay, run: Run) -> CourseRun:
    starts_on = clock.day(run.weeks, run.weekday, span=run.days if run.days <= 10 else 1)
    room = ROOMS.get(run.room)
    return CourseRun(
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=run.days - 1) if run.days > 1 else None,
        times=run.times,
        venue=room.venue if room else "",
        postcode=room.postcode if room else "",
        town=room.town if room else "",
        seats_max=run.seats,
        seats_taken=run.taken,
        status=run.status,
    )
