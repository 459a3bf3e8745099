"""Addresses of labels; ``l/`` is short, because it is printed as a QR code."""

from django.urls import path

from driftbox.web.labels import sheets, views

app_name = "labels"
urlpatterns = [
    path("l/<str:code>/", views.label, name="label"),
    path("l/<str:code>/start/", views.start, name="start"),
    path("scan/", views.scan, name="scan"),
    path("labels/", sheets.sheets, name="sheets"),
]
