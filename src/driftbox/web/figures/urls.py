"""Addresses of figures and of results."""

from django.urls import path

from driftbox.web.figures import results, topics, views

app_name = "figures"
urlpatterns = [
    path("figures/", views.listed, name="listed"),
    path("figures/topics/", topics.topics, name="topics"),
    path("figures/topics/propose/", topics.propose, name="propose"),
    path("figures/<str:code>/", views.one, name="one"),
    path("figures/<str:code>/cases/", views.cases, name="cases"),
    path("results/", results.results, name="results"),
]
