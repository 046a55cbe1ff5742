"""The site's own settings with two addresses more: an empty view to measure against, and the server's clock."""

from mehrwert.settings import *  # noqa: F403
from mehrwert.settings import DATABASES, VAR_DIR

ROOT_URLCONF = "tests.bench.urls"
LOGGING_CONFIG = None
ALLOWED_HOSTS = ["*"]
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "bench.sqlite3")}
