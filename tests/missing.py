"""What a machine may lack: there its tests are skipped, which the end of the run says loudly, and in CI they fail."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest

NO_BROWSER = "browser tests SKIPPED: Chromium was not found (install it, or name it in CHROMIUM)"
NO_LIBICAL = "tests with libical SKIPPED: it was not found (Debian: apt-get install libical3)"
NO_NODE_READERS = "tests with ical.js and node-ical SKIPPED: `sh requirements/install_node.sh readers` first"
NO_NU_CHECKER = "valid HTML was NOT CHECKED: `sh requirements/install_node.sh readers` first"
NOTES = (NO_BROWSER, NO_LIBICAL, NO_NODE_READERS, NO_NU_CHECKER)


def is_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true"}


def missing(note: str) -> NoReturn:
    if is_ci():
        pytest.fail(note)
    pytest.skip(note)
