"""Addresses of the roster."""

from django.urls import path

from driftbox.web.roster import acts, mine, views

app_name = "roster"
urlpatterns = [
    path("", views.home, name="home"),
    path("mine/", mine.mine, name="mine"),
    path("feed/<str:token>.ics", mine.feed, name="feed"),
    path("<str:office>/notes/", views.notes, name="notes"),
    path("<str:office>/act/<str:kind>/", acts.act, name="act"),
    path("<str:office>/<str:month>/", views.month, name="month"),
]
