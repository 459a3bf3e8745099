"""Addresses of supervision."""

from django.urls import path

from driftbox.web.watch import annual, asking, beside, board, one, secret

app_name = "watch"
urlpatterns = [
    path("", board.board, name="board"),
    path("annual/", annual.newest, name="annual_newest"),
    path("annual/<int:year>/", annual.report, name="annual"),
    path("annual/<int:year>/figures.csv", annual.figures, name="figures"),
    path("secret/", secret.listed, name="secrets"),
    path("secret/ask/", asking.ask, name="ask"),
    path("secret/open/", asking.force, name="force"),
    path("secret/<uuid:docket>/", secret.one, name="secret"),
    path("secret/<uuid:docket>/grant/", secret.grant, name="grant"),
    path("secret/<uuid:docket>/revoke/", secret.revoke, name="revoke"),
    path("<uuid:docket>/", one.petition, name="petition"),
    path("<uuid:docket>/act/<str:kind>/", one.act, name="act"),
    path("<uuid:docket>/beside/", beside.beside, name="beside"),
    path("<uuid:docket>/beside/<uuid:other>/", beside.decide, name="decide"),
]
