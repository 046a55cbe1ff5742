"""Loads the demo content. What is there already, by its slug, stays as it is, whoever wrote it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction

from home.demo.dates import LoadDay
from home.demo.load_courses import load_courses, load_topics
from home.demo.load_languages import load_languages
from home.demo.load_pages import finish_home, load_home, load_settings, load_text_pages
from home.demo.load_people import load_accounts, load_advisors, load_closures, load_services
from home.demo.load_places import load_districts, load_office_days, load_offices
from home.demo.pictures import make_renditions
from home.models import HomePage

Tell = Callable[[str], object]


def is_loaded() -> bool:
    return HomePage.objects.exists()


def load_demo(*, today: date, password: str, base_url: str, tell: Tell) -> None:
    """All or nothing. Dates count from `today`; new accounts get `password`; `tell` hears of each step."""
    with transaction.atomic():
        _load(today=today, password=password, base_url=base_url, tell=tell)
    tell("Bilder in den Größen der Website …")
    make_renditions()


def _load(*, today: date, password: str, base_url: str, tell: Tell) -> None:
    clock = LoadDay(today)
    tell("Landkreise und Postleitzahlen …")
    load_districts()
    tell("Anliegen, Büros, Beratungspersonen und ihre Zeiten …")
    services = load_services()
    offices = load_offices()
    advisors = load_advisors(clock, offices, services)
    load_office_days(clock, offices, advisors)
    load_closures(clock, offices, advisors)
    tell("Konten admin, redaktion, leitung, buero, beratung …")
    load_accounts(password=password, advisors=advisors)
    tell("Seiten und Bilder …")
    load_topics()
    load_settings()
    home, is_new = load_home(base_url=base_url)
    catalogue = load_text_pages(clock, home, offices)
    tell("Kurse …")
    load_courses(clock, catalogue)
    if is_new:
        finish_home(home)
    tell("Englisch und Leichte Sprache …")
    load_languages(home)
