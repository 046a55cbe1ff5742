"""What comes into a course while an editor has it open, F34."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from wagtail.test.utils.form_data import querydict_from_html

from courses.catalogue.records import RunRecord
from courses.models import CoursePage, ProviderLink
from courses.provider_link.facts import mark_of
from courses.services.correct_course import Correction, correct_course
from home.groups import ensure_groups
from tests.courses.importing.files import NOW, RUN, record, take_in
from tests.factories.accounts import client_of, editor
from tests.factories.courses import TopicFactory

pytestmark = pytest.mark.django_db
MAY = RunRecord(starts_on=date(2027, 5, 4), town="Vechta", postcode="49377")
JUNE = RunRecord(starts_on=date(2027, 6, 1), town="Diepholz", postcode="49356")


@pytest.fixture
def client(provider):
    ensure_groups()
    take_in(provider, [record("K-1", runs=(RUN, MAY))])
    return client_of(editor())


def the_course() -> CoursePage:
    return CoursePage.objects.get(provider_reference="K-1")


def opened(client) -> QueryDict:
    """The form as a browser sends it back."""
    page = client.get(reverse("wagtailadmin_pages:edit", args=[the_course().pk]))
    form = querydict_from_html(page.content.decode(), form_id="page-edit-form")
    form.update({"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"})  # scripts add them
    return form


def send(client, form: QueryDict, **headers: str) -> HttpResponse:
    address = reverse("wagtailadmin_pages:edit", args=[the_course().pk])
    kind = "application/x-www-form-urlencoded"
    return client.post(address, form.urlencode(), content_type=kind, headers=headers)


def publish(client, form: QueryDict) -> list[str]:
    """What the editor is told of others."""
    form["action-publish"] = "ja"
    answer = client.get(send(client, form).headers["Location"])
    told = [str(message).strip() for message in answer.context["messages"]]
    return [each.removeprefix(CAME) for each in told if each.startswith("Während Sie")]


def dates() -> list[tuple[date, str, str, int | None]]:
    return [(run.starts_on, run.town, run.venue, run.seats_max) for run in the_course().runs.all()]


CAME = "Während Sie den Kurs bearbeitet haben, hat ihn eine Datei oder der Anbieter geändert."


def test_a_file_that_is_taken_in_while_the_editor_is_open_is_not_undone(client):
    """A save wrote back all that the form showed; Wagtail warns only of versions, and imported courses have none."""
    form = opened(client)
    other = TopicFactory(name="Metall", slug="metall")
    hameln = replace(RUN, seats_max=20)
    values = {"requirements": "Keine.", "price_state": "free", "contents": "<p>Nur Praxis.</p>", "topics": ("Metall",)}
    take_in(the_course().provider, [record("K-1", summary="Aus der Datei.", runs=(hameln, JUNE), **values)])
    form["summary"], form["runs-0-venue"] = "Von Hand.", "Halle 2"
    assert publish(client, form) == [
        (
            " Übernommen ist: Voraussetzungen, Inhalte, Themen, Preis, Termine. Was Sie selbst geändert haben, bleibt: "
            "Kurzfassung, Termine."
        )
    ]
    course = the_course()
    assert (course.live, course.summary, course.requirements, course.price_text) == (
        True,
        "Von Hand.",
        "Keine.",
        "kostenfrei",
    )
    assert (course.contents, [*course.topics.all()]) == ("<p>Nur Praxis.</p>", [other])
    assert dates() == [(RUN.starts_on, "Hameln", "Halle 2", 20), (JUNE.starts_on, "Diepholz", "", None)]
    assert publish(client, opened(client)) == []


def test_what_wagtail_has_saved_by_itself_takes_a_file_along_too(client):
    form = opened(client)
    form["summary"] = "Von Hand."
    saved = send(client, form, accept="application/json").json()
    form.update(saved["field_updates"])
    form["overwrite_revision_id"] = str(saved["revision_id"])
    take_in(the_course().provider, [record("K-1", requirements="Keine.", runs=(RUN,))])
    assert send(client, form, accept="application/json").status_code == 200
    assert publish(client, form) == [" Übernommen ist: Voraussetzungen, Termine."]
    course = the_course()
    assert (course.summary, course.requirements, course.runs.get().town) == ("Von Hand.", "Keine.", "Hameln")


def test_a_date_that_the_editor_works_on_outlives_the_file_that_drops_it(client):
    form = opened(client)
    take_in(the_course().provider, [record("K-1", runs=(JUNE,))])
    form["runs-1-venue"] = "Halle 2"
    form["title"] = ""
    assert send(client, form).status_code == 200, "refused, with all that was typed"
    form["title"] = "Stapler"
    publish(client, form)
    assert dates() == [(MAY.starts_on, "Vechta", "Halle 2", None), (JUNE.starts_on, "Diepholz", "", None)]


def correct_a_link() -> None:
    course = the_course()
    link = ProviderLink.objects.create(provider=course.provider, digest="x", expires_at=NOW + timedelta(days=9))
    run = course.runs.first()
    correction = Correction(course={"booking_link": "https://neu.example/"}, runs={run.pk: {"seats_taken": 5}})
    seen = mark_of(course, course.runs.all())
    correct_course(link=link, course_id=course.pk, correction=correction, seen=seen, now=NOW)


def test_what_a_provider_corrects_while_the_editor_is_open_is_not_undone(client):
    """And is told once: the site's own version was told of as somebody's, too."""
    form = opened(client)
    correct_a_link()
    form["summary"] = "Von Hand."
    assert publish(client, form) == [" Übernommen ist: Anmeldung beim Anbieter, Termine."]
    course = the_course()
    assert (course.summary, course.booking_link) == ("Von Hand.", "https://neu.example/")
    assert [run.seats_taken for run in course.runs.all()] == [5, None]


def test_what_a_colleague_has_saved_beside_a_correction_is_told_of_too(client):
    form = opened(client)
    correct_a_link()
    colleague = client_of(editor("kollegin"))
    theirs = opened(colleague)
    theirs["subtitle"] = "Von der Kollegin"
    assert publish(colleague, theirs) == []
    form["summary"] = "Von Hand."
    about_provider, about_colleague = sorted(publish(client, form))
    assert about_provider.startswith(" Übernommen ist: ")
    assert re.search(r"hat kollegin am .* eine andere Fassung gespeichert", about_colleague)


def test_without_such_a_change_the_form_says_what_holds(client):
    form = opened(client)
    form["runs-0-DELETE"], form["seen"] = "on", f"{form['seen']}x"
    assert publish(client, form) == []
    assert [run.town for run in the_course().runs.all()] == ["Vechta"]
