"""The editor of a course, in which nobody undoes unseen what comes while it is open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms

from foundation.page_forms import PageForm

if TYPE_CHECKING:
    from courses.models.course import CoursePage


class _Seen(forms.CharField):
    """What was shown is nothing that an editor changes."""

    widget = forms.HiddenInput

    def has_changed(self, initial: object, data: object) -> bool:
        return False


class CourseForm(PageForm):
    """`seen` is what the course said when the form was opened. A file that is taken in meanwhile, or the provider, may
    change the course; what the editor has left as it was then becomes what they say."""

    seen = _Seen(required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *args: Any, **kwargs: Any) -> None:
        from courses.importing.meanwhile import Meanwhile, seen_of

        course: CoursePage | None = kwargs.get("instance")
        is_known = course is not None and course.pk is not None
        self._meanwhile = Meanwhile.since(data.get("seen", ""), course) if data is not None and is_known else None
        super().__init__(self._meanwhile.sent(data) if self._meanwhile else data, *args, **kwargs)
        if data is None and is_known:
            self.initial["seen"] = seen_of(course)

    def save(self, commit: bool = True) -> CoursePage:
        course: CoursePage = super().save(commit=commit and not self._meanwhile)
        if self._meanwhile:
            self._meanwhile.take_on(course)
            if commit:
                course.save()
        return course
