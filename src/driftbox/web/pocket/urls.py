"""Addresses of the agent's pocket."""

from django.urls import path

from driftbox.web.pocket import views

app_name = "pocket"
urlpatterns = [
    path("", views.today, name="today"),
    path("box/<slug:label>/", views.box, name="box"),
    path("box/<slug:label>/move/", views.move, name="move"),
    path("box/<slug:label>/collect/", views.take, name="collect"),
    path("cases/<uuid:docket>/", views.case, name="case"),
    path("cases/<uuid:docket>/act/<str:kind>/", views.act, name="act"),
]
