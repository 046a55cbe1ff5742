from __future__ import annotations

from django import template

from home.landmarks import section_urls

register = template.Library()


@register.simple_tag
def section_url(name: str) -> str:
    """Empty where there is no such page; the names stand in home.landmarks."""
    return section_urls().get(name, "")
