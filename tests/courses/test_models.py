"""What courses, their dates and what they are sorted by refuse, and what they make of their own fields."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from importlib import import_module

import pytest
import recurrence
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import get_resolver
from django.utils import timezone

from courses.models import CoursePage, CourseRun, ProviderMark, Topic
from courses.querysets import CourseQuerySet
from offices.postcodes import coordinates
from tests.factories.courses import (
    CourseCataloguePageFactory,
    CoursePageFactory,
    FundingKindFactory,
    ProviderFactory,
    QualityMarkFactory,
    TargetGroupFactory,
    TopicFactory,
)
from tests.factories.home import new_site
from tests.today import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def index():
    return CourseCataloguePageFactory(parent=new_site())


FIXED = ["merkliste", "datei-pruefen", "einbetten", "angaben", "bedarf-melden", "suchauftrag"]


@pytest.mark.parametrize("slug", FIXED)
def test_no_course_hides_behind_a_page_of_the_site(index, slug):
    """`/kurse/merkliste/` is the list of remembered courses: a course of that name was never seen."""
    with pytest.raises(ValidationError) as refused:
        CoursePageFactory(parent=index, slug=slug)
    assert refused.value.message_dict == {
        "slug": [f"Die Adresse „/kurse/{slug}/“ hat schon eine andere Seite. Bitte wählen Sie eine andere."]
    }


def test_fixed_addresses_below_the_courses_are_all_refused_to_them():
    named = {str(route).split("/")[1] for route in _routes() if str(route).startswith("kurse/")}
    assert {name for name in named if "<" not in name and "." not in name} == set(FIXED)


def tuesdays() -> recurrence.Recurrence:
    return recurrence.Recurrence(rrules=[recurrence.Rule(recurrence.WEEKLY, byday=[recurrence.TU])])


def _routes() -> list[object]:
    return [
        each.pattern
        for included in get_resolver().url_patterns
        for each in getattr(included, "url_patterns", [])
        if str(included.pattern) == ""
    ]


def single(*days: date) -> recurrence.Recurrence:
    return recurrence.Recurrence(rdates=[datetime.combine(day, time.min) for day in days], include_dtstart=False)


@pytest.mark.parametrize(
    ("state", "price"),
    [("amount", None), ("amount", Decimal(0)), ("unknown", Decimal(10)), ("free", Decimal(0)), ("", Decimal(10))],
)
def test_price_that_is_none_is_refused_by_form_and_database(index, state, price):
    course = CoursePageFactory(parent=index)
    run = CourseRun(course=course, starts_on=TODAY, price_state=state, price=price)
    with pytest.raises(ValidationError) as refused:
        run.clean()
    assert list(refused.value.message_dict) == ["price"]
    with pytest.raises(IntegrityError), transaction.atomic():
        run.save()
    if state:
        with pytest.raises(IntegrityError), transaction.atomic():
            CoursePage.objects.filter(pk=course.pk).update(price_state=state, price=price)


def test_date_may_have_a_price_of_its_own():
    assert CourseRun(price_state="amount", price=Decimal(1249)).price_text == "1.249 €"
    assert CourseRun(price_state="unknown").price_text == "Preis nicht bekannt"
    assert CourseRun().price_text == ""


def test_coordinates_come_from_the_postcode(index):
    course = CoursePageFactory(parent=index, runs=[{"starts_on": TODAY, "postcode": "31785"}, {"starts_on": TODAY}])
    known, unknown = course.runs.order_by("pk")
    assert (known.latitude, known.longitude) == coordinates("31785")
    assert (unknown.latitude, unknown.longitude) == (None, None)
    known.postcode = "00000"
    known.save()
    assert (known.latitude, known.longitude) == (None, None)


def test_migration_places_the_dates_that_are_there(index):
    course = CoursePageFactory(parent=index, runs=[{"starts_on": TODAY, "postcode": "31785"}])
    course.runs.update(latitude=None, longitude=None)
    import_module("courses.migrations.0003_what_rows_lack").place_runs(apps, None)
    run = course.runs.get()
    assert (run.latitude, run.longitude) == coordinates("31785")


def test_sessions_of_a_rule_of_single_days_and_of_neither():
    monday = date(2026, 11, 2)
    weekly = CourseRun(starts_on=monday, ends_on=date(2026, 11, 24), days=tuesdays())
    assert weekly.sessions == (date(2026, 11, 3), date(2026, 11, 10), date(2026, 11, 17), date(2026, 11, 24))
    two = CourseRun(starts_on=monday, ends_on=date(2026, 11, 30), days=single(monday, date(2026, 11, 20)))
    assert two.sessions == (monday, date(2026, 11, 20))
    assert CourseRun(starts_on=monday, ends_on=date(2026, 11, 3)).sessions == (monday, date(2026, 11, 3))
    assert CourseRun(starts_on=monday, ends_on=date(2027, 1, 3)).sessions == (monday,)
    assert CourseRun(starts_on=monday).sessions == (monday,)


def test_times_in_the_words_of_the_provider_else_from_the_rule():
    run = CourseRun(starts_on=TODAY, days=tuesdays(), start_time=time(17, 30), end_time=time(20))
    assert run.times_text == "jeden Dienstag, 17:30–20:00 Uhr"
    run.times = "dienstags am Abend"
    assert run.times_text == "dienstags am Abend"
    assert CourseRun(starts_on=TODAY).times_text == ""


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"ends_on": date(2026, 11, 1)}, "ends_on"),
        ({"ends_on": date(2126, 11, 30), "days": tuesdays()}, "ends_on"),
        ({"start_time": time(9)}, "end_time"),
        ({"start_time": time(9), "end_time": time(9)}, "end_time"),
        ({"seats_min": 9, "seats_max": 8}, "seats_min"),
        ({"days": tuesdays()}, "days"),
    ],
)
def test_date_that_contradicts_itself_is_refused(facts, field):
    with pytest.raises(ValidationError) as refused:
        CourseRun(starts_on=date(2026, 11, 2), **facts).clean()
    assert list(refused.value.message_dict) == [field]


def test_certain_is_what_is_guaranteed_or_runs():
    assert CourseRun(guaranteed=True).is_certain
    assert CourseRun(status="runs").is_certain
    assert not CourseRun().is_certain


def test_topics_have_two_levels():
    above = TopicFactory(name="Technik", slug="technik")
    below = TopicFactory(name="Schweißen", slug="schweissen", parent=above)
    below.clean()
    for topic in (Topic(name="Dritte", slug="dritte", parent=below), above):
        topic.parent = topic.parent or TopicFactory(name="Andere", slug="andere")
        with pytest.raises(ValidationError) as refused:
            topic.clean()
        assert list(refused.value.message_dict) == ["parent"]


def test_topic_above_finds_the_courses_of_those_below(index):
    below = TopicFactory(name="Schweißen", slug="schweissen", parent=TopicFactory(name="Technik", slug="technik"))
    course = CoursePageFactory(parent=index, topics=[below])
    found: CourseQuerySet = CoursePage.objects.all()
    assert list(found.on_topic("technik")) == list(found.on_topic("schweissen")) == [course]
    assert not found.on_topic("digitalisierung").exists()


def test_mark_of_a_provider_ends_after_its_last_day():
    provider, mark = ProviderFactory(), QualityMarkFactory()
    held = ProviderMark.objects.create(provider=provider, mark=mark, valid_until=TODAY)
    assert list(provider.marks.in_force(TODAY)) == [held]
    assert list(provider.marks.in_force(TODAY + timedelta(days=1))) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        ProviderMark.objects.create(provider=provider, mark=mark)


def test_course_is_known_by_its_number_at_the_provider(index):
    CoursePageFactory(parent=index, provider_reference="A-1")
    other = ProviderFactory(name="Anderer", slug="anderer")
    CoursePageFactory(parent=index, provider_reference="A-1", provider=other)
    CoursePageFactory.create_batch(2, parent=index)
    with pytest.raises(ValidationError, match="gibt es bei diesem Anbieter schon"):
        CoursePageFactory(parent=index, provider_reference="A-1")


def test_copy_of_a_course_is_another_one(index):
    course = CoursePageFactory(parent=index, provider_reference="A-1", confirmed_at=timezone.now())
    copy = course.copy(update_attrs={"slug": "kopie"}, keep_live=False).specific
    assert (copy.provider_reference, copy.confirmed_at) == ("", None)


def test_draft_keeps_rule_groups_and_fundings(index):
    course = CoursePageFactory(
        parent=index,
        target_groups=[TargetGroupFactory()],
        funding_kinds=[FundingKindFactory()],
        runs=[{"starts_on": TODAY, "ends_on": TODAY + timedelta(days=21), "days": tuesdays(), "start_time": time(9)}],
    )
    course.save_revision().publish()
    course = CoursePage.objects.get(pk=course.pk)
    run = course.runs.get()
    assert (len(run.sessions), run.start_time) == (3 + (TODAY.weekday() == 1), time(9))
    assert [group.slug for group in course.target_groups.all()] == ["fachkraefte"]
    assert [kind.slug for kind in course.funding_kinds.all()] == ["bildungsgutschein"]
