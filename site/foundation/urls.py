"""Addresses that machines expect at fixed places."""

from django.urls import path

from foundation import previews, views

urlpatterns = [
    path("healthz", views.is_alive, name="is_alive"),
    path("healthz/ready", views.is_ready, name="is_ready"),
    path("robots.txt", views.robots_txt, name="robots_txt"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("apple-touch-icon.png", views.touch_icon, name="touch_icon"),
    path("vorschau/<int:pk>-<slug:stamp>.png", previews.page_preview, name="page_preview"),
    path("vorschau/netz-<slug:stamp>.png", previews.network_preview, name="network_preview"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("media/images/<path:name>", views.image_file, name="image_file"),
]
