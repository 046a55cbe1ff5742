"""The site's settings for a server whose reservations are not held against the others under the lock."""

from mehrwert.settings import *  # noqa: F403

ROOT_URLCONF = "tests.processes.unguarded_urls"
