from __future__ import annotations

from datetime import date

import factory
import wagtail_factories
from factory.django import DjangoModelFactory

from courses.models import (
    CourseCataloguePage,
    CoursePage,
    CourseRun,
    CourseSource,
    FundingKind,
    Provider,
    QualityMark,
    Synonym,
    TargetGroup,
    Topic,
)
from tests.factories.numbers import numbered


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = Topic
        django_get_or_create = ("slug",)

    name = "Digitalisierung"
    slug = "digitalisierung"


class SynonymFactory(DjangoModelFactory):
    class Meta:
        model = Synonym

    words = "Schnupperkurs, Probestunde"


class TargetGroupFactory(DjangoModelFactory):
    class Meta:
        model = TargetGroup
        django_get_or_create = ("slug",)

    name = "Fachkräfte"
    slug = "fachkraefte"


class FundingKindFactory(DjangoModelFactory):
    class Meta:
        model = FundingKind
        django_get_or_create = ("slug",)

    name = "Bildungsgutschein"
    slug = "bildungsgutschein"
    rule = "Die Agentur für Arbeit zahlt den Kurs, wenn er nötig ist, um Arbeit zu finden oder zu behalten."
    checked_on = date(2026, 11, 2)
    source_name = "§ 81 SGB III"
    source_url = "https://www.gesetze-im-internet.de/sgb_3/__81.html"


class QualityMarkFactory(DjangoModelFactory):
    class Meta:
        model = QualityMark
        django_get_or_create = ("slug",)

    name = "AZAV"
    slug = "azav"
    meaning = "Zugelassen für Kurse, die die Agentur für Arbeit bezahlt."


class ProviderFactory(DjangoModelFactory):
    class Meta:
        model = Provider
        django_get_or_create = ("slug",)

    name = "Weserbogen Bildung"
    slug = "weserbogen-bildung"
    town = "Hameln"


class CourseSourceFactory(DjangoModelFactory):
    class Meta:
        model = CourseSource

    provider = factory.SubFactory(ProviderFactory)
    address = "https://weserbogen-bildung.example/kurse.xml"


class CourseCataloguePageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = CourseCataloguePage

    title = "Kurse"
    slug = "kurse"


class CoursePageFactory(wagtail_factories.PageFactory):
    """With `topics`, `target_groups`, `funding_kinds` and `runs` as lists, `runs` of dicts or dates."""

    class Meta:
        model = CoursePage

    title = numbered("Kurs {}")
    slug = numbered("kurs-{}")
    provider = factory.SubFactory(ProviderFactory)
    summary = "Zwei Tage, danach können Sie mehr."
    booking_link = "https://weserbogen-bildung.example/kurse/1/"

    @classmethod
    def _create(cls, model_class, *args, topics=None, runs=(), **kwargs):
        kwargs["topics"] = [TopicFactory()] if topics is None else topics
        kwargs["runs"] = [CourseRun(starts_on=run) if isinstance(run, date) else CourseRun(**run) for run in runs]
        return super()._create(model_class, *args, **kwargs)
