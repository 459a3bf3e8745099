"""The address of the guided walk."""

from django.urls import path

from driftbox.web.walk import views

app_name = "walk"
urlpatterns = [path("", views.walk, name="walk")]
