"""Registers this app with Django."""

from django.apps import AppConfig


class DocketsConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.apps.dockets"
    label = "dockets"
