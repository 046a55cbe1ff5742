from __future__ import annotations

from datetime import date

import factory
import wagtail_factories
from factory.django import DjangoModelFactory

from courses.models import CourseCataloguePage, CoursePage, CourseRun, Provider, Topic


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = Topic
        django_get_or_create = ("slug",)

    name = "Digitalisierung"
    slug = "digitalisierung"


class ProviderFactory(DjangoModelFactory):
    class Meta:
        model = Provider
        django_get_or_create = ("slug",)

    name = "Weserbogen Bildung"
    slug = "weserbogen-bildung"
    town = "Hameln"


class CourseCataloguePageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = CourseCataloguePage

    title = "Kurse"
    slug = "kurse"


class CoursePageFactory(wagtail_factories.PageFactory):
    """With `topics` and `runs` as lists, `runs` of dicts or dates."""

    class Meta:
        model = CoursePage

    title = factory.Sequence(lambda n: f"Kurs {n}")
    slug = factory.Sequence(lambda n: f"kurs-{n}")
    provider = factory.SubFactory(ProviderFactory)
    summary = "Zwei Tage, danach können Sie mehr."
    booking_link = "https://weserbogen-bildung.example/kurse/1/"

    @classmethod
    def _create(cls, model_class, *args, topics=None, runs=(), **kwargs):
        kwargs["topics"] = [TopicFactory()] if topics is None else topics
        kwargs["runs"] = [CourseRun(starts_on=run) if isinstance(run, date) else CourseRun(**run) for run in runs]
        return super()._create(model_class, *args, **kwargs)
