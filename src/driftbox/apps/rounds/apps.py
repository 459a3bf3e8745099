"""Registers this app with Django."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.apps.rounds"
    label = "rounds"
