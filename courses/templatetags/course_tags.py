"""Tags for pages about courses."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from courses.models import CoursePage
from courses.sections import course_sections as sections

register = template.Library()


@register.simple_tag
def course_sections(course: CoursePage) -> SafeString:
    """What the apps above have to say about a course, such as when one can talk about it."""
    return sections.render(course)
