"""Addresses of the agent's phone: the app itself, and what it asks the station for."""

from django.urls import path

from driftbox.web.phone import meeting, phones, shell

app_name = "phone"
urlpatterns = [
    path("", shell.app, name="app"),
    path("sw.js", shell.worker, name="worker"),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
    path("icon.png", shell.icon, name="icon"),
    path("words/<slug:code>/", shell.words, name="words"),
    path("hello/", meeting.hello, name="hello"),
    path("day/", meeting.day, name="day"),
    path("enrol/", meeting.enrol, name="enrol"),
    path("entries/", meeting.entries, name="entries"),
    path("intake/", meeting.intake, name="intake"),
    path("paper/<slug:digest>/", meeting.paper, name="paper"),
    path("phones/", phones.phones, name="phones"),
    path("phones/<str:node>/revoke/", phones.revoke, name="revoke"),
]
