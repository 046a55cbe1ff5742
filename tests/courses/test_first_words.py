"""A site without demo content knows the network's themes and the target groups, and leaves alone what editors made."""

from __future__ import annotations

import pytest

from courses.models import TargetGroup, Topic
from courses.services.first_words import add_first_words

pytestmark = pytest.mark.django_db


def test_network_starts_with_its_three_themes_and_eight_target_groups():
    assert add_first_words()
    assert {topic.name for topic in Topic.objects.all()} == {
        "Neue Arbeitsformen",
        "Digitalisierung",
        "Generationenübergreifendes Arbeiten",
    }
    assert TargetGroup.objects.count() == 8


def test_what_editors_renamed_and_deleted_stays_so():
    add_first_words()
    Topic.objects.filter(slug="digitalisierung").update(name="Digitales")
    Topic.objects.filter(slug="generationen").delete()
    assert not add_first_words()
    assert {topic.name for topic in Topic.objects.all()} == {"Neue Arbeitsformen", "Digitales"}
