"""Addresses of the departure board."""

from django.urls import path

from driftbox.web.board import views

app_name = "board"
urlpatterns = [
    path("", views.board, name="all"),
    path("<str:pier>/", views.board, name="pier"),
]
