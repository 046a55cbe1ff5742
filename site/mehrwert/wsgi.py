"""WSGI entry point; the server starts with `site/` and the project root on PYTHONPATH."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mehrwert.settings")

application = get_wsgi_application()
