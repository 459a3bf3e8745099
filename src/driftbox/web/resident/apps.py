"""Registers this screen with Django."""

from django.apps import AppConfig


class ResidentConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.resident"
    label = "resident"
