"""Registers this app with Django."""

from django.apps import AppConfig


class SailingsConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.apps.sailings"
    label = "sailings"
