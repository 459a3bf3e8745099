"""Addresses of what does not agree."""

from django.urls import path

from driftbox.web.incidents import views

app_name = "incidents"
urlpatterns = [
    path("", views.listed, name="list"),
    path("open/<uuid:docket>/", views.open_one, name="open"),
    path("<uuid:docket>/<uuid:entry>/", views.incident, name="incident"),
    path("<uuid:docket>/<uuid:entry>/photograph/", views.act, {"what": "photograph"}, name="photograph"),
    path("<uuid:docket>/<uuid:entry>/notify/", views.act, {"what": "notify"}, name="notify"),
    path("<uuid:docket>/<uuid:entry>/settle/", views.act, {"what": "settle"}, name="settle"),
    path("<uuid:docket>/<uuid:entry>/photos/<str:digest>/", views.photo, name="photo"),
]
