"""Addresses that machines expect at fixed places."""

from django.urls import path

from foundation import views

urlpatterns = [
    path("healthz", views.is_alive, name="is_alive"),
    path("healthz/ready", views.is_ready, name="is_ready"),
    path("robots.txt", views.robots_txt, name="robots_txt"),
    path("favicon.ico", views.favicon, name="favicon"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("media/images/<path:name>", views.image_file, name="image_file"),
]
