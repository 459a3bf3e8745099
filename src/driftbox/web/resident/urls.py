"""Addresses of the resident's pages."""

from django.urls import path

from driftbox.web.resident import views

app_name = "resident"
urlpatterns = [
    path("", views.home, name="home"),
    path("ask/", views.ask, name="ask"),
    path("matters/", views.matters, name="matters"),
    path("matters/<slug:code>/", views.matter, name="matter"),
    path("matters/<slug:code>/list/", views.printed_list, name="list"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
