"""WSGI entry point; the server starts with `site/` and the project root on PYTHONPATH."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mehrwert.settings")
django.setup(set_prefix=False)

from foundation.handler import Utf8Handler  # noqa: E402  # after django.setup()

application = Utf8Handler()
