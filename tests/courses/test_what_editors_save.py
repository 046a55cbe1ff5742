"""What the admin refuses about courses, with a word, before it goes wrong unseen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone

from courses.catalogue.lengths import fitted_contents
from courses.catalogue.markup import LONGEST_MARKUP, allowed_html
from courses.models import CoursePage, Topic
from home.tasks import publish_scheduled
from tests.factories.accounts import client_of, editor
from tests.factories.courses import (
    CourseCataloguePageFactory,
    CoursePageFactory,
    FundingKindFactory,
    ProviderFactory,
    TargetGroupFactory,
    TopicFactory,
)
from tests.factories.home import new_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def index():
    cache.clear()
    return CourseCataloguePageFactory(parent=new_site())


@pytest.mark.parametrize("kind", ["themen", "zielgruppen", "foerderungen"])
def test_f37_what_courses_name_is_not_taken_off_them_silently(index, kind):
    thing, field = {
        "themen": (TopicFactory(), "topics"),
        "zielgruppen": (TargetGroupFactory(), "target_groups"),
        "foerderungen": (FundingKindFactory(), "funding_kinds"),
    }[kind]
    course = CoursePageFactory(parent=index, title="Schweißen", **{field: [thing]})
    client, address = client_of(editor()), f"/admin/{kind}/delete/{thing.pk}/"
    said = f"„{thing}“ kann nicht gelöscht werden: 1 Kurs hängt daran. Nehmen Sie den Eintrag zuerst dort heraus."
    asked = client.get(address).content.decode()
    assert said in asked
    assert f'<a href="/admin/pages/{course.pk}/edit/">Schweißen</a>' in asked
    answer = client.post(address, follow=True)
    assert said in answer.content.decode()
    assert list(getattr(CoursePage.objects.get(), field).all()) == [thing]


def test_what_nobody_names_can_be_deleted(index):
    topic = TopicFactory()
    client_of(editor()).post(f"/admin/themen/delete/{topic.pk}/")
    assert not Topic.objects.exists()


def draft_of(course: CoursePage, number: str, **facts: object) -> None:
    version = course.get_latest_revision_as_object()
    version.provider_reference = number
    for name, value in facts.items():
        setattr(version, name, value)
    version.save_revision(approved_go_live_at=facts.get("go_live_at"))


def test_two_drafts_under_one_number_are_told_at_saving(index):
    """The worker that publishes the second one by its schedule ended in an error."""
    first, second = (CoursePageFactory(parent=index, title=title, provider_reference=title) for title in ("A", "B"))
    at = timezone.now() - timedelta(minutes=1)
    draft_of(first, "4711", go_live_at=at)
    with pytest.raises(ValidationError) as refused:
        draft_of(second, "4711", go_live_at=at)
    assert refused.value.message_dict == {"provider_reference": ["Diese Nummer steht schon im Entwurf von „A“."]}
    draft_of(second, "4712", go_live_at=at)
    draft_of(second, "4713", provider=ProviderFactory(name="Anderer", slug="anderer"))
    publish_scheduled()
    assert CoursePage.objects.get(pk=first.pk).provider_reference == "4711"


def test_number_of_a_draft_that_was_published_or_changed_is_free_again(index):
    first, second = (CoursePageFactory(parent=index, title=title, provider_reference=title) for title in ("A", "B"))
    draft_of(first, "4711")
    draft_of(first, "4712")
    draft_of(second, "4711")
    assert CoursePage.objects.get(pk=second.pk).get_latest_revision_as_object().provider_reference == "4711"


def test_contents_hold_what_a_table_brings_back(index):
    """Longer ones were cut without a word when our own table was read in again."""
    course = CoursePageFactory(parent=index)
    course.contents = f"<p data-block-key='abc12'>{'a' * (LONGEST_MARKUP - len('<p></p>'))}</p>"
    course.full_clean()
    assert fitted_contents(allowed_html(course.contents)) == (allowed_html(course.contents), "")
    course.contents = course.contents.replace("a</p>", "aa</p>")
    with pytest.raises(ValidationError) as refused:
        course.full_clean()
    (told,) = refused.value.message_dict["contents"]
    assert told.startswith("Höchstens 12.000 Zeichen, die Zeichen für Absätze und Listen mitgezählt.")
