from __future__ import annotations

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from courses.importing.writing import LOG_ACTION
from courses.provider_link import history
from courses.vanished_report import VanishedCoursesViewSet
from courses.viewsets import CoursesGroup


@hooks.register("register_admin_viewset")
def courses_in_the_admin() -> CoursesGroup:
    return CoursesGroup()


@hooks.register("register_admin_viewset")
def vanished_courses_in_the_reports() -> VanishedCoursesViewSet:
    return VanishedCoursesViewSet()


@hooks.register("register_log_actions")
def what_providers_did(actions: LogActionRegistry) -> None:
    history.register(actions)


@hooks.register("register_log_actions")
def what_imports_did(actions: LogActionRegistry) -> None:
    actions.register_action(LOG_ACTION, "Einlesen", "Aus einer Datei eingelesen")
