from __future__ import annotations

from django import template

from foundation.documents import kind_and_size, language_name

register = template.Library()
register.filter(kind_and_size)
register.filter(language_name)
