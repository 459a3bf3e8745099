"""Addresses of the post at sea."""

from django.urls import path

from driftbox.web.sea_post import kiosk, mediation, receipt, staff, steps

app_name = "sea_post"
urlpatterns = [
    path("", kiosk.home, name="home"),
    path("begin/", kiosk.start, name="begin"),
    path("resume/", kiosk.resume, name="resume"),
    path("leave/", kiosk.leave, name="leave"),
    path("say/<slug:step>/", steps.say, name="say"),
    path("receipt/", receipt.receipt, name="receipt"),
    path("receipt.pdf", receipt.sheet, name="sheet"),
    path("screen/", kiosk.screen, name="screen"),
    path("staff/", staff.desk, name="staff"),
    path("staff/back/", staff.back, name="back"),
    path("staff/landing/", staff.landed, name="landing"),
    path("staff/mediation/<uuid:docket>/", mediation.mediate, name="mediation"),
]
