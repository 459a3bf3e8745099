"""Addresses of agents: register, giving out, coverage, ledger."""

from django.urls import path

from driftbox.web.agents import cover, give, ledger, register

app_name = "agents"
urlpatterns = [
    path("", register.listed, name="register"),
    path("new/", register.new, name="new"),
    path("import/", register.take_in, name="import"),
    path("cover/", cover.cover, name="cover"),
    path("day/", give.day, name="day"),
    path("case/<uuid:docket>/", give.one, name="give"),
    path("<uuid:person>/", register.one, name="agent"),
    path("<uuid:person>/standing/", register.standing, name="standing"),
    path("<uuid:person>/ledger/", ledger.ledger, name="ledger"),
    path("<uuid:person>/ledger/allowance.csv", ledger.allowance_csv, name="allowance_csv"),
    path("<uuid:person>/ledger/allowance.pdf", ledger.allowance_pdf, name="allowance_pdf"),
    path("<uuid:person>/ledger/service.pdf", ledger.service_pdf, name="service_pdf"),
]
