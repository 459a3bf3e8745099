"""Registers this app with Django."""

from django.apps import AppConfig


class SittingsConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.apps.sittings"
    label = "sittings"
