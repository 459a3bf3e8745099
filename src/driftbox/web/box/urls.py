"""Addresses of a box's label; short, because they are printed as QR codes."""

from django.urls import path

from driftbox.web.box import recognise, views

app_name = "box"
urlpatterns = [
    path("<slug:label>/", views.label, name="label"),
    path("<slug:label>/deposit/", views.deposit_page, name="deposit"),
    path("<slug:label>/read/", recognise.send, name="read"),
    path("<slug:label>/read/<uuid:photo>/", recognise.photo, name="photo"),
    path("<slug:label>/done/", views.done, name="done"),
]
