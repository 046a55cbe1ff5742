"""F35: a course that vanished. Its address says so and leads on, no sitemap lists it, editors see a report."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from courses.models import CoursePage, VanishedCourse
from tests.factories.accounts import client_of, editor, office_editor
from tests.factories.courses import CourseCataloguePageFactory, CoursePageFactory, ProviderFactory, TopicFactory
from tests.factories.home import new_site
from tests.factories.offices import OfficeFactory
from tests.today import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def index():
    cache.clear()
    return CourseCataloguePageFactory(parent=new_site())


@pytest.fixture
def course(index) -> CoursePage:
    page = CoursePageFactory(parent=index, title="Schweißen", slug="schweissen", topics=[TopicFactory()])
    page.save_revision().publish()
    return page


def unpublish(course: CoursePage) -> None:
    course.unpublish()


def delete(course: CoursePage) -> None:
    Page.objects.get(pk=course.pk).delete()


def delete_unpublished(course: CoursePage) -> None:
    course.unpublish()
    delete(course)


def unpublish_without_signals(course: CoursePage) -> None:
    CoursePage.objects.filter(pk=course.pk).update(live=False)


@pytest.mark.parametrize("vanish", [unpublish, delete, delete_unpublished, unpublish_without_signals])
def test_address_of_a_vanished_course_leads_on(client, index, course, vanish):
    CoursePageFactory(parent=index, title="Löten", runs=[TODAY + timedelta(days=3)])
    CoursePageFactory(parent=index, title="Anderes", topics=[TopicFactory(name="Büro", slug="buero")], runs=[TODAY])
    vanish(course)
    cache.clear()
    answer = client.get("/kurse/schweissen/")
    text = " ".join(answer.content.decode().split())
    assert answer.status_code == 410
    for said in (
        "<h1>Schweißen</h1>",
        "Dieser Kurs steht hier nicht mehr",
        '<meta name="robots" content="noindex">',
        'href="/anbieter/weserbogen-bildung/"',
        'action="/kurse/"',
        'value="Schweißen"',
        "Löten",
    ):
        assert said in text, said
    assert "Anderes" not in text
    assert not answer.cookies
    assert "schweissen" not in client.get("/sitemap.xml").content.decode()


def test_what_was_never_public_has_no_address(client, index):
    draft = CoursePageFactory(parent=index, slug="entwurf", live=False)
    assert client.get("/kurse/entwurf/").status_code == 404
    delete(draft)
    assert client.get("/kurse/entwurf/").status_code == 404
    assert not VanishedCourse.objects.exists()


def test_course_that_is_public_again_vanished_never(client, course):
    course.unpublish()
    assert VanishedCourse.objects.get().page == course
    CoursePage.objects.get().save_revision().publish()
    assert not VanishedCourse.objects.exists()
    assert client.get("/kurse/schweissen/").status_code == 200


def test_new_course_takes_an_old_address(client, index, course):
    delete(course)
    CoursePageFactory(parent=index, slug="schweissen", title="Schweißen 2").save_revision().publish()
    assert "Schweißen 2" in client.get("/kurse/schweissen/").content.decode()
    assert not VanishedCourse.objects.exists()


def test_redirect_of_an_editor_goes_first(client, index, course):
    course.unpublish()
    Redirect.objects.create(old_path="/kurse/schweissen", redirect_page=index)
    answer = client.get("/kurse/schweissen/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/kurse/")


def test_redirect_of_an_editor_goes_first_whatever_follows_the_question_mark(client, index, course):
    """Links from mails and adverts carry marks of their own: they got 410, the plain address the redirect."""
    course.unpublish()
    Redirect.objects.create(old_path="/kurse/schweissen", redirect_page=index)
    answer = client.get("/kurse/schweissen/?von=brief")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/kurse/")


def test_course_that_has_an_old_address_without_a_signal_is_there(client, index, course):
    delete(course)
    CoursePageFactory(parent=index, slug="schweissen", title="Schweißen 2")
    assert VanishedCourse.objects.exists()
    answer = client.get("/kurse/schweissen/")
    assert (answer.status_code, "Schweißen 2" in answer.content.decode()) == (200, True)


def test_draft_at_an_old_address_does_not_show_itself(client, index, course):
    """Its title stood on the page that says that the old course is gone."""
    delete(course)
    CoursePageFactory(parent=index, slug="schweissen", title="Noch geheim", live=False)
    text = client.get("/kurse/schweissen/").content.decode()
    assert "<h1>Schweißen</h1>" in text
    assert "Noch geheim" not in text


@pytest.mark.parametrize("vanish", [delete, delete_unpublished])
def test_title_of_a_course_that_was_not_for_everybody_is_told_to_nobody(client, course, vanish):
    """Its page asked for a sign-in; deleted, the list told its title to all."""
    PageViewRestriction.objects.create(page=course, restriction_type=PageViewRestriction.LOGIN)
    vanish(course)
    assert client.get("/kurse/schweissen/").status_code == 404
    assert not VanishedCourse.objects.exists()


def test_provider_without_courses_and_a_list_that_is_not_for_everybody_are_not_named(client, index, course):
    course.unpublish()
    cache.clear()
    assert "/anbieter/" not in client.get("/kurse/schweissen/").content.decode()
    PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    cache.clear()
    assert client.get("/kurse/schweissen/").status_code == 302, "to the sign-in, like every page below it"
    ProviderFactory()
    assert "/kurse/" not in client.get("/anbieter/weserbogen-bildung/").content.decode().split("<main")[1]


def test_editors_see_what_vanished(course, index):
    other = CoursePageFactory(parent=index, title="Löten")
    other.save_revision().publish()
    delete(other)
    course.unpublish()
    text = client_of(editor()).get("/admin/verschwundene-kurse/").content.decode()
    for said in (
        "Schweißen",
        "abgeschaltet",
        f"/admin/pages/{course.pk}/edit/",
        "Löten",
        "gelöscht",
        "Weserbogen Bildung",
    ):
        assert said in text, said
    office = OfficeFactory()
    assert client_of(office_editor(office, "hameln")).get("/admin/verschwundene-kurse/").status_code == 302


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_report(course, index, django_assert_num_queries, number):
    for position in range(number - 1):
        other = CoursePageFactory(parent=index, provider=ProviderFactory(name=f"{position}", slug=f"{position}"))
        other.save_revision().publish()
        other.unpublish()
    course.unpublish()
    client = client_of(editor())
    client.get("/admin/verschwundene-kurse/")
    with django_assert_num_queries(12):
        client.get("/admin/verschwundene-kurse/")


@pytest.mark.parametrize("number", [1, 3])
def test_queries(client, index, course, django_assert_num_queries, number):
    for _ in range(number):
        CoursePageFactory(parent=index, runs=[TODAY + timedelta(days=3)])
    delete(course)
    client.get("/kurse/schweissen/")
    with django_assert_num_queries(9):
        client.get("/kurse/schweissen/")
