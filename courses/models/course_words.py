from __future__ import annotations

from django.db import models


class CourseWords(models.Model):
    """The search index: what a course's own fields say, by stem, as `courses.finding.forms.weighed_words` makes it."""

    course = models.OneToOneField(
        "courses.CoursePage", on_delete=models.CASCADE, primary_key=True, related_name="words"
    )
    words = models.JSONField(default=dict)

    class Meta:
        verbose_name = "Wörter eines Kurses"
        verbose_name_plural = "Wörter der Kurse"

    def __str__(self) -> str:
        return str(self.pk)
