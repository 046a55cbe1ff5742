"""/stil/: every component in every state, for those who edit or build the site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access

from home.style_guide.catalogue import GROUPS
from home.style_guide.registry import Component

SCHEMES = {"hell": "light", "dunkel": "dark"}
_STATIC = Path(settings.ROOT) / "site" / "static"
_COLOUR = re.compile(r"--([a-z]+): (#[0-9a-f]{3,6});")
_HINT = re.compile(r"{% comment %}\n(.*?){% endcomment %}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Specimen:
    """A component as the page shows it: where its parts are, what it takes, each state rendered."""

    name: str
    files: list[str]
    takes: str
    states: list[tuple[str, SafeString]]


@never_cache
@require_safe
@require_admin_access
def style_guide(request: HttpRequest) -> HttpResponse:
    chosen = request.GET.get("schema", "")
    colours = _COLOUR.findall((_STATIC / "css" / "tokens.css").read_text())
    context = {
        "colours": colours,
        "groups": [(group.title, [_specimen(component) for component in group.components]) for group in GROUPS],
        "scheme": SCHEMES.get(chosen, ""),
        "schemes": [("Wie eingestellt", ""), *((name.capitalize(), name) for name in SCHEMES)],
        "chosen": chosen if chosen in SCHEMES else "",
    }
    response = render(request, "home/style_guide.html", context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _specimen(component: Component) -> Specimen:
    template = f"components/{component.name}.html"
    source = (Path(settings.ROOT) / "templates" / template).read_text()
    parts = [_STATIC / kind / "components" / f"{component.name}.{kind}" for kind in ("css", "js")]
    return Specimen(
        name=component.name,
        files=[f"templates/{template}", *(str(path.relative_to(settings.ROOT)) for path in parts if path.exists())],
        takes=match[1].rstrip() if (match := _HINT.search(source)) else "",
        states=[(state.title, render_to_string(template, state.context())) for state in component.states],
    )
