"""Addresses of the district page."""

from django.urls import path

from driftbox.web.district import acts, page

app_name = "district"
urlpatterns = [
    path("", page.page, name="page"),
    path("live/", page.live, name="live"),
    path("list/", page.listed, name="list"),
    path("<uuid:docket>/", acts.one, name="case"),
    path("<uuid:docket>/act/<str:kind>/", acts.act, name="act"),
]
