"""Address plan of the site. German words stand where a visitor reads them."""

from django.conf import settings
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

handler400 = "foundation.views.bad_request"
urlpatterns = [
    path(settings.ADMIN_PATH.lstrip("/"), include(wagtailadmin_urls)),
    path("dokumente/", include(wagtaildocs_urls)),
    path("", include("booking.urls")),
    path("", include("offices.urls")),
    path("", include("courses.urls")),
    path("", include("home.urls")),
    path("", include("foundation.urls")),
    path("", include(wagtail_urls)),
]
