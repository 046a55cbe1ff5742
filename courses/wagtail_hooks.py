from __future__ import annotations

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin import messages
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from courses.importing.writing import LOG_ACTION
from courses.models import CoursePage
from courses.provider_link import history
from courses.vanished_report import VanishedCoursesViewSet
from courses.viewsets import CoursesGroup


@hooks.register("register_admin_viewset")
def courses_in_the_admin() -> CoursesGroup:
    return CoursesGroup()


@hooks.register("register_admin_viewset")
def vanished_courses_in_the_reports() -> VanishedCoursesViewSet:
    return VanishedCoursesViewSet()


@hooks.register("before_publish_page")
@hooks.register("after_edit_page")
def what_came_meanwhile(request: HttpRequest, page: Page) -> None:
    """Not after each of Wagtail's saves by itself."""
    if isinstance(page, CoursePage) and page.came_meanwhile and request.accepts("text/html"):
        messages.info(request, page.came_meanwhile)


@hooks.register("register_log_actions")
def what_providers_did(actions: LogActionRegistry) -> None:
    history.register(actions)


@hooks.register("register_log_actions")
def what_imports_did(actions: LogActionRegistry) -> None:
    actions.register_action(LOG_ACTION, "Einlesen", "Aus einer Datei eingelesen")
