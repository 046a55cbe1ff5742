from __future__ import annotations

from wagtail import hooks

from home.viewsets import FundingNoticeViewSet


@hooks.register("register_admin_viewset")
def funding_notices_in_the_admin() -> FundingNoticeViewSet:
    return FundingNoticeViewSet()
