"""The settings of the tests with one address more: an empty view to measure against."""

from tests.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
LOGGING_CONFIG = None
ALLOWED_HOSTS = ["testserver"]
