"""An empty site knows the network's themes, target groups and fundings, and leaves alone what editors made."""

from __future__ import annotations

import pytest

from courses.models import FundingKind, TargetGroup, Topic
from courses.services.first_words import add_first_words

pytestmark = pytest.mark.django_db


def test_network_starts_with_its_three_themes_eight_target_groups_and_six_fundings():
    assert add_first_words()
    assert {topic.name for topic in Topic.objects.all()} == {
        "Neue Arbeitsformen",
        "Digitalisierung",
        "Generationenübergreifendes Arbeiten",
    }
    assert TargetGroup.objects.count() == 8
    assert {kind.source_name for kind in FundingKind.objects.all()} == {
        "§ 81 SGB III",
        "§ 82 SGB III",
        "§ 82a SGB III",
        "Aufstiegsfortbildungsförderungsgesetz",
        "Niedersächsisches Bildungsurlaubsgesetz",
        "NBank",
    }
    for kind in FundingKind.objects.all():
        kind.full_clean()


def test_what_editors_renamed_and_deleted_stays_so():
    add_first_words()
    Topic.objects.filter(slug="digitalisierung").update(name="Digitales")
    Topic.objects.filter(slug="generationen").delete()
    FundingKind.objects.exclude(slug="win").delete()
    FundingKind.objects.update(rule="Zurzeit keine Anträge.")
    assert not add_first_words()
    assert FundingKind.objects.get().rule == "Zurzeit keine Anträge."
    assert {topic.name for topic in Topic.objects.all()} == {"Neue Arbeitsformen", "Digitales"}
