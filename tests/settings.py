"""Settings of the test runs: the site's own, with what only costs time switched off."""

import atexit
import gc
import os
import shutil
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests-0123456789-0123456789-0123456789-0123456789")
if "VAR_DIR" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="mehrwert-tests-")
    atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)

from mehrwert.settings import *  # noqa: F403
from mehrwert.settings import CACHES, DATABASES, VAR_DIR

# Looking for garbage at Python's own pace takes about a twentieth of the processor time of a run.
gc.set_threshold(50_000)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES["shared"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "shared"}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: WAL and real locks as in production, and other processes can open it.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
# Static files are collected only for tests of real processes; the server of static files wants its folder all the same.
(VAR_DIR / "static").mkdir(parents=True, exist_ok=True)
