"""WSGI entry point; the server starts with `site/` and the project root on PYTHONPATH."""

import os
from importlib import import_module

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mehrwert.settings")
django.setup(set_prefix=False)

from foundation.handler import Utf8Handler  # noqa: E402  # after django.setup()

import_module(settings.ROOT_URLCONF)  # read once, before the server's processes part, not by each at its first visit
application = Utf8Handler()
