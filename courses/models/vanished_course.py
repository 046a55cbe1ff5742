from __future__ import annotations

from django.db import models
from django.utils import timezone

from courses.models.course import CoursePage
from courses.models.provider import Provider
from courses.models.topic import Topic
from courses.querysets import VanishedCourseQuerySet


class VanishedCourse(models.Model):
    """What is left of a course that was public and is not any more: its old address, and what leads on from there.

    `page` is empty once the course is deleted. A course published again under the address takes the row away.
    """

    slug = models.CharField("Kurzname in der Adresse", max_length=255, unique=True)
    title = models.CharField("Titel", max_length=255)
    provider = models.ForeignKey(
        Provider, on_delete=models.SET_NULL, null=True, related_name="vanished_courses", verbose_name="Anbieter"
    )
    topics = models.ManyToManyField(Topic, related_name="+", verbose_name="Themen")
    page = models.OneToOneField(CoursePage, on_delete=models.SET_NULL, null=True, related_name="vanished")
    vanished_at = models.DateTimeField("verschwunden am", default=timezone.now)

    objects = VanishedCourseQuerySet.as_manager()

    class Meta:
        verbose_name = "verschwundener Kurs"
        verbose_name_plural = "verschwundene Kurse"
        ordering = ["-vanished_at", "-pk"]

    def __str__(self) -> str:
        return self.title
