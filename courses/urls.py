"""Addresses of what courses belong to; the courses themselves are pages of the tree."""

from django.urls import path

from courses import embedding, file_check, views
from courses.open_data import views as open_data_views
from courses.provider_link import views as provider_link
from courses.read_api import openapi
from courses.read_api import views as api_views
from courses.read_api.endpoints import ENDPOINTS, OPENAPI, PREFIX

app_name = "courses"

urlpatterns = [
    path("feeds/kurse/atom.xml", views.course_feed, name="feed"),
    path("kurse.csv", views.course_table, name="table"),
    path("kurse/merkliste/", views.remembered_courses, name="remembered"),
    path("kurse/datei-pruefen/", file_check.check_course_file, name="file_check"),
    path("kurse/datei-pruefen/vorlage.csv", file_check.course_file_template, name="file_template"),
    path("anbieter/<slug:slug>/", views.provider, name="provider"),
    path("foerderungen/<slug:slug>/", views.funding, name="funding"),
    path("kurse/einbetten/", embedding.composer, name="embedding"),
    path("kurse/einbetten/liste/", embedding.embedded_list, name="embedded_list"),
    path("offene-daten/", open_data_views.open_data, name="open_data"),
    path("offene-daten/<str:name>", open_data_views.open_data_file, name="open_data_file"),
    path("api/", openapi.read_api, name="read_api"),
    path(PREFIX, openapi.index, name="api_index"),
    path(OPENAPI, openapi.openapi, name="openapi"),
    *(path(each.route, each.view, name=f"api_{each.name}") for each in ENDPOINTS),
    path(f"{PREFIX}<path:rest>", api_views.nothing),
    path("kurse/angaben/<str:token>/", provider_link.provider_courses, name="provider_courses"),
    path("kurse/angaben/<str:token>/bestaetigen/", provider_link.confirm, name="provider_confirm"),
    path("kurse/angaben/<str:token>/<int:number>/", provider_link.correct, name="provider_correct"),
]
