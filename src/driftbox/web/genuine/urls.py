"""Addresses at which a notice is checked; the second is in the QR code of every notice."""

from django.urls import path

from driftbox.web.genuine import views

app_name = "genuine"
urlpatterns = [
    path("", views.ask, name="ask"),
    path("<str:code>/", views.answer, name="answer"),
]
