"""Addresses of signing in and out."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from driftbox.web.sign_in import second_factor, views

app_name = "sign_in"
urlpatterns = [
    path("staff/", views.Staff.as_view(), name="staff"),
    path("staff/out/", LogoutView.as_view(), name="out"),
    path("staff/code/", second_factor.ask, name="staff_code"),
    path("staff/second-factor/", second_factor.page, name="second_factor"),
    path("staff/second-factor/reset/", second_factor.reset, name="second_factor_reset"),
    path("staff/home/", views.home, name="home"),
    path("resident/", views.resident, name="resident"),
    path("resident/code/", views.resident_code, name="code"),
    path("resident/out/", views.resident_out, name="resident_out"),
    path("mine/", views.mine, name="mine"),
]
