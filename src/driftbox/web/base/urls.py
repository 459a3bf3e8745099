"""Addresses of the switches of mode and language."""

from django.urls import re_path

from driftbox.web.base import views

app_name = "base"
urlpatterns = [
    re_path(r"^mode/(?P<name>elder|standard)/$", views.mode, name="mode"),
    re_path(r"^language/(?P<code>zh-hans|en)/$", views.language, name="language"),
]
