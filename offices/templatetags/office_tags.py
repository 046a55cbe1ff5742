"""Tags for pages about offices."""

from __future__ import annotations

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from offices.models import Office
from offices.sections import sections_of

register = template.Library()


@register.simple_tag
def office_sections(office: Office) -> SafeString:
    """What the apps above have to say about an office, such as its next free times."""
    return mark_safe("".join(render_to_string(name, context) for name, context in sections_of(office)))
