"""Registers this screen with Django."""

from django.apps import AppConfig


class PocketConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.pocket"
    label = "pocket"
