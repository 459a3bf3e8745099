"""Addresses of the mailbox."""

from django.urls import path

from driftbox.web.mailbox import views

app_name = "mailbox"
urlpatterns = [
    path("", views.enter, name="enter"),
    path("new/", views.new, name="new"),
    path("kept/", views.kept, name="kept"),
    path("box/", views.box, name="box"),
    path("box/say/", views.say, name="say"),
    path("close/", views.close, name="close"),
]
