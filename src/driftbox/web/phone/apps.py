"""Registers this screen with Django."""

from django.apps import AppConfig


class PhoneConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.phone"
    label = "phone_screen"
