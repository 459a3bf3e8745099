"""Addresses of the reception log."""

from django.urls import path

from driftbox.web.reception import views

app_name = "reception"
urlpatterns = [
    path("", views.log, name="log"),
    path("new/", views.new, name="new"),
    path("<uuid:contact>/called/", views.called, name="called"),
]
