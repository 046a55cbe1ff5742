"""Addresses of the contact files; the pages are Wagtail's."""

from django.urls import path

from offices import views

app_name = "offices"

urlpatterns = [
    path("kontakte/buero/<slug:slug>.vcf", views.office_card, name="office_card"),
    path("kontakte/team/<slug:slug>.vcf", views.advisor_card, name="advisor_card"),
]
