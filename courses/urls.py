"""Addresses of what courses belong to; the courses themselves are pages of the tree."""

from django.urls import path

from courses import views

app_name = "courses"

urlpatterns = [
    path("feeds/kurse/atom.xml", views.course_feed, name="feed"),
    path("anbieter/<slug:slug>/", views.provider, name="provider"),
    path("foerderungen/<slug:slug>/", views.funding, name="funding"),
]
