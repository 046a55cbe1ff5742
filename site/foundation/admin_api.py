"""Wagtail's API of the admin lists every picture and document to whoever may sign in; here each user's own."""

from __future__ import annotations

from django.db.models import QuerySet
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.permissions import permission_policy as image_policy

READABLE = ("choose", "change")


class OwnImages(ImagesAdminAPIViewSet):
    def get_queryset(self) -> QuerySet:
        own = image_policy.instances_user_has_any_permission_for(self.request.user, READABLE)
        return super().get_queryset().filter(pk__in=own.values("pk"))


class OwnDocuments(DocumentsAdminAPIViewSet):
    def get_queryset(self) -> QuerySet:
        own = document_policy.instances_user_has_any_permission_for(self.request.user, READABLE)
        return super().get_queryset().filter(pk__in=own.values("pk"))


def narrow(router: WagtailAPIRouter) -> None:
    """Must come after Wagtail's own hooks: of two endpoints of one name the later one answers."""
    router.register_endpoint("images", OwnImages)
    router.register_endpoint("documents", OwnDocuments)
