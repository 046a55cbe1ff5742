"""The readers of what the read API says: only what everybody can read on the pages. The number of queries does not
grow with the page."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, time
from decimal import Decimal

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from courses.catalogue.markup import allowed_html
from courses.enums import PriceState
from courses.facets import euros
from courses.models import CoursePage, CourseRun, FundingKind, Provider, ProviderMark, TargetGroup, Topic
from courses.read_api import answers
from courses.selectors import whole_courses


def public_courses(keys: Collection[int], today: date, request: HttpRequest) -> dict[int, answers.Course]:
    """By id; what is not open to all is missing. Five queries."""
    return {key: _course(course, request) for key, course in whole_courses(keys, today).items()}


def public_providers(today: date) -> QuerySet[Provider]:
    """Those with a course that everybody can read, with their marks."""
    marks = Prefetch("marks", queryset=ProviderMark.objects.in_force(today), to_attr="marks_in_force")
    offered = CoursePage.objects.open_to_all().values("provider")
    return Provider.objects.filter(pk__in=offered).prefetch_related(marks).order_by("slug")


def public_topics() -> QuerySet[Topic]:
    return Topic.objects.select_related("parent").order_by("slug")


def public_fundings() -> QuerySet[FundingKind]:
    return FundingKind.objects.order_by("slug")


def public_target_groups() -> QuerySet[TargetGroup]:
    return TargetGroup.objects.order_by("slug")


def provider_answer(provider: Provider) -> answers.Provider:
    """Of one out of `public_providers`."""
    return answers.Provider(
        slug=provider.slug,
        name=provider.name,
        url=_page_of("provider", provider.slug),
        town=provider.town,
        website=provider.website,
        description=provider.description,
        contact=answers.Contact(email=provider.email, phone=provider.phone),
        marks=[
            answers.Mark(name=held.mark.name, meaning=held.mark.meaning, valid_until=held.valid_until)
            for held in provider.marks_in_force  # type: ignore[attr-defined]  # the prefetch adds it
        ],
        is_example=provider.is_example,
    )


def topic_answer(topic: Topic) -> answers.Topic:
    return answers.Topic(slug=topic.slug, name=topic.name, parent=topic.parent.slug if topic.parent else None)


def funding_answer(kind: FundingKind) -> answers.Funding:
    return answers.Funding(
        slug=kind.slug,
        name=kind.name,
        url=_page_of("funding", kind.slug),
        rule=kind.rule,
        checked_on=kind.checked_on,
        source_name=kind.source_name,
        source_url=kind.source_url,
        details=kind.details,
    )


def named(entry: Topic | TargetGroup | FundingKind) -> answers.Named:
    return answers.Named(slug=entry.slug, name=entry.name)


def _all_named(entries: Iterable[Topic | TargetGroup | FundingKind]) -> list[answers.Named]:
    return [named(entry) for entry in sorted(entries, key=lambda entry: entry.slug)]


def _page_of(kind: str, slug: str) -> str:
    return settings.BASE_URL + reverse(f"courses:{kind}", args=[slug])


def _price(state: str, amount: Decimal | None) -> answers.Price:
    least = float(amount) if state == PriceState.FROM and amount is not None else None
    return answers.Price(state=state, euros=euros(state, amount), least_euros=least)


def _course(course: CoursePage, request: HttpRequest) -> answers.Course:
    provider = course.provider
    return answers.Course(
        id=course.pk,
        url=course.get_full_url(request) or "",
        title=course.title,
        subtitle=course.subtitle,
        provider=answers.ProviderNamed(
            slug=provider.slug,
            name=provider.name,
            url=_page_of("provider", provider.slug),
            is_example=provider.is_example,
        ),
        provider_reference=course.provider_reference,
        summary=course.summary,
        audience=course.audience,
        target_groups=_all_named(course.target_groups.all()),
        requirements=course.requirements,
        contents=allowed_html(course.contents),
        outcome=course.outcome,
        topics=_all_named(course.topics.all()),
        keywords=[word.strip() for word in course.keywords.split(",") if word.strip()],
        format=course.format,
        part_of_day=course.part_of_day or None,
        flexible_start=course.flexible_start,
        teaching_units=course.teaching_units,
        duration_hours=course.duration_hours,
        duration_weeks=course.duration_weeks,
        language=course.language,
        language_level=course.language_level or None,
        barrier_free=course.barrier_free,
        barrier_free_note=course.barrier_free_note,
        price=_price(course.price_state, course.price),
        price_note=course.price_note,
        fundings=_all_named(course.funding_kinds.all()),
        measure_number=course.measure_number,
        education_leave_number=course.education_leave_number,
        certificate=course.certificate,
        dqr_level=course.dqr_level,
        inhouse_possible=course.inhouse_possible,
        contact=answers.Contact(
            email=course.contact_email or provider.email, phone=course.contact_phone or provider.phone
        ),
        booking_link=course.booking_link,
        source=course.source,
        confirmed_at=course.confirmed_at,
        published_at=course.last_published_at,
        runs=[_run(run, course) for run in course.runs_ahead],
    )


def _run(run: CourseRun, course: CoursePage) -> answers.Run:
    state, price = (run.price_state, run.price) if run.price_state else (course.price_state, course.price)
    return answers.Run(
        id=run.pk,
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        days=list(run.sessions),
        start_time=_clock(run.start_time),
        end_time=_clock(run.end_time),
        times=run.times_text,
        registration_until=run.registration_until,
        venue=run.venue,
        street=run.street,
        postcode=run.postcode,
        town=run.town,
        latitude=run.latitude,
        longitude=run.longitude,
        step_free=run.step_free,
        seats_min=run.seats_min,
        seats_max=run.seats_max,
        seats_left=run.seats_left,
        is_full=run.is_full,
        is_certain=run.is_certain,
        status=run.status,
        price=_price(state, price),
    )


def _clock(at: time | None) -> str | None:
    return f"{at:%H:%M}" if at else None
