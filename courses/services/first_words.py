"""The topics and target groups that the network starts with, so that the first import finds what to sort courses by."""

from __future__ import annotations

from courses.models import TargetGroup, Topic

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


def add_first_words() -> bool:
    """True when something was added: only where there is none of its kind, since editors may rename and delete."""
    topics = [] if Topic.objects.exists() else [Topic(slug=slug, name=name) for slug, name in THEMES.items()]
    groups = (
        []
        if TargetGroup.objects.exists()
        else [TargetGroup(slug=slug, name=name) for slug, name in TARGET_GROUPS.items()]
    )
    Topic.objects.bulk_create(topics)
    TargetGroup.objects.bulk_create(groups)
    return bool(topics or groups)
