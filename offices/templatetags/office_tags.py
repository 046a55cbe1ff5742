"""Tags for pages about offices."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from offices.models import Office
from offices.sections import office_neighbourhood as neighbourhood
from offices.sections import office_sections as sections

register = template.Library()


@register.simple_tag
def office_sections(office: Office) -> SafeString:
    """What the apps above have to say about an office, such as its next free times."""
    return sections.render(office)


@register.simple_tag
def office_neighbourhood(office: Office) -> SafeString:
    """What the apps above know of the places around an office, such as courses and news."""
    return neighbourhood.render(office)
