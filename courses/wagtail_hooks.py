from __future__ import annotations

from wagtail import hooks

from courses.viewsets import CoursesGroup


@hooks.register("register_admin_viewset")
def courses_in_the_admin() -> CoursesGroup:
    return CoursesGroup()
