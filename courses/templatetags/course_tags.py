"""Tags for pages about courses."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from courses.catalogue.markup import allowed_html
from courses.models import CoursePage
from courses.sections import course_sections as sections

register = template.Library()


@register.simple_tag
def course_sections(course: CoursePage) -> SafeString:
    """What the apps above have to say about a course, such as when one can talk about it."""
    return sections.render(course)


@register.filter
def course_contents(markup: str) -> SafeString:
    """What a course contains, through the same allowlist as on its way in: no writer of the table is trusted."""
    return mark_safe(allowed_html(markup))
