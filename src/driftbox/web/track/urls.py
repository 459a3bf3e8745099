"""Addresses of the tracking pages."""

from django.urls import path

from driftbox.web.track import after, notices, recusal, views

app_name = "track"
urlpatterns = [
    path("find/", views.find, name="find"),
    path("<uuid:docket>/", views.case, name="case"),
    path("<uuid:docket>/rate/", views.rate, name="rate"),
    path("<uuid:docket>/reopen/", after.reopen, name="reopen"),
    path("<uuid:docket>/recusal/", recusal.recusal, name="recusal"),
    path("<uuid:docket>/letters/", after.letters, name="letters"),
    path("<uuid:docket>/notices/<str:serial>/", notices.notice, name="notice"),
    path("<uuid:docket>/list/", views.checklist, name="list"),
]
