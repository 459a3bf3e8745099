"""Addresses of forms: of a case, and of somebody who was asked to sign by a text message."""

from django.urls import path

from driftbox.web.forms import invited, views

app_name = "forms"
urlpatterns = [
    path("forms/<uuid:docket>/", views.overview, name="case"),
    path("forms/<uuid:docket>/<slug:code>/", views.fill, name="fill"),
    path("forms/<uuid:docket>/<slug:code>/pdf/", views.printed, name="pdf"),
    path("forms/<uuid:docket>/<slug:code>/ask/", views.ask, name="ask"),
    path("sign/<str:token>/", invited.sign, name="invited"),
]
