"""The real settings with one address that fails."""

from mehrwert.settings import *  # noqa: F403

ROOT_URLCONF = "tests.processes.breaking_urls"
