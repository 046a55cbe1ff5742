from typing import NoReturn

from django.http import HttpRequest
from django.urls import path

from mehrwert.urls import handler400
from mehrwert.urls import urlpatterns as real

__all__ = ["handler400", "urlpatterns"]


def fail(request: HttpRequest) -> NoReturn:
    raise RuntimeError("marker-of-the-traceback")


urlpatterns = [path("kaputt/", fail), *real]
