"""Addresses of the files that the news are read by, and of the style guide; the pages themselves are Wagtail's."""

from django.urls import path, re_path

from home import views
from home.style_guide.views import style_guide

app_name = "home"

urlpatterns = [
    path("stil/", style_guide, name="style_guide"),
    re_path(
        r"^feeds/nachrichten/(?:thema/(?P<topic>[-\w]+)/)?(?:landkreis/(?P<district>[-\w]+)/)?(?P<form>atom\.xml|feed\.json)$",
        views.news_feed,
        name="news_feed",
    ),
]
