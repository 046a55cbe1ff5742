from __future__ import annotations

from wagtail import hooks

from offices.viewsets import OfficesGroup


@hooks.register("register_admin_viewset")
def offices_in_the_admin() -> OfficesGroup:
    return OfficesGroup()
