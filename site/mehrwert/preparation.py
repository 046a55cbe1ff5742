"""What must be true of database and files before the site is served; every step may be repeated at any time."""

from __future__ import annotations

import hashlib
import inspect
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import transaction
from wagtail.models import Site

from courses import word_index
from courses.finding import forms
from foundation.models import BasePage
from foundation.searching import words

DEMO_LOGINS = ("admin", "redaktion", "leitung", "buero", "beratung")


def fingerprint_of_static_files() -> str:
    """Changes with any source file of the static files and with what turns them into hashed and compressed ones."""
    digest = hashlib.sha256()
    for package in ("django", "whitenoise", "brotli"):
        digest.update(version(package).encode())
    digest.update(Path(__file__).with_name("storage.py").read_bytes())
    digest.update(Path(__file__).with_name("stylesheets.py").read_bytes())
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static_if_changed() -> bool:
    """True when files were collected. The mark is written last, so an interrupted run is done again."""
    mark = Path(settings.VAR_DIR) / "static.fingerprint"
    fingerprint = fingerprint_of_static_files()
    if mark.exists() and mark.read_text() == fingerprint:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(fingerprint)
    return True


def index_pages_if_rules_changed() -> bool:
    """True when all pages and courses were entered anew: the rules by which words are the same differ from those last
    used here."""
    mark = Path(settings.VAR_DIR) / "search.fingerprint"
    digest = hashlib.sha256(version("snowballstemmer").encode())
    folder = Path(inspect.getfile(words)).parent
    of_courses = [Path(inspect.getfile(module)) for module in (forms, word_index)]
    for module in (*sorted(folder.glob("*.py")), Path(inspect.getfile(BasePage)), *of_courses):
        digest.update(module.read_bytes())
    digest.update(f"{settings.DATABASES['default'].get('HOST')}\0{settings.DATABASES['default']['NAME']}".encode())
    if mark.exists() and mark.read_text() == digest.hexdigest():
        return False
    call_command("update_index", verbosity=0)
    call_command("index_courses", verbosity=0)
    mark.write_text(digest.hexdigest())
    return True


def load_demo_if_empty() -> bool:
    """True when the demo content was loaded: only into a database nobody has worked in, whole or not at all."""
    if get_user_model().objects.exists():
        return False
    with transaction.atomic():
        call_command("load_demo", verbosity=0)
    return True


def set_demo_passwords(password: str) -> None:
    """Give the demo logins this password where they have another."""
    for user in get_user_model().objects.filter(username__in=DEMO_LOGINS):
        if not user.check_password(password):
            user.set_password(password)
            user.save(update_fields=["password"])


def has_demo_password(password: str) -> bool:
    user = get_user_model().objects.filter(username=DEMO_LOGINS[0]).first()
    return user is not None and user.check_password(password)


def name_the_site_after_its_address() -> None:
    """Wagtail builds full addresses from its Site row, which starts as `localhost`."""
    address = urlsplit(settings.BASE_URL)
    hostname, port = address.hostname, address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first()
    if site and site.hostname in {"localhost", "127.0.0.1"} and (site.hostname, site.port) != (hostname, port):
        site.hostname, site.port = hostname, port
        site.save()
