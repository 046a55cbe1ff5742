from __future__ import annotations

from typing import Any

from django import template
from wagtail.models import Page

from home.page_checks import report_of

register = template.Library()


@register.inclusion_tag("home/checks/report.html")
def page_check_report(page: Page) -> dict[str, Any]:
    return {"report": report_of(page), "page": page}
