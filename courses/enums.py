"""The fixed choices of courses and their dates."""

from __future__ import annotations

from django.db import models


class CourseFormat(models.TextChoices):
    ON_SITE = "on_site", "vor Ort"
    ONLINE = "online", "online"
    BLENDED = "blended", "teils online, teils vor Ort"
    SELF_PACED = "self_paced", "Selbstlernen"


class PriceState(models.TextChoices):
    AMOUNT = "amount", "Betrag"
    FROM = "from", "ab Betrag"
    FREE = "free", "kostenfrei"
    ON_REQUEST = "on_request", "auf Anfrage"
    UNKNOWN = "unknown", "nicht bekannt"


class PartOfDay(models.TextChoices):
    FULL_DAY = "full_day", "ganztags"
    MORNING = "morning", "vormittags"
    AFTERNOON = "afternoon", "nachmittags"
    EVENING = "evening", "abends"
    WEEKEND = "weekend", "am Wochenende"
    FREE = "free", "freie Zeiteinteilung"


class TeachingLanguage(models.TextChoices):
    """Two letters of ISO 639-1."""

    GERMAN = "de", "Deutsch"
    ENGLISH = "en", "Englisch"
    ARABIC = "ar", "Arabisch"
    POLISH = "pl", "Polnisch"
    ROMANIAN = "ro", "Rumänisch"
    RUSSIAN = "ru", "Russisch"
    TURKISH = "tr", "Türkisch"
    UKRAINIAN = "uk", "Ukrainisch"


class LanguageLevel(models.TextChoices):
    """Of the Common European Framework of Reference."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"


class RunStatus(models.TextChoices):
    PLANNED = "planned", "geplant"
    RUNS = "runs", "findet statt"
    FULL = "full", "ausgebucht"
    CANCELLED = "cancelled", "fällt aus"


class Licence(models.TextChoices):
    """Under which others may use the data of the courses; none, and nothing is offered."""

    CC0 = "https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0 (ohne Bedingungen)"
    CC_BY = "https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0 (mit Namensnennung)"
    CC_BY_SA = (
        "https://creativecommons.org/licenses/by-sa/4.0/",
        "CC BY-SA 4.0 (mit Namensnennung, unter gleicher Lizenz)",
    )
    DL_DE_ZERO = "https://www.govdata.de/dl-de/zero-2-0", "Datenlizenz Deutschland – Zero – 2.0"
    DL_DE_BY = "https://www.govdata.de/dl-de/by-2-0", "Datenlizenz Deutschland – Namensnennung – 2.0"
