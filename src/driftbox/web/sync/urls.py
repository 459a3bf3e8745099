"""Addresses for other nodes."""

from django.urls import path

from driftbox.web.sync import views

app_name = "sync"
urlpatterns = [
    path("enrol", views.let_in, name="enrol"),
    path("hello", views.hello, name="hello"),
    path("compare", views.compare, name="compare"),
    path("push", views.push, name="push"),
    path("pull", views.pull, name="pull"),
    path("papers", views.papers, name="papers"),
]
