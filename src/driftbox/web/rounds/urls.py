"""Addresses of rounds."""

from django.urls import path

from driftbox.web.rounds import pocket, views

app_name = "rounds"
urlpatterns = [
    path("", views.next_one, name="next"),
    path("mine/", pocket.mine, name="mine"),
    path("visits/<uuid:docket>/made/", pocket.made, name="made"),
    path("<str:day>/", views.sheet, name="sheet"),
    path("<str:day>/print/", views.paper, name="print"),
    path("<str:day>/plan/", views.plan, name="plan"),
    path("<str:day>/send/", views.send, name="send"),
    path("<str:day>/ask/", views.ask, name="ask"),
    path("<str:day>/visits/<uuid:docket>/", views.change, name="change"),
]
