"""House rules that the machine can hold."""

from __future__ import annotations

import sys
from pathlib import Path

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def site_stays_a_plain_folder(**_: object) -> list[CheckMessage]:
    """`site/` must never become a package: the standard library owns the name."""
    if (Path(settings.ROOT) / "site" / "__init__.py").exists():
        return [Error("site/__init__.py exists; site/ is a source folder, not a package.", id="foundation.E001")]
    module = sys.modules.get("site")
    if module is not None and str(settings.ROOT) in str(getattr(module, "__file__", "")):
        return [Error("The standard library's module `site` is shadowed.", id="foundation.E002")]
    return []
