"""The topics, target groups and fundings that the network starts with, so that the first import finds what to sort
courses by."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Model

from courses.models import FundingKind, TargetGroup, Topic

THEMES = {
    "neue-arbeitsformen": "Neue Arbeitsformen",
    "digitalisierung": "Digitalisierung",
    "generationen": "Generationenübergreifendes Arbeiten",
}
"""Slug and name of the network's own themes."""

TARGET_GROUPS = {
    "unternehmen": "Unternehmerinnen und Unternehmer",
    "aeltere": "Ältere Beschäftigte",
    "juengere": "Jüngere Beschäftigte",
    "migration": "Beschäftigte mit Migrationsgeschichte",
    "angelernte": "An- und Ungelernte",
    "fachkraefte": "Fachkräfte",
    "ausbildende": "Ausbildende",
    "fuehrungskraefte": "Führungskräfte",
}
"""Slug and name."""

_CHECKED_ON = date(2026, 11, 27)
"""The day of which the rules below are."""
_LAW = "https://www.gesetze-im-internet.de"
FUNDINGS = {
    "qualifizierungschancengesetz": {
        "name": "Qualifizierungschancengesetz",
        "rule": "Bei mehr als 120 Stunden und einem zugelassenen Anbieter zahlt der Betrieb unter 50 Beschäftigten "
        "nichts zum Kurs, bis 499 die Hälfte, darüber drei Viertel.",
        "source_name": "§ 82 SGB III",
        "source_url": f"{_LAW}/sgb_3/__82.html",
        "checked_on": _CHECKED_ON,
    },
    "qualifizierungsgeld": {
        "name": "Qualifizierungsgeld",
        "rule": "Ändert sich im Betrieb so viel, dass Arbeitsplätze in Gefahr sind, ersetzt die Agentur für Arbeit "
        "einen Teil des Lohns während der Weiterbildung.",
        "source_name": "§ 82a SGB III",
        "source_url": f"{_LAW}/sgb_3/__82a.html",
        "checked_on": _CHECKED_ON,
    },
    "bildungsgutschein": {
        "name": "Bildungsgutschein",
        "rule": "Ist der Kurs nötig, um Arbeit zu finden oder zu behalten, kann die Agentur für Arbeit ihn ganz "
        "bezahlen.",
        "source_name": "§ 81 SGB III",
        "source_url": f"{_LAW}/sgb_3/__81.html",
        "checked_on": _CHECKED_ON,
    },
    "aufstiegs-bafoeg": {
        "name": "Aufstiegs-BAföG",
        "rule": "Wer sich auf Meister, Fachwirt oder einen ähnlichen Abschluss vorbereitet, bekommt einen Zuschuss und "
        "ein günstiges Darlehen.",
        "source_name": "Aufstiegsfortbildungsförderungsgesetz",
        "source_url": f"{_LAW}/afbg/",
        "checked_on": _CHECKED_ON,
    },
    "bildungszeit": {
        "name": "Bildungsurlaub in Niedersachsen",
        "rule": "Beschäftigte haben im Jahr Anspruch auf fünf Arbeitstage mit Lohn für einen anerkannten Kurs; die "
        "Kosten des Kurses tragen sie selbst.",
        "source_name": "Niedersächsisches Bildungsurlaubsgesetz",
        "source_url": "https://voris.wolterskluwer-online.de/",
        "checked_on": _CHECKED_ON,
    },
    "win": {
        "name": "WiN – Weiterbildung in Niedersachsen",
        "rule": "Die NBank kann Betrieben einen Zuschuss zahlen, wenn sie Beschäftigte in Kurse schicken. Ob sie "
        "zurzeit Anträge annimmt, fragen Sie dort vor der Anmeldung.",
        "source_name": "NBank",
        "source_url": "https://www.nbank.de/",
        "checked_on": _CHECKED_ON,
    },
}
"""Fields by slug. What the law grants, in one sentence; editors compare it with the source and set the date anew."""


def add_first_words() -> bool:
    """True when something was added: only where there is none of its kind, since editors may rename and delete."""
    first: tuple[tuple[type[Model], list[Any]], ...] = (
        (Topic, [Topic(slug=slug, name=name) for slug, name in THEMES.items()]),
        (TargetGroup, [TargetGroup(slug=slug, name=name) for slug, name in TARGET_GROUPS.items()]),
        (FundingKind, [FundingKind(slug=slug, **fields) for slug, fields in FUNDINGS.items()]),
    )
    lacking = [(model, words) for model, words in first if not model._default_manager.exists()]
    for model, words in lacking:
        model._default_manager.bulk_create(words)
    return bool(lacking)
