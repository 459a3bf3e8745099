"""Registers this screen with Django."""

from django.apps import AppConfig


class SignInConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.sign_in"
    label = "sign_in"
