"""Addresses of the desk for matters."""

from django.urls import path

from driftbox.web.packdesk import drafts, views

app_name = "packdesk"
urlpatterns = [
    path("", views.matters, name="matters"),
    path("<str:code>/", views.matter, name="matter"),
    path("<str:code>/draft/", drafts.draft, name="draft"),
    path("<str:code>/draft/preview/", drafts.preview, name="preview"),
    path("<str:code>/draft/<str:key>/", drafts.part, name="part"),
]
