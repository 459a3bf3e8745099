"""Addresses of the agent's pocket."""

from django.urls import path

from driftbox.web.pocket import boxes, recognise, views
from driftbox.web.pocket.many import many

app_name = "pocket"
urlpatterns = [
    path("", views.today, name="today"),
    path("box/<slug:label>/", boxes.box, name="box"),
    path("box/<slug:label>/move/", boxes.move, name="move"),
    path("box/<slug:label>/collect/", boxes.take, name="collect"),
    path("box/<slug:label>/seen/", boxes.seen, name="seen"),
    path("box/<slug:label>/many/", many, name="many"),
    path("cases/<uuid:docket>/", views.case, name="case"),
    path("cases/<uuid:docket>/read/", recognise.send, name="read"),
    path("cases/<uuid:docket>/read/<uuid:photo>/", recognise.photo, name="photo"),
    path("cases/<uuid:docket>/act/<str:kind>/", views.act, name="act"),
]
