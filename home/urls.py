"""Addresses of the files that the news are read by; the pages themselves are Wagtail's."""

from django.urls import re_path

from home import views

app_name = "home"

urlpatterns = [
    re_path(
        r"^feeds/nachrichten/(?:thema/(?P<topic>[-\w]+)/)?(?:landkreis/(?P<district>[-\w]+)/)?(?P<form>atom\.xml|feed\.json)$",
        views.news_feed,
        name="news_feed",
    ),
]
