"""Tags for pages about courses."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString, mark_safe

from courses import sections
from courses.catalogue.markup import allowed_html
from courses.models import CoursePage
from courses.selectors import CourseTeaser
from courses.structured_data import list_data
from foundation.templatetags.structured_data_tags import structured_data

register = template.Library()


@register.simple_tag
def course_sections(course: CoursePage) -> SafeString:
    """What the apps above have to say about a course, such as when one can talk about it."""
    return sections.course_sections.render(course)


@register.simple_tag
def nothing_found_sections() -> SafeString:
    """What they have to say where there is no course."""
    return sections.nothing_found_sections.render(None)


@register.simple_tag
def courses_data(courses: Sequence[CourseTeaser], first: int = 1) -> SafeString:
    """As `list_data`; nothing where there are no courses."""
    return structured_data(list_data(courses, first=first)) if courses else SafeString()


@register.filter
def course_contents(markup: str) -> SafeString:
    """What a course contains, through the same allowlist as on its way in: no writer of the table is trusted."""
    return mark_safe(allowed_html(markup))
