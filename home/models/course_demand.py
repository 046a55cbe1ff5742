from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from courses.models import TargetGroup, Topic
from offices.models import District

SEE_DEMAND = "home.see_coursedemand"
MOST_PEOPLE = 999


class CourseDemandQuerySet(models.QuerySet["CourseDemand"]):
    def since(self, day: date) -> CourseDemandQuerySet:
        return self.filter(reported_on__gte=day)

    def before(self, day: date) -> CourseDemandQuerySet:
        return self.filter(reported_on__lt=day)

    def in_district(self, slug: str) -> CourseDemandQuerySet:
        return self.filter(district__slug=slug)

    def for_report(self) -> CourseDemandQuerySet:
        return self.select_related("topic", "district", "target_group").order_by("-reported_on", "-pk")


class CourseDemand(models.Model):
    """A course that somebody needs and does not find. Names nobody: who wants to be told orders a `CourseAlert`, and
    nothing leads from one to the other."""

    class By(models.TextChoices):
        SOON = "soon", "so bald wie möglich"
        QUARTER = "quarter", "in den nächsten drei Monaten"
        HALF = "half", "in den nächsten sechs Monaten"
        OPEN = "open", "das ist offen"

    need = models.CharField("Bedarf", max_length=500)
    people = models.PositiveSmallIntegerField(
        "Personen", default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)]
    )
    by = models.CharField("bis wann", max_length=10, choices=By, default=By.OPEN)
    postcode = models.CharField("PLZ", max_length=5, blank=True)
    district = models.ForeignKey(
        District, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="Landkreis"
    )
    topic = models.ForeignKey(
        Topic, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="Thema"
    )
    target_group = models.ForeignKey(
        TargetGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="für wen"
    )
    reported_on = models.DateField("gemeldet", db_index=True)

    objects = CourseDemandQuerySet.as_manager()

    class Meta:
        verbose_name = "Bildungsbedarf"
        verbose_name_plural = "Bildungsbedarf"
        default_permissions = ()
        permissions = [("see_coursedemand", "Bildungsbedarf sehen")]

    def __str__(self) -> str:
        return self.need


class UnmetWordQuerySet(models.QuerySet["UnmetWord"]):
    def since(self, day: date) -> UnmetWordQuerySet:
        return self.filter(day__gte=day)

    def before(self, day: date) -> UnmetWordQuerySet:
        return self.filter(day__lt=day)

    def in_district(self, slug: str) -> UnmetWordQuerySet:
        return self.filter(district__slug=slug)

    def asked_often(self, times: int) -> list[str]:
        """Stems that were asked for at least so many times, in all that is kept."""
        counted = self.order_by().values("stem").annotate(number=models.Count("pk")).filter(number__gte=times)
        return list(counted.values_list("stem", flat=True))

    def by_district(self) -> list[tuple[str, str | None, int]]:
        """Stem, name of the district, number; the most first."""
        counted = self.order_by().values("stem", "district__name").annotate(number=models.Count("pk"))
        return [(row["stem"], row["district__name"], row["number"]) for row in counted.order_by("-number", "stem")]


class UnmetWord(models.Model):
    """One word of one search that found nothing and whose visitor said „Bedarf melden“."""

    stem = models.CharField("Wortstamm", max_length=40, db_index=True)
    district = models.ForeignKey(
        District, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="Landkreis"
    )
    day = models.DateField("Tag", db_index=True)

    objects = UnmetWordQuerySet.as_manager()

    class Meta:
        verbose_name = "gesuchtes Wort"
        verbose_name_plural = "gesuchte Wörter"
        default_permissions = ()

    def __str__(self) -> str:
        return self.stem
