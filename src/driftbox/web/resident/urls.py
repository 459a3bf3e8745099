"""Addresses of the resident's pages."""

from django.urls import path

from driftbox.web.resident import views
from driftbox.web.resident.papers import papers, stop_reuse
from driftbox.web.resident.start import start
from driftbox.web.resident.together import start_together, together

app_name = "resident"
urlpatterns = [
    path("", views.home, name="home"),
    path("ask/", views.ask, name="ask"),
    path("matters/", views.matters, name="matters"),
    path("matters/<slug:code>/", views.matter, name="matter"),
    path("matters/<slug:code>/list/", views.printed_list, name="list"),
    path("matters/<slug:code>/start/", start, name="start"),
    path("together/", together, name="together"),
    path("together/start/", start_together, name="start_together"),
    path("papers/", papers, name="papers"),
    path("papers/<uuid:docket>/stop/", stop_reuse, name="stop_reuse"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
