"""The test database as other processes are told of it."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from django.db import connection


def url_of_test_database() -> str:
    """The test database of this process as a DATABASE_URL, for processes that shall share it."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{values['NAME']}").geturl()
